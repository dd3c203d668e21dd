import { isDeepStrictEqual } from 'node:util';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { BrowserFileGate } from '../../../src/adapters/files/file-gate.ts';
import { createSessionDatabase } from '../../../src/adapters/session-log/session-database.ts';
import { SessionRepository } from '../../../src/adapters/session-log/session-repository.ts';
import { RecordingError } from '../../../src/core/recording/recording-error.ts';
import { readRecordingFile, writeRecordingFile } from '../../../src/core/recording/recording-file.ts';
import type { SessionRecording } from '../../../src/core/recording/session-recording.ts';
import { replaySession } from '../../../src/core/pipeline/live-replay.ts';
import { Random } from '../../../src/core/simulation/random.ts';
import { harmed, HARMS, type Harm } from '../../support/hostile-file.ts';
import { shortRecording } from '../../support/short-recording.ts';
import { FakeLocks } from '../fake-locks.ts';

/** Files over all harms together. Those that are packed anew cost ten times as much: they have a smaller share. */
const FILES = process.env['THORA_LONG'] ? 1_000_000 : 5000;
const PACKED_SHARE = 0.03;
const TIMEOUT_MS = process.env['THORA_LONG'] ? 3_600_000 : 60_000;
const NAME = 'evening.thora';
/** A reader that made room for what a file claims would need a multiple of this. */
const MOST_GROWTH_BYTES = 300 * 2 ** 20;

/** Harms that lie inside the parts, checksums made to fit: what they change may still be a recording. */
const CHANGES_CONTENT: ReadonlySet<Harm> = new Set(['text', 'numbers', 'names', 'bomb', 'nesting']);
const WHOLE_SHARE = (1 - PACKED_SHARE * CHANGES_CONTENT.size) / (HARMS.length - CHANGES_CONTENT.size);
/** Playing a session takes longer than reading a thousand. */
const REPLAY_EVERY = process.env['THORA_LONG'] ? 50 : 5;

const whole = shortRecording();
const second: SessionRecording = {
  ...whole,
  recordingId: 'second',
  sensors: whole.sensors.slice(0, 1),
  result: null,
};
const files = [writeRecordingFile(whole), writeRecordingFile(second)];
const [file] = files as [Uint8Array, Uint8Array];

/** The recording, or why it was refused. Anything else that is thrown is a fault of the reader. */
function tryRead(bytes: Uint8Array): SessionRecording | RecordingError {
  try {
    return readRecordingFile(bytes, NAME);
  } catch (error) {
    if (error instanceof RecordingError) return error;
    throw error;
  }
}

describe('any file at all', () => {
  it.each(HARMS)(
    'is refused with file and field, or read and safe: %s @slow',
    (harm) => {
      const random = new Random(29, HARMS.indexOf(harm));
      const before = process.memoryUsage().rss;
      const counts = { refused: 0, same: 0, other: 0 };
      const share = CHANGES_CONTENT.has(harm) ? PACKED_SHARE : WHOLE_SHARE;
      for (let i = 0; i < FILES * share; i++) {
        const got = tryRead(harmed(harm, file, files, random));
        if (got instanceof RecordingError) {
          counts.refused++;
          if (got.file !== NAME || !got.message.startsWith(NAME)) expect(got.message).toContain(NAME);
          continue;
        }
        if (isDeepStrictEqual(got, whole) || isDeepStrictEqual(got, second)) {
          counts.same++;
          continue;
        }
        // Then it must be as sound as a recording made here.
        counts.other++;
        const written = writeRecordingFile(got);
        if (!isDeepStrictEqual(readRecordingFile(written, NAME), got))
          expect.fail(`File ${i} of the harm "${harm}" does not come back as it was written.`);
        if (counts.other % REPLAY_EVERY === 0) replaySession(got);
      }
      expect(counts.refused).toBeGreaterThan(0);
      if (!CHANGES_CONTENT.has(harm)) expect(counts.other).toBe(0);
      expect(process.memoryUsage().rss - before).toBeLessThan(MOST_GROWTH_BYTES);
      if (process.env['THORA_LONG']) console.log(`${harm}: ${JSON.stringify(counts)}`);
    },
    TIMEOUT_MS,
  );

  it('leaves what is stored as it was, byte by byte', async () => {
    const factory = new IDBFactory();
    const database = createSessionDatabase('log', { indexedDB: factory, IDBKeyRange });
    const log = new SessionRepository(database, new FakeLocks());
    const gate = new BrowserFileGate({
      encode: writeRecordingFile,
      decode: readRecordingFile,
      readRecording: (sessionId) => log.readRecording(sessionId),
      convert: () => Promise.resolve([]),
      listSessions: () => log.list(),
      readSession: (sessionId) => log.read(sessionId),
      storeImported: (sessionId, recording) => log.storeImported(sessionId, recording),
      returnPackets: (sessionId, recording) => log.returnPackets(sessionId, recording),
      createSessionId: () => 'fresh',
      examplesUrl: new URL('https://thora.example/examples/'),
    });
    await gate.importRecording(new File([new Uint8Array(file)], NAME));
    const everything = async () =>
      Promise.all([database.sessions, database.chunks, database.commands].map((table) => table.toArray()));
    const before = await everything();
    const random = new Random(31);
    let refused = 0;
    for (let i = 0; i < 250; i++) {
      const bytes = harmed(
        random.pick(HARMS.filter((harm) => !CHANGES_CONTENT.has(harm))),
        file,
        files,
        random,
      );
      const taken = await gate.importRecording(new File([new Uint8Array(bytes)], NAME)).then(
        ({ stored, wasHere }) => wasHere || stored.sessionId === second.recordingId,
        (error: unknown) => {
          expect(error).toBeInstanceOf(RecordingError);
          refused++;
          return true;
        },
      );
      expect(taken).toBe(true);
      if ((await log.read(second.recordingId)) !== null) await log.remove(second.recordingId);
    }
    expect(refused).toBeGreaterThan(150);
    expect(await everything()).toEqual(before);
  });
});
