import { describe, expect, it } from 'vitest';
import { deviceFamilies } from '../../../src/core/device/registry.ts';
import type { DeviceFamily } from '../../../src/core/device/device-family.ts';
import { LivePipeline } from '../../../src/core/pipeline/live-pipeline.ts';
import { Random } from '../../../src/core/simulation/random.ts';
import { packetsOf } from '../../support/family-packets.ts';

/** Notifications over all families together. */
const NOTIFICATIONS = process.env['THORA_LONG'] ? 1_000_000 : 22_000;
const families = deviceFamilies();

/** Any bytes, real packets that were cut, lengthened or changed, and answers that nobody asked for. */
function anyNotification(random: Random, family: DeviceFamily, i: number): Uint8Array {
  const kind = random.uniform();
  const whole = (limit: number): number => Math.floor(limit * random.uniform());
  if (kind < 0.25) return Uint8Array.from({ length: whole(kind < 0.02 ? 513 : 64) }, () => whole(256));
  const packets = packetsOf(family.name, i, 5000 + 20 * i);
  const bytes = packets[whole(packets.length)]!.slice();
  if (kind < 0.5) return bytes;
  if (kind < 0.6) return bytes.subarray(0, whole(bytes.length));
  if (kind < 0.7) return Uint8Array.of(...bytes, ...Array.from({ length: 1 + whole(20) }, () => whole(256)));
  const changes = 1 + whole(4);
  for (let k = 0; k < changes; k++)
    bytes[whole(Math.min(bytes.length, kind < 0.85 ? 12 : bytes.length))] = whole(256);
  return bytes;
}

describe('any notifications at all', () => {
  it.each(families.map((family) => [family.name, family] as const))(
    'are taken or refused with a reason, and the next good ones are read: %s',
    (name, family) => {
      const random = new Random(17, families.indexOf(family));
      const live = family.liveStreams[0];
      const pipeline = new LivePipeline({ engineVersion: 'test' });
      const sensor = {
        sensorIndex: 0,
        sensorId: name,
        family: name,
        stream: live.stream,
        name,
        firmware: null,
        nominalRateHz: live.rateHz,
        simulated: false,
      };
      pipeline.command({ kind: 'attachSensor', sensor, role: null }, 0);
      const dialogue = family.bluetooth.createDialogue();
      const counted = { rejected: 0, reasons: 0 };
      const count = Math.ceil(NOTIFICATIONS / families.length);
      let hostTimeMs = 0;
      for (let i = 0; i < count; i++) {
        const bytes = anyNotification(random, family, i);
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        if (i % 50 === 0) dialogue.start(live);
        dialogue.hear(view);
        if (i % 70 === 0) dialogue.unanswered();
        family.bluetooth.readReply(view);
        hostTimeMs += 10;
        pipeline.push({ sensorIndex: 0, hostTimeMs, bytes });
        if (i % 997 === 0) {
          pipeline.command({ kind: 'linkChanged', sensorIndex: 0, connected: false }, hostTimeMs);
          pipeline.command({ kind: 'linkChanged', sensorIndex: 0, connected: true }, hostTimeMs);
        }
        for (const fact of pipeline.drainFacts())
          if (fact.kind === 'packetsRejected') {
            counted.rejected = fact.count;
            if (fact.reason !== '') counted.reasons++;
          }
      }
      const [unit] = pipeline.sensors;
      expect(unit!.rejectedPacketCount).toBeGreaterThan(count / 20);
      expect(unit!.rejectedPacketCount).toBeLessThan(count);
      expect(counted.rejected).toBeGreaterThan(0);
      expect(counted.reasons).toBeGreaterThan(0);

      // The link is made anew, as after such a device was switched off and on: what is good is read at once.
      pipeline.command({ kind: 'linkChanged', sensorIndex: 0, connected: false }, hostTimeMs);
      pipeline.command({ kind: 'linkChanged', sensorIndex: 0, connected: true }, hostTimeMs);
      const before = unit!.sampleCount;
      const rejectedBefore = unit!.rejectedPacketCount;
      for (let i = 0; i < 50; i++)
        for (const bytes of packetsOf(name, i, 10_000_000 + 20 * i)) {
          hostTimeMs += 20;
          pipeline.push({ sensorIndex: 0, hostTimeMs, bytes: bytes.slice() });
        }
      expect(unit!.rejectedPacketCount).toBe(rejectedBefore);
      expect(unit!.sampleCount).toBeGreaterThanOrEqual(before + 45);
      expect(dialogue.start(live).next).not.toBe('failed');
    },
    600_000,
  );
});
