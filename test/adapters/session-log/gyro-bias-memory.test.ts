import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { GyroBiasMemory } from '../../../src/adapters/session-log/gyro-bias-memory.ts';
import { createSessionDatabase } from '../../../src/adapters/session-log/session-database.ts';
import type { SessionResult } from '../../../src/core/pipeline/session-result.ts';
import { describeSensor, EMPTY_RESULT } from '../session-inputs.ts';

const worn = [0, 1].map((index) => ({ ...describeSensor(index), simulated: false }));

function resultWith(sigmaRadPerS: number, more: Partial<SessionResult> = {}): SessionResult {
  return {
    ...EMPTY_RESULT,
    sensors: worn.map(({ sensorIndex }) => ({
      sensorIndex,
      role: 'upperBack',
      sampleCount: 100,
      rateHz: 100,
      missingFraction: 0,
      gyroBiasRadPerS: [0.01 + sensorIndex, 0.02, 0.03],
      gyroBiasSigmaRadPerS: sigmaRadPerS,
      rejectedPacketCount: 0,
    })),
    ...more,
  };
}

function createBench() {
  const database = createSessionDatabase('log', { indexedDB: new IDBFactory(), IDBKeyRange });
  const clock = { utcMs: 1_000_000 };
  return { database, clock, memory: new GyroBiasMemory(database, () => clock.utcMs) };
}

describe('what is remembered of gyroscopes', () => {
  it('is given back by device, with its age', async () => {
    const { memory, clock } = createBench();
    await memory.remember(worn, resultWith(0.0008));
    clock.utcMs += 3_600_000;
    expect(await memory.recall({ ...worn[1]!, sensorIndex: 4 })).toEqual({
      gyroBiasRadPerS: [1.01, 0.02, 0.03],
      sigmaRadPerS: 0.0008,
      ageS: 3600,
    });
    expect(await memory.recall({ ...worn[1]!, sensorId: 'unit-7' })).toBeNull();
  });

  it('is the newest that was found well: what was not, wandered or is simulated leaves it as it was', async () => {
    const { memory } = createBench();
    await memory.remember(worn, resultWith(0.0008));
    const wandering = {
      name: 'NOT_SETTLED',
      sensorIndex: 0,
      startMs: 0,
      endMs: 1,
      detail: 'wandered',
    } as const;
    await memory.remember(worn, resultWith(0.01));
    await memory.remember(worn, resultWith(NaN));
    await memory.remember([worn[0]!], resultWith(0.0005, { flags: [wandering] }));
    await memory.remember([describeSensor(0)], resultWith(0.0004));
    expect((await memory.recall(worn[0]!))?.sigmaRadPerS).toBe(0.0008);
    expect(await memory.recall(describeSensor(0))).toBeNull();
    await memory.remember(worn, resultWith(0.0006));
    expect((await memory.recall(worn[0]!))?.sigmaRadPerS).toBe(0.0006);
  });

  it('is nothing where the disk fails, and no reason to stop', async () => {
    const { memory, database } = createBench();
    database.calibrations.hook('creating', () => {
      throw new DOMException('The quota is used up.', 'QuotaExceededError');
    });
    await memory.remember(worn, resultWith(0.0008));
    expect(await memory.recall(worn[0]!)).toBeNull();
  });
});
