import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TimedVirtualKit } from '../../../src/adapters/sources/virtual-kit/timed-virtual-kit.ts';
import { deviceFamily } from '../../../src/core/device/registry.ts';
import { createSampleBatch } from '../../../src/core/packet/sample-batch.ts';
import type { SensorPacket } from '../../../src/core/packet/packet.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function startKit() {
  const kit = new TimedVirtualKit(['upperBack', 'lowerBack'], 7);
  const packets: SensorPacket[] = [];
  for (const sensor of kit.sensors) await sensor.source.start((packet) => packets.push(packet));
  return { kit, packets };
}

describe('the virtual kit on the window clock', () => {
  it('sends what its family decodes, at its rate, stamped on the window clock in order of arrival', async () => {
    const startMs = performance.now();
    const { kit, packets } = await startKit();
    await vi.advanceTimersByTimeAsync(10_000);
    kit.dispose();

    for (const sensor of kit.sensors) {
      const { description } = sensor;
      const decoder = deviceFamily(description.family).createDecoder(description.stream);
      const batch = createSampleBatch(64);
      let sampleCount = 0;
      for (const { sensorIndex, bytes } of packets) {
        if (sensorIndex !== description.sensorIndex) continue;
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        expect(decoder.decode(view, batch)).toBe('samples');
        sampleCount += batch.count;
      }
      expect(sampleCount / 10).toBeGreaterThan(0.85 * description.nominalRateHz);
      expect(sampleCount / 10).toBeLessThan(1.05 * description.nominalRateHz);
    }
    const times = packets.map(({ hostTimeMs }) => hostTimeMs - startMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeLessThanOrEqual(10_000);
  });

  it('delivers late, and all of it, when the page was busy', async () => {
    const { kit, packets } = await startKit();
    await vi.advanceTimersByTimeAsync(1000);
    const countBefore = packets.length;
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 2000);
    kit.perform({ kind: 'standTall' });
    vi.restoreAllMocks();
    kit.dispose();
    expect(packets.length - countBefore).toBeGreaterThan(1.7 * countBefore);
  });

  it('is silent once it is disposed of, and a stopped sensor at once', async () => {
    const { kit, packets } = await startKit();
    await vi.advanceTimersByTimeAsync(1000);
    await kit.sensors[0]!.source.stop();
    packets.length = 0;
    await vi.advanceTimersByTimeAsync(1000);
    expect(new Set(packets.map(({ sensorIndex }) => sensorIndex))).toEqual(new Set([1]));
    kit.dispose();
    packets.length = 0;
    await vi.advanceTimersByTimeAsync(1000);
    expect(packets).toEqual([]);
  });
});
