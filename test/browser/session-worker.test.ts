import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSessionDatabase } from '../../src/adapters/session-log/session-database.ts';
import { SessionRepository } from '../../src/adapters/session-log/session-repository.ts';
import { RecordingPlayer } from '../../src/adapters/sources/replay/recording-player.ts';
import { TimedVirtualKit } from '../../src/adapters/sources/virtual-kit/timed-virtual-kit.ts';
import { PipelineClient } from '../../src/adapters/worker-link/pipeline-client.ts';
import { createServices } from '../../src/app/services.ts';
import { ENGINE_VERSION } from '../../src/core/pipeline/engine-version.ts';
import { LIVE_FRAME } from '../../src/core/pipeline/live-frame.ts';
import { replaySession } from '../../src/core/pipeline/live-replay.ts';
import { replayRefined } from '../../src/core/pipeline/refined-replay.ts';
import { readRecordingFile, writeRecordingFile } from '../../src/core/recording/recording-file.ts';
import { recordingInputs } from '../../src/core/recording/recording-inputs.ts';
import type { SessionRecording } from '../../src/core/recording/session-recording.ts';
import { builtInScript } from '../../src/core/simulation/session-script.ts';
import { simulateSession } from '../../src/core/simulation/simulate-session.ts';
import type { ConnectedSensor, SessionTrouble, ThoraServices } from '../../src/ui/services.ts';
import type { RecordingPage } from './recording-page.ts';

let services: ThoraServices;
const log = new SessionRepository(createSessionDatabase(), navigator.locks);
const workers: Worker[] = [];

beforeEach(() => {
  services = createServices();
});
afterEach(async () => {
  for (const worker of workers.splice(0)) worker.terminate();
  // A terminated worker's last transaction may still hold the tables on a busy machine.
  await vi.waitFor(
    async () => {
      for (const { sessionId } of await log.list()) await log.remove(sessionId);
      expect(await createSessionDatabase().sessions.count()).toBe(0);
    },
    { timeout: 20_000 },
  );
}, 30_000);

/** A client over the app's own worker, with the clock in the test's hand. */
function createClient(now: () => number): { client: PipelineClient; troubles: SessionTrouble[] } {
  const client = new PipelineClient({
    createWorker: () => {
      const worker = new Worker(new URL('../../src/app/pipeline.worker.ts', import.meta.url), {
        type: 'module',
      });
      workers.push(worker);
      return worker;
    },
    now,
    describeStart: (simulated) => ({
      sessionId: crypto.randomUUID(),
      startedAtUtc: new Date().toISOString(),
      simulated,
      engineVersion: ENGINE_VERSION,
    }),
  });
  const troubles: SessionTrouble[] = [];
  client.onTrouble((trouble) => troubles.push(trouble));
  return { client, troubles };
}

/** The sensor with every packet's stamp told first. */
function watch(sensor: ConnectedSensor, onHostTime: (hostTimeMs: number) => void): ConnectedSensor {
  return {
    ...sensor,
    source: {
      start: (onPacket) =>
        sensor.source.start((packet) => {
          onHostTime(packet.hostTimeMs);
          onPacket(packet);
        }),
      stop: () => sensor.source.stop(),
    },
  };
}

/** Plays a recording through the app's worker at once; resolves with the id it is stored under, and the result. */
async function playThroughWorker(recording: SessionRecording) {
  let nowMs = 0;
  const { client, troubles } = createClient(() => nowMs);
  const sessionId = await client.start({ simulated: true, record: true });
  const player = new RecordingPlayer(recording, 'atOnce');
  for (const [i, sensor] of player.sensors.entries()) {
    const watched = watch(sensor, (hostTimeMs) => (nowMs = hostTimeMs));
    await client.attach(watched, recording.sensors[i]!.role);
  }
  await player.play((command) => {
    if (command.kind !== 'finish') client.command(command);
  });
  const result = await client.finish();
  expect(troubles).toEqual([]);
  return { sessionId, result };
}

describe('a session recorded by the real worker', () => {
  it('gives the same result to the bit when replayed in a worker, in the window, and after export and import', async () => {
    const script = builtInScript('seated-rotation', 4)!;
    const { recording, truth } = simulateSession(script, { roles: ['upperBack', 'lowerBack'], seed: 5 });
    const { sessionId, result } = await playThroughWorker(recording);

    const counted = result.sets[0]!.repetitions.filter((repetition) => repetition.counted);
    expect(counted).toHaveLength(truth.sets[0]!.repetitions.length);
    expect(await services.log.read(sessionId)).toMatchObject({ state: 'finished', result });

    const stored = await log.readRecording(sessionId);
    const packets = [...recordingInputs(stored)].filter(({ kind }) => kind === 'packet');
    expect(packets).toHaveLength(recording.sensors.reduce((sum, sensor) => sum + sensor.packets.count, 0));

    const inWindow = replaySession(stored);
    expect(inWindow.result).toEqual(result);
    const inWorker = await services.log.replay(sessionId);
    expect(inWorker.live).toEqual(result);
    const { refined } = replayRefined(stored);
    expect(inWorker.result).toEqual(refined.result);
    expect(inWorker.timeS).toEqual(refined.timeS);
    expect(inWorker.anglesRad).toEqual(refined.anglesRad);
    expect(inWorker.halfWidths95Rad).toEqual(refined.halfWidths95Rad);

    const bytes = writeRecordingFile(stored);
    const file = new File([new Uint8Array(bytes)], 'session.thora');
    const known = await services.files.importRecording(file);
    expect(known).toMatchObject({ stored: { sessionId, state: 'finished' }, wasHere: true });
    await services.log.remove(sessionId);
    const imported = await services.files.importRecording(file);
    expect(imported).toMatchObject({ stored: { sessionId, state: 'imported', result }, wasHere: false });
    const bytesAgain = writeRecordingFile(await log.readRecording(sessionId));
    expect(bytesAgain.length).toBe(bytes.length);
    expect(bytesAgain.every((byte, i) => byte === bytes[i])).toBe(true);
    const again = await services.log.replay(sessionId);
    expect(again.live).toEqual(result);
    expect(again.anglesRad).toEqual(refined.anglesRad);
  });

  it('leaves a damaged file out of the log', async () => {
    const script = builtInScript('seated-rotation', 1)!;
    const { recording } = simulateSession(script, { roles: ['upperBack', 'lowerBack'], seed: 5 });
    const bytes = new Uint8Array(writeRecordingFile(recording));
    bytes[Math.floor(bytes.length / 2)]! ^= 0x20;
    await expect(services.files.importRecording(new File([bytes], 'flipped.thora'))).rejects.toMatchObject({
      name: 'RecordingError',
      file: 'flipped.thora',
    });
    const cut = new File([new Uint8Array(writeRecordingFile(recording)).subarray(0, 1000)], 'cut.thora');
    await expect(services.files.importRecording(cut)).rejects.toMatchObject({ name: 'RecordingError' });
    expect(await services.log.list()).toEqual([]);
    expect(() => readRecordingFile(bytes, 'flipped.thora')).toThrow('flipped.thora');
  });

  it('survives the death of its worker without losing a packet', async () => {
    const { client, troubles } = createClient(() => performance.now());
    const kit = new TimedVirtualKit(['upperBack', 'lowerBack'], 3);
    let sentCount = 0;
    try {
      const sessionId = await client.start({ simulated: true, record: true });
      for (const sensor of kit.sensors)
        await client.attach(
          watch(sensor, () => sentCount++),
          null,
        );
      await vi.waitFor(() => expect(sentCount).toBeGreaterThan(60), { timeout: 20_000 });
      // As when the browser takes its memory: no event reaches the page.
      workers.at(-1)!.terminate();
      await vi.waitFor(() => expect(troubles).toEqual([{ kind: 'workerLost' }]), { timeout: 20_000 });
      const replacedMs = performance.now();
      const newestShownMs = (): number => client.latestFrame()?.[LIVE_FRAME.hostTimeMs] ?? 0;
      await vi.waitFor(() => expect(newestShownMs()).toBeGreaterThan(replacedMs), { timeout: 20_000 });
      const result = await client.finish();

      const stored = await log.readRecording(sessionId);
      const inputs = [...recordingInputs(stored)];
      expect(inputs.map(({ order }) => order)).toEqual(inputs.map((_, i) => i));
      expect(inputs.filter(({ kind }) => kind === 'packet')).toHaveLength(sentCount);
      expect(replaySession(stored).result).toEqual(result);
      expect(troubles).toEqual([{ kind: 'workerLost' }]);
    } finally {
      kit.dispose();
    }
  });

  it('runs unrecorded while another tab records', async () => {
    const first = createClient(() => performance.now());
    const second = createClient(() => performance.now());
    const firstId = await first.client.start({ simulated: true, record: true });
    const secondId = await second.client.start({ simulated: true, record: true });
    expect(second.troubles).toEqual([{ kind: 'recordingElsewhere' }]);
    expect(await services.log.read(secondId)).toBeNull();
    await second.client.finish();
    await first.client.finish();
    expect((await services.log.list()).map(({ sessionId }) => sessionId)).toEqual([firstId]);
  });
});

describe('a page killed in mid-recording', () => {
  it.each([900, 1730, 2480])(
    'after %i ms has lost less than a second, and its session is recovered',
    async (lifeMs) => {
      const frame = document.createElement('iframe');
      frame.srcdoc = `<script type="module" src="${new URL('./recording-page.ts', import.meta.url).href}"></script>`;
      document.body.append(frame);
      const page = frame.contentWindow as unknown as RecordingPage;
      await vi.waitFor(() => expect(page.thoraRecording?.packetCount).toBeGreaterThan(0), {
        timeout: 20_000,
      });
      await new Promise((resolve) => setTimeout(resolve, lifeMs));
      const { sessionId, newestHostTimeMs } = page.thoraRecording!;
      frame.remove();

      await vi.waitFor(async () => {
        expect(await services.log.list()).toMatchObject([{ sessionId, state: 'unfinished' }]);
      });
      const stored = await log.readRecording(sessionId);
      const inputs = [...recordingInputs(stored)];
      expect(inputs.map(({ order }) => order)).toEqual(inputs.map((_, i) => i));
      const lostMs = newestHostTimeMs - Math.max(...inputs.map(({ hostTimeMs }) => hostTimeMs));
      expect(lostMs).toBeLessThan(1000);

      const recovered = await services.log.recover(sessionId);
      expect(recovered).toMatchObject({
        state: 'finished',
        roles: ['upperBack', 'lowerBack', 'upperArmRight'],
      });
      for (const { sampleCount } of recovered.result!.sensors) expect(sampleCount).toBeGreaterThan(0);
      expect(await services.log.read(sessionId)).toEqual(recovered);
    },
  );
});
