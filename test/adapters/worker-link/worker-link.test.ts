import { afterEach, describe, expect, it, vi } from 'vitest';
import { PipelineClient, type ClientPorts } from '../../../src/adapters/worker-link/pipeline-client.ts';
import { exportInWorker, replayInWorker } from '../../../src/adapters/worker-link/replay-client.ts';
import { LIVE_FRAME } from '../../../src/core/pipeline/live-frame.ts';
import type { PipelineFact } from '../../../src/core/pipeline/pipeline-fact.ts';
import type { SessionTrouble } from '../../../src/ui/services.ts';
import { ScriptedSensor } from '../scripted-sensor.ts';
import { EMPTY_RESULT, startOf } from '../session-inputs.ts';
import { ChannelWorker } from './channel-worker.ts';
import { CountingPipeline } from './counting-pipeline.ts';
import { MemoryStore } from './memory-store.ts';

const workers: ChannelWorker[] = [];
afterEach(() => {
  for (const worker of workers.splice(0)) worker.terminate();
  vi.restoreAllMocks();
});

function createBench(gyroBiases?: ClientPorts['gyroBiases']) {
  const store = new MemoryStore();
  const clock = { nowMs: 0 };
  vi.spyOn(performance, 'now').mockImplementation(() => clock.nowMs);
  const client = new PipelineClient({
    createWorker: () => {
      const worker = new ChannelWorker({
        openStore: () => store,
        createPipeline: () => new CountingPipeline(),
        replay: (recording) => ({
          live: EMPTY_RESULT,
          result: { ...EMPTY_RESULT, engineVersion: `replayed ${recording.commands.length}` },
          timeS: Float64Array.of(0, 1),
          anglesRad: [Float64Array.of(1, 2)],
          halfWidths95Rad: [Float64Array.of(3, 4)],
        }),
        exportSession: () => Promise.resolve([]),
      });
      workers.push(worker);
      return worker;
    },
    now: () => clock.nowMs,
    describeStart: () => startOf('session-1'),
    ...(gyroBiases === undefined ? {} : { gyroBiases }),
  });
  const facts: PipelineFact[] = [];
  const troubles: SessionTrouble[] = [];
  client.onFact((fact) => facts.push(fact));
  client.onTrouble((trouble) => troubles.push(trouble));
  const sensor = new ScriptedSensor(0);
  let sentCount = 0;
  const send = (count: number, everyMs = 20): void => {
    for (let i = 0; i < count; i++) {
      clock.nowMs += everyMs;
      sensor.send(clock.nowMs, Uint8Array.of(sentCount & 0xff, sentCount >> 8));
      sentCount++;
    }
  };
  return { client, store, clock, facts, troubles, sensor, send };
}

/** What an undisturbed session of that many packets reports. */
async function undisturbed(packetCount: number): Promise<{ cues: string[]; engineVersion: string }> {
  const { client, sensor, send, facts } = createBench();
  await client.start({ simulated: true, record: false });
  await client.attach(sensor, 'upperBack');
  send(packetCount);
  const { engineVersion } = await client.finish();
  return { cues: cuesOf(facts), engineVersion };
}

function cuesOf(facts: readonly PipelineFact[]): string[] {
  return facts.flatMap((fact) => (fact.kind === 'cue' ? [fact.cue] : []));
}

describe('a session over the link', () => {
  it('records every input before it is interpreted, reports facts, and resolves with the stored result', async () => {
    const { client, store, sensor, send, facts } = createBench();
    expect(await client.start({ simulated: true, record: true })).toBe('session-1');
    await client.attach(sensor, 'upperBack');
    send(25);
    const result = await client.finish();

    expect(result.engineVersion).toMatch(/^25:/);
    expect(store.result).toEqual(result);
    expect(cuesOf(facts).map((cue) => cue.split(':')[0])).toEqual(['10', '20']);
    expect(store.disk.map(({ kind }) => kind)).toEqual(['command', ...Array(25).fill('packet'), 'command']);
    expect(store.disk.map(({ order }) => order)).toEqual(store.disk.map((_, i) => i));
    expect(sensor.isStreaming).toBe(false);
  });

  it('records what is remembered of a gyroscope with the sensor, and hands on what was found', async () => {
    const remembered = { gyroBiasRadPerS: [0.01, 0.02, 0.03], sigmaRadPerS: 0.001, ageS: 60 } as const;
    const kept: unknown[] = [];
    const { client, store, sensor, send } = createBench({
      recall: ({ sensorId }) => Promise.resolve(sensorId === 'unit-0' ? remembered : null),
      remember: (sensors, result) => {
        kept.push(
          sensors.map(({ sensorId }) => sensorId),
          result,
        );
        return Promise.resolve();
      },
    });
    await client.start({ simulated: false, record: true });
    await client.attach(sensor, 'upperBack');
    await client.attach(new ScriptedSensor(1), 'lowerBack');
    send(3);
    const result = await client.finish();
    const attached = store.disk.flatMap((input) =>
      input.kind === 'command' && input.command.kind === 'attachSensor' ? [input.command] : [],
    );
    expect(attached.map(({ gyroBias }) => gyroBias)).toEqual([remembered, undefined]);
    expect(kept).toEqual([['unit-0', 'unit-1'], result]);
  });

  it('gives the packet bytes away: they are transferred, not copied', async () => {
    const { client, sensor } = createBench();
    await client.start({ simulated: true, record: false });
    await client.attach(sensor, null);
    const bytes = Uint8Array.of(1, 2, 3);
    sensor.send(1, bytes);
    expect(bytes.byteLength).toBe(0);
  });

  it('records link changes in order between the packets', async () => {
    const { client, store, sensor, send } = createBench();
    await client.start({ simulated: true, record: true });
    await client.attach(sensor, null);
    send(2);
    sensor.changeLink(false);
    sensor.changeLink(true);
    send(1);
    await client.finish();
    expect(store.disk.map((input) => (input.kind === 'packet' ? 'packet' : input.command.kind))).toEqual([
      'attachSensor',
      'packet',
      'packet',
      'linkChanged',
      'linkChanged',
      'packet',
      'finish',
    ]);
  });

  it('says that a sensor failed to start, and that its link is down', async () => {
    const { client, store, sensor } = createBench();
    await client.start({ simulated: true, record: true });
    sensor.startFailure = new Error('no data');
    await expect(client.attach(sensor, null)).rejects.toThrow('no data');
    await client.abandon();
    expect(store.disk.at(-1)).toMatchObject({ command: { kind: 'linkChanged', connected: false } });
  });

  it('leaves an abandoned session stored and without a result', async () => {
    const { client, store, sensor, send } = createBench();
    await client.start({ simulated: true, record: true });
    await client.attach(sensor, null);
    send(5);
    await client.abandon();
    expect(store.disk).toHaveLength(6);
    expect(store.result).toBeNull();
    await expect(client.start({ simulated: true, record: false })).resolves.toBe('session-1');
  });
});

describe('frames', () => {
  it('never queue: a window that sleeps through 100 packets gets the two oldest buffers, then the newest value', async () => {
    const { client, sensor, send } = createBench();
    await client.start({ simulated: true, record: false });
    await client.attach(sensor, null);
    expect(client.latestFrame()).toBeNull();
    send(100);
    await vi.waitFor(() => expect(client.latestFrame()).not.toBeNull());
    send(1);
    await vi.waitFor(() => expect(client.latestFrame()![LIVE_FRAME.countedRepetitions]).toBe(101));
    expect(client.latestFrame()).toHaveLength(LIVE_FRAME.length);
    await client.finish();
    expect(client.latestFrame()).toBeNull();
  });
});

describe('a lost worker', () => {
  it.each([
    { stored: 0, death: 'crash' },
    { stored: 37, death: 'crash' },
    { stored: 60, death: 'die' },
  ] as const)(
    'after $stored stored packets ($death) loses nothing and repeats nothing',
    async ({ stored, death }) => {
      const expected = await undisturbed(120);
      const { client, store, sensor, send, facts, troubles } = createBench();
      await client.start({ simulated: true, record: true });
      await client.attach(sensor, 'upperBack');
      send(stored);
      await vi.waitFor(() =>
        expect(workers.at(-1)!.sent.filter((kind) => kind === 'packet')).toHaveLength(stored),
      );
      await settle();
      store.flush();
      await settle();
      send(60 - stored);
      await settle();
      store.loseOpenChunk();
      workers.at(-1)![death]();
      // A worker that died in silence is found out by the packets that follow.
      for (let i = 0; i < 12; i++) {
        send(5, death === 'die' ? 100 : 20);
        await settle();
      }
      const { engineVersion } = await client.finish();

      expect(engineVersion.split(':')[0]).toBe('120');
      expect(engineVersion).toBe(expected.engineVersion);
      expect(cuesOf(facts)).toEqual(expected.cues);
      expect(troubles).toEqual([{ kind: 'workerLost' }]);
      expect(store.disk.map(({ order }) => order)).toEqual(store.disk.map((_, i) => i));
      expect(store.disk).toHaveLength(122);
    },
  );

  it('is not suspected when the page itself slept', async () => {
    const { client, sensor, send, clock, troubles } = createBench();
    await client.start({ simulated: true, record: false });
    await client.attach(sensor, null);
    send(20);
    clock.nowMs += 60_000;
    send(20);
    await client.finish();
    expect(troubles).toEqual([]);
  });

  it('that dies of its input again and again is given up, and the caller is told', async () => {
    const { client, sensor, send, troubles } = createBench();
    await client.start({ simulated: true, record: false });
    await client.attach(sensor, null);
    send(3);
    const finished = client.finish();
    const refused = expect(finished).rejects.toThrow('stopped several times');
    for (let i = 0; i < 4; i++) workers.at(-1)!.crash();
    await refused;
    expect(troubles).toHaveLength(4);
  });
});

describe('recording trouble', () => {
  it('elsewhere: the session runs on unrecorded', async () => {
    const { client, store, sensor, send, troubles } = createBench();
    store.recordsElsewhere = true;
    await client.start({ simulated: true, record: true });
    await client.attach(sensor, null);
    send(10);
    expect((await client.finish()).engineVersion).toMatch(/^10:/);
    expect(troubles).toEqual([{ kind: 'recordingElsewhere' }]);
    expect(store.disk).toEqual([]);
  });

  it('storage full: results go on', async () => {
    const { client, store, sensor, send, troubles } = createBench();
    await client.start({ simulated: true, record: true });
    await client.attach(sensor, null);
    send(10);
    await settle();
    store.fail();
    send(10);
    expect((await client.finish()).engineVersion).toMatch(/^20:/);
    expect(troubles).toEqual([{ kind: 'storageFull', keepsResult: true }]);
  });
});

describe('replay in a worker of its own', () => {
  it('answers with transferred arrays and ends the worker', async () => {
    const { store } = createBench();
    const worker = new ChannelWorker({
      openStore: () => store,
      createPipeline: () => new CountingPipeline(),
      replay: ({ recordingId }, onProgress) => {
        onProgress(0.5);
        return {
          live: EMPTY_RESULT,
          result: { ...EMPTY_RESULT, engineVersion: recordingId },
          timeS: Float64Array.of(0, 1),
          anglesRad: [Float64Array.of(1, 2)],
          halfWidths95Rad: [Float64Array.of(3, 4)],
        };
      },
      exportSession: () => Promise.resolve([]),
    });
    const shares: number[] = [];
    const replayed = await replayInWorker(
      () => worker,
      'session-9',
      (share) => shares.push(share),
    );
    expect(shares).toEqual([0.5]);
    expect(replayed).toMatchObject({ result: { engineVersion: 'session-9' } });
    expect(replayed.anglesRad[0]).toEqual(Float64Array.of(1, 2));
    expect(worker.terminated).toBe(true);
  });
});

describe('export in a worker of its own', () => {
  const hostWith = (exportSession: () => Promise<{ suffix: string; content: string }[]>) => {
    const { store } = createBench();
    return new ChannelWorker({
      openStore: () => store,
      createPipeline: () => new CountingPipeline(),
      replay: () => {
        throw new Error('not asked for');
      },
      exportSession,
    });
  };

  it('answers with the files and ends the worker', async () => {
    const worker = hostWith(() => Promise.resolve([{ suffix: '.bvh', content: 'HIERARCHY' }]));
    expect(await exportInWorker(() => worker, 'session-9', 'bvh')).toEqual([
      { suffix: '.bvh', content: 'HIERARCHY' },
    ]);
    expect(worker.terminated).toBe(true);
  });

  it('says by name what a format could not hold', async () => {
    const worker = hostWith(() =>
      Promise.reject(Object.assign(new Error('nothing'), { name: 'ExportError' })),
    );
    await expect(exportInWorker(() => worker, 'session-9', 'sto')).rejects.toMatchObject({
      name: 'ExportError',
      message: 'nothing',
    });
    expect(worker.terminated).toBe(true);
  });
});

/** Lets both ends of the channel empty their queues. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setTimeout(resolve, 1));
}
