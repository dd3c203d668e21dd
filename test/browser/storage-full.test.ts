import { cdp } from 'vitest/browser';
import { afterEach, describe, expect, it } from 'vitest';
import { createSessionDatabase } from '../../src/adapters/session-log/session-database.ts';
import { SessionRepository } from '../../src/adapters/session-log/session-repository.ts';
import { recordingInputs } from '../../src/core/recording/recording-inputs.ts';
import type { StorageTrouble } from '../../src/core/recording/session-recorder.ts';
import { describeSensor, EMPTY_RESULT, startOf } from '../adapters/session-inputs.ts';

const DATABASE = 'thora-test-storage-full';
const PACKET_BYTES = 256 * 1024;
const PACKET_COUNT = 240;
/** Twice what the limit holds: from here on packets only wait for the browser to look. */
const FAST_PACKET_COUNT = 64;

/** Sets the browser's own limit for this origin; null lifts it. */
async function limitStorage(quotaBytes: number | null): Promise<void> {
  const session = cdp() as unknown as {
    send(method: string, parameters: { origin: string; quotaSize?: number }): Promise<void>;
  };
  await session.send('Storage.overrideQuotaForOrigin', {
    origin: location.origin,
    ...(quotaBytes !== null && { quotaSize: quotaBytes }),
  });
}

afterEach(async () => {
  await limitStorage(null);
  await createSessionDatabase(DATABASE).delete();
});

describe('a disk that fills up while recording', () => {
  it('is told once as storageFull, and what was stored before can be read', async () => {
    const { usage = 0 } = await navigator.storage.estimate();
    await limitStorage(usage + 8 * 1024 * 1024);
    const log = new SessionRepository(createSessionDatabase(DATABASE), navigator.locks);
    const troubles: StorageTrouble[] = [];
    let storedOrder = -1;
    const recorder = await log.open(startOf('full'), {
      onStored: (order) => (storedOrder = order),
      onTrouble: (trouble) => troubles.push(trouble),
    });
    if (recorder === 'recordingElsewhere') throw new Error('The lock should be free.');
    recorder.appendCommand(0, 0, { kind: 'attachSensor', sensor: describeSensor(0), role: 'upperBack' });
    // Bytes that no storage engine can compress.
    const bytes = new Uint8Array(PACKET_BYTES);
    for (let offset = 0; offset < PACKET_BYTES; offset += 65536) {
      crypto.getRandomValues(bytes.subarray(offset, offset + 65536));
    }
    for (let order = 1; order <= PACKET_COUNT && troubles.length === 0; order++) {
      recorder.appendPacket(order, { sensorIndex: 0, hostTimeMs: 500 * order, bytes });
      // Chromium believes what it last knew of an origin's free space for up to 30 s.
      await new Promise((resolve) => setTimeout(resolve, order < FAST_PACKET_COUNT ? 10 : 250));
    }
    await recorder.finish(EMPTY_RESULT);

    expect(troubles).toEqual([{ kind: 'storageFull', keepsResult: false }]);
    await limitStorage(null);
    const kept = [...recordingInputs(await log.readRecording('full'))];
    expect(kept.length).toBeGreaterThan(1);
    expect(kept.length).toBeLessThan(PACKET_COUNT);
    expect(kept.at(-1)!.order).toBeGreaterThanOrEqual(storedOrder);
    expect(kept.map(({ order }) => order)).toEqual(kept.map((_, i) => i));
  });
});
