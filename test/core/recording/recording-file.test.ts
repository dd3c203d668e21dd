import { unzipSync, zipSync, strFromU8, strToU8 } from 'fflate';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../../src/core/recording/crc32.ts';
import type { PipelineCommand, SessionNote } from '../../../src/core/pipeline/pipeline-command.ts';
import { RecordingError } from '../../../src/core/recording/recording-error.ts';
import { readRecordingFile, writeRecordingFile } from '../../../src/core/recording/recording-file.ts';
import type { SessionRecording } from '../../../src/core/recording/session-recording.ts';
import { shortRecording } from '../../support/short-recording.ts';

const FILE = 'evening.thora';

const recording = shortRecording();
const file = writeRecordingFile(recording);

function refusal(bytes: Uint8Array): RecordingError {
  try {
    readRecordingFile(bytes, FILE);
  } catch (error) {
    if (error instanceof RecordingError) return error;
    throw error;
  }
  throw new Error('the file was taken');
}

/** The same file with one part changed and, where asked, manifest and checksum made to fit. */
function rewritten(
  change: (files: Record<string, Uint8Array>, manifest: Record<string, unknown>) => void,
): Uint8Array {
  const files = unzipSync(file);
  const manifest = JSON.parse(strFromU8(files['manifest.json']!)) as Record<string, unknown>;
  change(files, manifest);
  const bytes = strToU8(JSON.stringify(manifest));
  files['manifest.json'] = bytes;
  files['manifest.crc32'] = strToU8(crc32(bytes).toString(16).padStart(8, '0'));
  return zipSync(files);
}

function replacePart(
  files: Record<string, Uint8Array>,
  manifest: Record<string, unknown>,
  field: 'commands' | 'result',
  json: unknown,
): void {
  const bytes = strToU8(JSON.stringify(json));
  files[`${field}.json`] = bytes;
  manifest[field] = { file: `${field}.json`, bytes: bytes.length, crc32: crc32(bytes) };
}

describe('a recording file', () => {
  it('gives back bit by bit what was written', () => {
    expect(readRecordingFile(file, FILE)).toEqual(recording);
    expect(Object.is(readRecordingFile(file, FILE).result!.sensors[0]!.gyroBiasRadPerS[0], -0)).toBe(true);
  });

  it('is the same file for the same recording', () => {
    expect(writeRecordingFile(readRecordingFile(file, FILE))).toEqual(file);
  });

  it('holds every command and every note that a session may give', () => {
    const decision = {
      ruleId: 'RT8',
      reason: 'painRose',
      changes: [{ kind: 'target', from: 0.8, to: 0.65 }, { kind: 'easierVariation' }],
      inputs: { pain: 4, painBefore: 3 },
      thresholdsVersion: '1.0.0',
    } as const;
    const notes: Record<SessionNote['about'], SessionNote> = {
      painBefore: { about: 'painBefore', value: 3 },
      painDuring: { about: 'painDuring', value: 4 },
      painAfter: { about: 'painAfter', value: 2 },
      effort: { about: 'effort', value: 6 },
      stopReason: { about: 'stopReason', reason: 'unwell' },
      appOpened: { about: 'appOpened', agoS: 41.5 },
      coaching: { about: 'coaching', decision },
      painPlace: { about: 'painPlace', place: 'end' },
      unmeasuredSet: {
        about: 'unmeasuredSet',
        exerciseId: 'E21',
        side: null,
        mode: 'timer',
        test: true,
        repetitions: 2,
        seconds: 20,
        planned: { repetitions: 3, seconds: 30 },
        allDone: null,
      },
    };
    const set = {
      exerciseId: 'E03',
      side: 'left',
      repetitions: 6,
      personalMaximumRad: { positive: 0.7, negative: null },
      targetFraction: 0.8,
      test: false,
    } as const;
    const commands: Record<PipelineCommand['kind'], readonly PipelineCommand[]> = {
      attachSensor: recording.sensors.map(({ description: sensor }) => ({
        kind: 'attachSensor',
        sensor,
        role: null,
      })),
      assignRole: [{ kind: 'assignRole', sensorIndex: 0, role: 'upperBack' }],
      linkChanged: [{ kind: 'linkChanged', sensorIndex: 0, connected: false }],
      clockEcho: [
        {
          kind: 'clockEcho',
          sensorIndex: 0,
          sentHostTimeMs: 1,
          receivedHostTimeMs: 2,
          deviceReceivedTicks: 3,
          deviceSentTicks: 4,
        },
      ],
      beginStep: [
        { kind: 'beginStep', step: { name: 'neutral', durationS: 4, posture: 'standing' } },
        { kind: 'beginStep', step: { name: 'armRaise', repetitions: 1, side: 'left' } },
      ],
      cancelStep: [{ kind: 'cancelStep' }],
      beginSet: [{ kind: 'beginSet', set }],
      pauseSet: [{ kind: 'pauseSet' }],
      resumeSet: [{ kind: 'resumeSet' }],
      endSet: [{ kind: 'endSet' }],
      retarget: [{ kind: 'retarget', targetFraction: 0.65 }],
      beginHold: [{ kind: 'beginHold', hold: { exerciseId: 'E22', takesZero: true, pacePerMin: 6 } }],
      endHold: [{ kind: 'endHold', isKept: false }],
      annotate: Object.values(notes).map((note) => ({ kind: 'annotate', note })),
      finish: [{ kind: 'finish' }],
    };
    const listed = Object.values(commands).flat();
    const whole = {
      ...recording,
      commands: listed.map((command, i) => ({ order: 1000 + i, hostTimeMs: i, command })),
    };
    expect(readRecordingFile(writeRecordingFile(whole), FILE)).toEqual(whole);
  });

  it('takes any packets and times', () => {
    const packets = fc.array(
      fc.record({
        bytes: fc.uint8Array({ maxLength: 300 }),
        hostTimeMs: fc.double({ noNaN: true, min: -1e13, max: 1e13 }),
        step: fc.integer({ min: 1, max: 1000 }),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(packets, (list) => {
        const offsets = new Uint32Array(list.length + 1);
        list.forEach((packet, i) => (offsets[i + 1] = offsets[i]! + packet.bytes.length));
        let order = 0;
        const log = {
          count: list.length,
          order: Uint32Array.from(list, (packet) => (order += packet.step)),
          hostTimeMs: Float64Array.from(list, (packet) => packet.hostTimeMs),
          offsets,
          bytes: Uint8Array.from(list.flatMap((packet) => [...packet.bytes])),
        };
        const one = { ...recording, sensors: [{ ...recording.sensors[0]!, packets: log }] };
        expect(readRecordingFile(writeRecordingFile(one), FILE)).toEqual(one);
      }),
      { numRuns: 100 },
    );
  });

  /** Packets of the first sensor, so many ms one after the other. */
  function heardEvery(stepMs: number, count: number): SessionRecording {
    const packets = {
      count,
      order: Uint32Array.from({ length: count }, (_, i) => i),
      hostTimeMs: Float64Array.from({ length: count }, (_, i) => i * stepMs),
      offsets: new Uint32Array(count + 1),
      bytes: new Uint8Array(),
    };
    return { ...recording, sensors: [{ ...recording.sensors[0]!, packets }] };
  }

  it.each([
    ['a time that no clock shows', heardEvery(2e13, 2), 'hostTimeMs[1]'],
    ['a day and more without a silence', heardEvery(590_000, 150), 'goes on for more than a day'],
    [
      'a sensor that nothing attaches',
      { ...recording, commands: [] },
      'sensors.0: is attached by no command',
    ],
    ['a day that is in no calendar', { ...recording, startedAtUtc: '2026-13-40T25:00:00Z' }, 'startedAtUtc'],
    [
      'the day after the last of a month',
      { ...recording, startedAtUtc: '2026-02-29T10:00:00Z' },
      'startedAtUtc',
    ],
    ['a name that stands in no address', { ...recording, recordingId: 'half\ud83d' }, 'recordingId'],
  ])('with %s is refused with the field named', (_what, lying, field) => {
    const { code, message } = refusal(writeRecordingFile(lying));
    expect([code, message]).toEqual(['fieldInvalid', expect.stringContaining(field)]);
  });

  it.each([
    ['unmeasuredSets', 5],
    ['unmeasuredSets', [null]],
    ['unmeasuredSets', [{ exerciseId: 'nosuch', mode: 'timer', repetitions: 1, seconds: 1 }]],
    ['unmeasuredSets', [{ exerciseId: 'E21', mode: 'timer', repetitions: 1, seconds: 1, holds: {} }]],
    ['coaching', [{ reason: 'painRose' }]],
    ['times', null],
    ['painDuring', 'much'],
  ])('whose result has no page to be shown on is refused with the field named: %s %j', (field, value) => {
    const lying = { ...recording, result: { ...recording.result!, [field]: value } };
    const { code, message } = refusal(writeRecordingFile(lying));
    expect([code, message]).toEqual(['fieldInvalid', expect.stringContaining(`result.json.${field}`)]);
  });

  it('keeps what came later than the format in the order it was written', () => {
    const later = {
      later: 1,
      seconds: 30,
      repetitions: 1,
      mode: 'timer',
      exerciseId: 'E21',
      side: null,
      allDone: null,
    };
    const { result } = recording;
    const one = {
      ...recording,
      result: { ...result!, unmeasuredSets: [later], newest: 2 },
    } as SessionRecording;
    const read = readRecordingFile(writeRecordingFile(one), FILE);
    expect(JSON.stringify(read.result!.unmeasuredSets)).toBe(JSON.stringify([later]));
  });

  it('that was begun, left for a night and gone on with is read', () => {
    expect(readRecordingFile(writeRecordingFile(heardEvery(36_000_000, 20)), FILE).sensors).toHaveLength(1);
  });

  it('whose part holds millions of values in a few kilobytes is refused before they are read', () => {
    const bomb = rewritten((files, manifest) =>
      replacePart(
        files,
        manifest,
        'commands',
        Array.from({ length: 1_500_000 }, () => 0),
      ),
    );
    expect(bomb.length).toBeLessThan(10_000);
    expect(refusal(bomb).message).toBe('evening.thora, commands.json: holds more than 1000000 values');
  });

  it('is refused wherever it is cut', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: file.length - 1 }), (length) => {
        const error = refusal(file.subarray(0, length));
        expect(['cut', 'notARecording']).toContain(error.code);
        expect(error.message).toContain(FILE);
      }),
      { numRuns: 300 },
    );
  });

  it('is refused, or read exactly, whichever bit flips @slow', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: file.length - 1 }), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const flipped = file.slice();
        flipped[at]! ^= 1 << bit;
        try {
          expect(readRecordingFile(flipped, FILE)).toEqual(recording);
        } catch (error) {
          if (!(error instanceof RecordingError)) throw error;
          expect(error.subject).toContain(FILE);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('is refused, or read exactly, whichever header byte changes @slow', () => {
    const directory = file.length - 600;
    for (let at = Math.max(0, directory); at < file.length; at++) {
      for (const value of [file[at]! ^ 0xff, file[at]! ^ 1]) {
        const changed = file.slice();
        changed[at] = value;
        try {
          expect(readRecordingFile(changed, FILE)).toEqual(recording);
        } catch (error) {
          if (!(error instanceof RecordingError)) throw error;
        }
      }
    }
  });

  it('names what is no recording', () => {
    expect(refusal(strToU8('time,x,y\n1,2,3\n')).code).toBe('notARecording');
    expect(refusal(new Uint8Array()).code).toBe('cut');
    expect(refusal(zipSync({ 'notes.txt': strToU8('hello') })).code).toBe('notARecording');
  });

  it('does not guess at a newer version', () => {
    const error = refusal(rewritten((_files, manifest) => (manifest['version'] = 2)));
    expect(error.code).toBe('newerVersion');
    expect(error.field).toBe('manifest.json.version');
  });

  it('refuses parts that do not belong, paths included', () => {
    for (const name of ['extra.bin', '../../etc/profile', '__proto__x']) {
      const error = refusal(rewritten((files) => (files[name] = strToU8('x'))));
      expect(error.code).toBe('fieldInvalid');
      expect(error.field).toBe(name);
    }
    const moved = refusal(
      rewritten((files, manifest) => {
        files['../commands.json'] = files['commands.json']!;
        delete files['commands.json'];
        (manifest['commands'] as Record<string, unknown>)['file'] = '../commands.json';
      }),
    );
    expect(moved.field).toBe('commands.file');
  });

  it('refuses a part that is missing or of another size', () => {
    expect(refusal(rewritten((files) => delete files['packets-1.bin'])).code).toBe('cut');
    const longer = rewritten((files) => {
      files['packets-0.bin'] = Uint8Array.from([...files['packets-0.bin']!, 0]);
    });
    expect(refusal(longer).code).toBe('sizeMismatch');
    const swapped = rewritten((files) => {
      const bytes = files['packets-0.bin']!.slice();
      bytes[bytes.length - 1]! ^= 0x10;
      files['packets-0.bin'] = bytes;
    });
    expect(refusal(swapped).code).toBe('damaged');
    expect(refusal(swapped).field).toBe('packets-0.bin');
  });

  it('inflates no bomb @slow', () => {
    const bomb = zipSync(
      { 'manifest.json': new Uint8Array(64 * 2 ** 20), 'manifest.crc32': strToU8('0') },
      { level: 9 },
    );
    expect(bomb.length).toBeLessThan(200_000);
    expect(refusal(bomb).code).toBe('tooLarge');
    // A declared size that the packed bytes cannot hold.
    const lying = file.slice();
    const at = lastIndexOfBytes(lying, [0x50, 0x4b, 1, 2]);
    new DataView(lying.buffer).setUint32(at + 24, 0xfffffff0, true);
    expect(['tooLarge', 'sizeMismatch']).toContain(refusal(lying).code);
  });

  it('names the field that is not what it should be', () => {
    const cases: readonly [string, (manifest: Record<string, unknown>) => void][] = [
      ['manifest.json.startedAtUtc', (manifest) => (manifest['startedAtUtc'] = 'yesterday')],
      ['manifest.json.recordingId', (manifest) => (manifest['recordingId'] = '')],
      ['manifest.json.sensors.0.role', (manifest) => (sensor(manifest)['role'] = 'knee')],
      ['manifest.json.sensors.0.packetCount', (manifest) => (sensor(manifest)['packetCount'] = -1)],
      ['manifest.json', (manifest) => (manifest['more'] = 1)],
    ];
    for (const [field, change] of cases) {
      const error = refusal(rewritten((_files, manifest) => change(manifest)));
      expect(error.code).toBe('fieldInvalid');
      expect(error.field).toBe(field);
    }
    const command = refusal(
      rewritten((files, manifest) =>
        replacePart(files, manifest, 'commands', [
          { order: 0, hostTimeMs: 0, command: { kind: 'beginStep', step: { name: 'bow', repetitions: -3 } } },
        ]),
      ),
    );
    expect(command.field).toBe('commands.json.0.command.step.repetitions');
    const result = refusal(
      rewritten((files, manifest) => replacePart(files, manifest, 'result', { engineVersion: 1 })),
    );
    expect(result.field).toBe('result.json.engineVersion');
  });

  it('bounds the packet count by the bytes at hand', () => {
    const error = refusal(
      rewritten((files, manifest) => {
        const bytes = files['packets-0.bin']!.slice();
        new DataView(bytes.buffer).setUint32(0, 0xffffffff, true);
        files['packets-0.bin'] = bytes;
        const entry = sensor(manifest);
        entry['packetCount'] = 0xffffffff;
        entry['packets'] = { file: 'packets-0.bin', bytes: bytes.length, crc32: crc32(bytes) };
      }),
    );
    expect(error.code).toBe('fieldInvalid');
    expect(error.message).toContain('do not fit');
  });
});

function sensor(manifest: Record<string, unknown>): Record<string, unknown> {
  return (manifest['sensors'] as Record<string, unknown>[])[0]!;
}

function lastIndexOfBytes(bytes: Uint8Array, pattern: readonly number[]): number {
  for (let i = bytes.length - pattern.length; i >= 0; i--)
    if (pattern.every((value, k) => bytes[i + k] === value)) return i;
  return -1;
}
