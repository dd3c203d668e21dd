import { describe, expect, it } from 'vitest';
import { ChunkWriter } from '../../../src/adapters/session-log/chunk-writer.ts';
import { NO_LOCKS } from '../../../src/adapters/session-log/recording-lock.ts';
import { RecordedRoles } from '../../../src/adapters/session-log/recorded-roles.ts';
import { ResultKeeper } from '../../../src/adapters/session-log/result-keeper.ts';
import { NO_RESERVE } from '../../../src/adapters/session-log/result-reserve.ts';
import { RowVault } from '../../../src/adapters/session-log/row-vault.ts';
import type {
  ChunkRow,
  SessionDatabase,
  SessionRow,
} from '../../../src/adapters/session-log/session-database.ts';
import type { MessageFromHost, MessageToHost } from '../../../src/adapters/worker-link/link-messages.ts';
import { PipelineHost } from '../../../src/adapters/worker-link/pipeline-host.ts';
import { heapInUseBytes } from '../../../src/cli/bench/heap.ts';
import { LIVE_FRAME } from '../../../src/core/pipeline/live-frame.ts';
import { LivePipeline } from '../../../src/core/pipeline/live-pipeline.ts';
import type { PipelineCommand } from '../../../src/core/pipeline/pipeline-command.ts';
import { createVirtualPerson, type PersonAction } from '../../../src/core/simulation/virtual-person.ts';
import { startOf } from '../session-inputs.ts';

/*
 * A session that nobody ended: the worker's host, the chain and the log, driven by virtual time alone. `THORA_LONG`: for
 * eight hours. The disk is one that only counts, so that what is on the heap is what the app holds.
 */
const HOURS = process.env['THORA_LONG'] ? 8 : 0.15;
const LOOKS = 8;
const ROLES = ['upperBack', 'lowerBack', 'upperArmRight'] as const;
/** A frame of the screen. */
const STEP_MS = 40;
const SET_EVERY_MS = 5 * 60_000;
/** All of eight hours; one packet that was kept of each hundred would come to more. */
const MOST_GROWTH_BYTES = 3e6;

/** Takes the rows of a {@link ChunkWriter} and keeps the sizes of the chunks alone. */
class CountingDisk {
  readonly chunkBytes = new Map<string, number>();
  rowCount = 0;

  asDatabase(): SessionDatabase {
    const put = (rows: readonly unknown[]): Promise<void> => {
      this.rowCount += rows.length;
      return Promise.resolve();
    };
    const table = { put: (row: unknown) => put([row]), bulkPut: put };
    const chunks = {
      bulkPut: (rows: readonly ChunkRow[]) => {
        for (const { sensorIndex, firstOrder, bytes } of rows)
          this.chunkBytes.set(`${sensorIndex} ${firstOrder}`, bytes.byteLength);
        return put(rows);
      },
      bulkDelete: (keys: readonly [string, number, number][]) => {
        for (const [, sensorIndex, firstOrder] of keys)
          expect(this.chunkBytes.delete(`${sensorIndex} ${firstOrder}`)).toBe(true);
        return Promise.resolve();
      },
    };
    const transaction = (_mode: string, _tables: unknown, work: () => Promise<void>) => work();
    return { sessions: table, commands: table, answers: table, results: table, chunks, transaction } as never;
  }

  get storedBytes(): number {
    return [...this.chunkBytes.values()].reduce((sum, bytes) => sum + bytes, 0);
  }
}

class Session {
  readonly disk = new CountingDisk();
  readonly person = createVirtualPerson(ROLES, 3, {
    rateHz: 104,
    // A field too weak to matter: with it, all sensors send their magnetometers.
    conditions: { magnetMicroTesla: 1e-9 },
  });
  order = 0;
  nowMs = 0;
  storedOrder = -1;
  repetitionCount = 0;
  #receive: (event: { readonly data: MessageToHost }) => void = () => undefined;
  readonly #frame = new Float64Array(LIVE_FRAME.length);

  async open(): Promise<void> {
    const database = this.disk.asDatabase();
    new PipelineHost(
      {
        postMessage: (message) => this.#take(message),
        addEventListener: (_type, listener) => (this.#receive = listener),
      },
      {
        openStore: () => ({
          open: (start, listener) => {
            const row = { ...start, firstHostTimeMs: NaN, lastHostTimeMs: NaN } as SessionRow;
            const roles = new RecordedRoles();
            const vault = new RowVault(null);
            const results = new ResultKeeper(database, NO_LOCKS, NO_RESERVE);
            const release = () => undefined;
            const about = { row, isNew: false, keepsResult: false, roles };
            return Promise.resolve(
              new ChunkWriter({ database, vault, results, ...about, listener, release }),
            );
          },
          reopen: () => Promise.reject(new Error('not asked for')),
          readRecording: () => Promise.reject(new Error('not asked for')),
        }),
        createPipeline: (engineVersion) => new LivePipeline({ engineVersion }),
        replay: () => {
          throw new Error('not asked for');
        },
        exportSession: () => Promise.reject(new Error('not asked for')),
      },
    ).listen();
    this.#send({ kind: 'start', requestId: 1, start: startOf('long'), record: true });
    this.#send({ kind: 'frameBuffer', frame: this.#frame });
    await new Promise((resolve) => setTimeout(resolve, 20));
    this.person.sensors.forEach((sensor, i) =>
      this.command({ kind: 'attachSensor', sensor, role: ROLES[i]! }),
    );
  }

  command(command: PipelineCommand): void {
    this.#send({ kind: 'command', order: this.order++, hostTimeMs: this.nowMs, command });
  }

  async act(action: PersonAction, restMs: number): Promise<void> {
    const { endHostTimeMs } = this.person.perform(action);
    await this.waitUntil(endHostTimeMs + restMs);
  }

  async waitUntil(timeMs: number): Promise<void> {
    while (this.nowMs < timeMs) {
      this.nowMs += STEP_MS;
      this.person.advanceTo(this.nowMs, ({ sensorIndex, hostTimeMs, bytes }) =>
        this.#send({ kind: 'packet', order: this.order++, sensorIndex, hostTimeMs, bytes: bytes.slice() }),
      );
      // The log writes between the frames.
      if (this.nowMs % 200 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #send(message: MessageToHost): void {
    this.#receive({ data: message });
  }

  #take(message: MessageFromHost): void {
    if (message.kind === 'frame') this.#receive({ data: { kind: 'frameBuffer', frame: message.frame } });
    if (message.kind === 'stored') this.storedOrder = message.order;
    if (message.kind === 'trouble') expect.fail(message.trouble.kind);
    if (message.kind === 'facts')
      this.repetitionCount += message.facts.filter(({ kind }) => kind === 'repetitionEnded').length;
  }
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);

describe('a session that nobody ends', () => {
  it(
    `holds no more after ${HOURS} h than at its beginning @slow`,
    async () => {
      const session = new Session();
      await session.open();
      await session.waitUntil(800);
      session.command({ kind: 'beginStep', step: { name: 'still', durationS: 4 } });
      await session.waitUntil(6000);
      await session.act({ kind: 'standTall' }, 1200);
      session.command({ kind: 'beginStep', step: { name: 'neutral', durationS: 4, posture: 'standing' } });
      await session.waitUntil(session.nowMs + 5000);
      session.command({ kind: 'beginStep', step: { name: 'bow', repetitions: 3 } });
      await session.act({ kind: 'bow', repetitions: 3 }, 1200);

      const heaps: number[] = [];
      const lookEveryMs = (HOURS * 3_600_000) / LOOKS;
      let nextSetMs = session.nowMs;
      while (heaps.length < LOOKS) {
        if (session.nowMs >= nextSetMs) {
          nextSetMs += SET_EVERY_MS;
          const set = { exerciseId: 'E02', side: null, repetitions: 4 } as const;
          await session.act({ kind: 'takeStartPosture', ...set }, 1000);
          session.command({
            kind: 'beginSet',
            set: {
              ...set,
              personalMaximumRad: { positive: null, negative: null },
              targetFraction: 0.8,
              test: false,
            },
          });
          await session.act({ kind: 'exercise', ...set }, 2000);
          session.command({ kind: 'endSet' });
        }
        await session.waitUntil(Math.min(nextSetMs, (heaps.length + 1) * lookEveryMs));
        if (session.nowMs >= (heaps.length + 1) * lookEveryMs) heaps.push(heapInUseBytes());
      }
      expect(session.storedOrder).toBeGreaterThan(session.order - 200);
      expect(session.repetitionCount).toBeGreaterThan(HOURS * 12 * 3);
      console.log(
        `${HOURS} h of three thora-nano33 with 9 axes at 104 Hz in virtual time: ${session.order} inputs, ` +
          `${session.repetitionCount} repetitions, ${megabytes(session.disk.storedBytes)} MB stored in ` +
          `${session.disk.chunkBytes.size} chunks. Heap after each eighth of it (MB): ${heaps.map(megabytes).join(' ')}.`,
      );
      // What is made once is made by the end of the first eighth.
      expect(Math.max(...heaps) - heaps[0]!).toBeLessThan(MOST_GROWTH_BYTES);
    },
    process.env['THORA_LONG'] ? 1_800_000 : 120_000,
  );
});
