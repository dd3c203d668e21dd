import { afterEach, describe, expect, it, vi } from 'vitest';
import { readExampleIndex } from '../../../src/adapters/files/example-index.ts';
import { BrowserFileGate } from '../../../src/adapters/files/file-gate.ts';
import { RecordingError } from '../../../src/core/recording/recording-error.ts';
import type { SessionRecording } from '../../../src/core/recording/session-recording.ts';
import type { StoredSession } from '../../../src/ui/services.ts';
import { describeSensor } from '../session-inputs.ts';

const INDEX = [{ id: 'turns', title: 'Seated turns', description: 'Five to each side.', file: 'turns.bin' }];

/** Its packets are the letters after a colon. */
function recordingOf(text: string): SessionRecording {
  const [recordingId = '', letters = ''] = text.split(':');
  const packets = {
    count: letters.length,
    order: Uint32Array.from(letters, (_, i) => i),
    hostTimeMs: Float64Array.from(letters, (_, i) => i),
    offsets: Uint32Array.from({ length: letters.length + 1 }, (_, i) => i),
    bytes: new TextEncoder().encode(letters),
  };
  return {
    recordingId,
    startedAtUtc: '2026-05-04T10:00:00.000Z',
    simulated: true,
    engineVersion: 'test',
    sensors: [{ description: describeSensor(0), role: 'upperBack', packets }],
    commands: [],
    result: null,
  };
}

/** A gate over a log in memory. Its files hold nothing but their recording's id; 'bad' is refused. */
function createBench() {
  const stored = new Map<string, StoredSession>();
  const contents = new Map<string, SessionRecording>();
  const fetched: string[] = [];
  vi.stubGlobal('fetch', (url: URL) => {
    fetched.push(url.pathname);
    const body = url.pathname.endsWith('index.json') ? JSON.stringify(INDEX) : 'recording-of-turns';
    return Promise.resolve(new Response(body, { status: url.pathname.endsWith('missing.bin') ? 404 : 200 }));
  });
  const gate = new BrowserFileGate({
    encode: ({ recordingId }) => new TextEncoder().encode(recordingId),
    decode: (bytes, fileName) => {
      const recordingId = new TextDecoder().decode(bytes);
      if (recordingId === 'bad')
        throw new RecordingError('damaged', { file: fileName }, 'its check sum is wrong.');
      return recordingOf(recordingId);
    },
    readRecording: (sessionId) => Promise.resolve(contents.get(sessionId) ?? recordingOf(sessionId)),
    convert: () => Promise.resolve([]),
    listSessions: () => Promise.resolve([...stored.values()]),
    readSession: (sessionId) => Promise.resolve(stored.get(sessionId) ?? null),
    storeImported: (sessionId, recording) => {
      const session: StoredSession = {
        sessionId,
        startedAtUtc: recording.startedAtUtc,
        durationS: 0,
        simulated: recording.simulated,
        state: 'imported',
        roles: [],
        result: null,
        report: null,
        earlierReports: [],
        stopReason: null,
      };
      stored.set(sessionId, session);
      contents.set(sessionId, recording);
      return Promise.resolve(session);
    },
    returnPackets: () => Promise.resolve(false),
    createSessionId: () => `fresh-${stored.size}`,
    examplesUrl: new URL('http://localhost/app/examples/'),
  });
  return { gate, stored, fetched };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('an imported recording', () => {
  it('keeps its identity, unless that is taken: then nothing stored is touched', async () => {
    const { gate, stored } = createBench();
    const take = (text: string) => gate.importRecording(new File([text], 'file.bin'));
    expect(await take('one:abc')).toMatchObject({ stored: { sessionId: 'one' }, wasHere: false });
    const before = stored.get('one');
    expect(await take('one:abd')).toMatchObject({ stored: { sessionId: 'fresh-1' }, wasHere: false });
    expect(stored.get('one')).toBe(before);
  });

  it('that is here already is found again, under whatever name it lies here, and not stored twice', async () => {
    const { gate, stored } = createBench();
    const take = (text: string) => gate.importRecording(new File([text], 'file.bin'));
    await take('one:abc');
    await take('one:abd');
    expect(await take('one:abc')).toMatchObject({ stored: { sessionId: 'one' }, wasHere: true });
    expect(await take('one:abd')).toMatchObject({ stored: { sessionId: 'fresh-1' }, wasHere: true });
    expect(stored.size).toBe(2);
  });

  it('is refused whole: its file is named and nothing is stored', async () => {
    const { gate, stored } = createBench();
    await expect(gate.importRecording(new File(['bad'], 'broken.bin'))).rejects.toMatchObject({
      code: 'damaged',
      file: 'broken.bin',
    });
    expect(stored.size).toBe(0);
  });

  it('that is larger than any session is refused unread', async () => {
    const { gate, stored } = createBench();
    const file = new File(['x'], 'huge.bin');
    Object.defineProperty(file, 'size', { value: 2 ** 31 });
    const read = vi.spyOn(file, 'arrayBuffer');
    await expect(gate.importRecording(file)).rejects.toMatchObject({ code: 'tooLarge', file: 'huge.bin' });
    expect(read).not.toHaveBeenCalled();
    expect(stored.size).toBe(0);
  });
});

describe('the examples', () => {
  it('come from beside the app, and the same example twice is one session', async () => {
    const { gate, stored, fetched } = createBench();
    expect((await gate.listExamples()).map(({ id }) => id)).toEqual(['turns']);
    const first = await gate.importExample('turns');
    expect(await gate.importExample('turns')).toBe(first);
    expect(stored.size).toBe(1);
    expect(fetched).toEqual([
      '/app/examples/index.json',
      '/app/examples/index.json',
      '/app/examples/turns.bin',
    ]);
    await expect(gate.importExample('nonsense')).rejects.toMatchObject({ file: 'nonsense' });
  });

  it.each([
    [{}, ''],
    [[{ ...INDEX[0], title: 3 }], '[0].title'],
    [[INDEX[0], { id: 'b' }], '[1].title'],
    [[null], '[0].id'],
  ])('in a broken list are refused with the field named (%#)', (json, field) => {
    let error: unknown;
    try {
      readExampleIndex(json, 'index.json');
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ code: 'fieldInvalid', file: 'index.json', field });
  });
});
