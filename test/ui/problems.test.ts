import { i18n, type MessageDescriptor } from '@lingui/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { KIT_CHECKS, type RateAlarm } from '../../src/core/quality/kit-check.ts';
import type { SensorErrorCode } from '../../src/core/packet/sensor-error.ts';
import type { StepRefusal } from '../../src/core/pipeline/pipeline-fact.ts';
import type {
  BackupErrorCode,
  RecordingErrorCode,
  SessionTrouble,
  StorageErrorCode,
} from '../../src/ui/services.ts';
import { problemCode } from '../../src/ui/stores/problem-log.ts';
import {
  backupErrorWords,
  backupProblemWords,
  deletedMeanwhileWords,
} from '../../src/ui/text/backup-text.ts';
import { alarmWords, checkWords } from '../../src/ui/text/kit-text.ts';
import * as words from '../../src/ui/text/problem-text.ts';
import { storageErrorWords } from '../../src/ui/text/storage-text.ts';

/** Every member of a union of words; the compiler misses none. */
const all = <Code extends string>(codes: Record<Code, true>): Code[] => Object.keys(codes) as Code[];

const SENSOR = all<SensorErrorCode>({
  bluetoothUnsupported: true,
  bluetoothOff: true,
  chooserDismissed: true,
  wrongDevice: true,
  connectFailed: true,
  notReached: true,
  linkLost: true,
  noData: true,
  unreadable: true,
  permissionDenied: true,
  permissionRevoked: true,
  foreignFirmware: true,
  firmwareTooOld: true,
  sensorExhausted: true,
  heldElsewhere: true,
  streamRefused: true,
  alreadyInUse: true,
  mixedKit: true,
  tiltOnly: true,
  clockNotShared: true,
  halfRate: true,
});
const STEP = all<StepRefusal>({
  notEnoughMovement: true,
  movementNotInOnePlane: true,
  axisDisagrees: true,
  gestureContradictsRoles: true,
  noSensors: true,
  noSignal: true,
  neutralMissing: true,
});
const FILE = all<RecordingErrorCode>({
  notARecording: true,
  cut: true,
  damaged: true,
  newerVersion: true,
  tooLarge: true,
  fieldInvalid: true,
  sizeMismatch: true,
});
const TROUBLE = all<SessionTrouble['kind']>({
  workerLost: true,
  storageFull: true,
  recordingElsewhere: true,
  storageFailed: true,
});
const STORAGE = all<StorageErrorCode>({
  sessionMissing: true,
  sessionRunning: true,
  personMissing: true,
  locked: true,
  damaged: true,
  packetsRemoved: true,
  storageFull: true,
  storageFailed: true,
});
const BACKUP = all<BackupErrorCode>({
  notABackup: true,
  wrongPassphrase: true,
  cut: true,
  damaged: true,
  newerVersion: true,
  fieldInvalid: true,
});
const ALARM = all<RateAlarm['kind']>({ starved: true, crowded: true, weak: true, ownPace: true });

interface Row {
  readonly code: string;
  readonly happened: MessageDescriptor;
  readonly next: MessageDescriptor;
}

function rows(): Row[] {
  const row = (code: string, { happened, next }: Omit<Row, 'code'>): Row => ({ code, happened, next });
  return [
    ...SENSOR.map((code) =>
      row(
        problemCode({ about: 'sensor', code, subject: '', sensorIndex: null }),
        words.sensorErrorWords(code),
      ),
    ),
    row('sensor/bluetoothOff, sensors connected', words.bluetoothLostWords()),
    ...STEP.map((refusal) =>
      row(
        problemCode({ about: 'step', refusal, sensorIndex: null, exchange: null }),
        words.refusalWords(refusal),
      ),
    ),
    row(problemCode({ about: 'set', missingRoles: [] }), words.missingRoleWords()),
    ...TROUBLE.map((kind) => {
      const trouble = { kind, detail: '' } as SessionTrouble;
      return row(problemCode({ about: 'trouble', trouble }), words.troubleWords(trouble));
    }),
    row('session/storageFull, results kept', words.troubleWords({ kind: 'storageFull', keepsResult: true })),
    row(problemCode({ about: 'save' }), words.saveFailedWords()),
    ...FILE.map((code) => row(`recording/${code}`, words.recordingErrorWords(code))),
    ...STORAGE.map((code) => row(`storage/${code}`, storageErrorWords(code))),
    ...BACKUP.map((code) => row(`backup/${code}`, backupErrorWords(code))),
    row('backup/sessionMissing', deletedMeanwhileWords()),
    ...ALARM.map((kind) => row(`rate/${kind}`, alarmWords(kind, 'Blue circle'))),
    ...KIT_CHECKS.map((name) => {
      const check = checkWords({ name, state: 'look', sensorIndexes: [0] }, 'Blue circle');
      return row(`kit/${name}`, { happened: check.what, next: check.fix ?? check.what });
    }),
    row('page/broken', words.brokenPageWords()),
    row('unknown', words.unknownProblemWords()),
  ];
}

const text = (message: MessageDescriptor) => i18n._(message);

describe('list of problems', () => {
  beforeAll(() => {
    i18n.load('en', {});
    i18n.activate('en');
  });

  it('stands in the documentation as the screens say it', async () => {
    const lines = rows().map(
      ({ code, happened, next }) => `| \`${code}\` | ${text(happened)} | ${text(next)} |`,
    );
    const page = `# Problems, and the next step for each

Every problem that a screen can show, by the code that "Copy diagnostics" names. This page is written by its test
(\`npx vitest run --project node test/ui/problems.test.ts -u\`); edit the words in \`src/ui/text/\`.

| code | what happened | next step |
|---|---|---|
${lines.join('\n')}
`;
    await expect(page).toMatchFileSnapshot('../../docs/problems.md');
  });

  it('says of a session that was deleted under a backup what to do about the backup', () => {
    const error = Object.assign(new Error('sessionMissing: a'), {
      name: 'StorageError',
      code: 'sessionMissing',
    });
    expect(backupProblemWords(error)).toEqual(deletedMeanwhileWords());
  });

  it('has one next step for each, and none that only repeats what happened', () => {
    const seen = new Set<string>();
    for (const { code, happened, next } of rows()) {
      expect(seen.has(code), code).toBe(false);
      seen.add(code);
      expect(text(next).length, code).toBeGreaterThan(10);
      expect(text(next), code).not.toBe(text(happened));
    }
  });
});
