import { IDBObjectStore } from 'fake-indexeddb';
import { describe, expect, it, vi } from 'vitest';
import type { CareEvent } from '../../../src/core/care/care-journal.ts';
import { safetyStatus } from '../../../src/core/care/safety/safety-status.ts';
import { decodeBackupHead, encodeBackupHead } from '../../../src/core/recording/backup-entry.ts';
import { clinicPlan } from '../../support/clinic-plans.ts';
import { createDevice } from './people-bench.ts';

const read = (moduleId: `M${string}`): CareEvent => ({ kind: 'moduleRead', moduleId, answeredRight: null });
const LOCKING: CareEvent = { kind: 'safetyAnswered', form: 'full', answers: { 'R-01': ['yes'] } };

type OneOfEach = { readonly [K in CareEvent['kind']]: Extract<CareEvent, { readonly kind: K }> };

const PLANNED = {
  exerciseId: 'E01',
  variation: null,
  sets: 2,
  repetitions: 6,
  holdS: 2,
  restS: 30,
  minutes: null,
  targetShare: 0.75,
  capDeg: null,
  extraSide: 'left',
  halfRange: false,
  loadStep: 0,
  mode: 'sensor',
  reason: 'ENTRY',
} as const;

/** The compiler asks for every kind that there is. */
const ONE_OF_EACH: OneOfEach = {
  safetyAnswered: { kind: 'safetyAnswered', form: 'short', answers: { 'R-01': ['no'] } },
  mistakeSaid: { kind: 'mistakeSaid', flagId: 'R-01', answers: ['no'] },
  sessionBegun: { kind: 'sessionBegun', programme: { session: 'plan', planned: [PLANNED] } },
  seenSaid: { kind: 'seenSaid', seenDay: 20_000, byWhom: 'doctor', said: '' },
  clinicianCleared: { kind: 'clinicianCleared', by: 'key' },
  entryUnreadable: { kind: 'entryUnreadable' },
  clinicianLinked: { kind: 'clinicianLinked', isLinked: true },
  intakeAnswered: { kind: 'intakeAnswered', answers: { painNow: 3, hardThings: ['drive'], goals: ['desk'] } },
  intakeDeclined: { kind: 'intakeDeclined', field: 'work' },
  consentGiven: { kind: 'consentGiven', textVersion: '1' },
  coverageSaid: { kind: 'coverageSaid', state: 'self', payerId: null, payerName: '' },
  cameIn: { kind: 'cameIn' },
  planSet: {
    kind: 'planSet',
    plan: {
      phase: 1,
      irritability: 'moderate',
      fitness: 'F2',
      exercises: [PLANNED],
      sessionsPerWeek: 5,
      minutesPerSession: 12,
      state: 'running',
    },
    firings: [{ ruleId: 'G1', exerciseId: 'E01', inputs: { pain: 2, zone: 'green' }, before: '', after: '' }],
    rulesVersion: '1',
    by: 'auto',
  },
  sessionDone: {
    kind: 'sessionDone',
    sessionId: null,
    session: 'plan',
    painBefore: 3,
    painAfter: null,
    ease: null,
    exercises: [
      {
        exerciseId: 'E01',
        variation: null,
        painDuring: null,
        repetitionsDone: 6,
        repetitionsPlanned: 6,
        quality: 81.5,
        effort: null,
        selfReported: false,
      },
    ],
    ranges: [
      { metric: 'locked.rotation', side: 'left', valueDeg: 41, intervalDeg: [38, 44], layout: 'upperBack' },
    ],
    durationS: 600,
    donningS: 90,
    uprightHoldS: 48,
    simulated: true,
  },
  flareSaid: { kind: 'flareSaid', triggers: ['sleep'] },
  measureAnswered: {
    kind: 'measureAnswered',
    measureId: 'pain.avg24',
    value: null,
    language: 'en',
    wordsVersion: '1',
  },
  reminderSet: { kind: 'reminderSet', isOn: true, atMinute: 480, weekdays: [1, 3] },
  moduleRead: { kind: 'moduleRead', moduleId: 'M01', answeredRight: null },
  clinicPlanTaken: {
    kind: 'clinicPlanTaken',
    plan: clinicPlan(),
    digest: 'a'.repeat(64),
    clinicName: 'Clinic',
  },
  clinicPlanLeft: { kind: 'clinicPlanLeft', planId: 'plan-1', version: 1 },
  clinicMessage: {
    kind: 'clinicMessage',
    messageId: 'm-1',
    from: 'clinic',
    text: 'Well done',
    writtenAtUtc: '2026-11-26T10:00:00.000Z',
  },
};

describe('the care journal', () => {
  it.each(Object.values(ONE_OF_EACH))('comes out of a file as it went in: $kind', (event) => {
    const entries = [{ order: 0, entryId: 'a', atUtcMs: 1.5, day: 20_000, event }];
    const bytes = encodeBackupHead({ kind: 'journal', entries });
    expect(decodeBackupHead(bytes, 'x.thora-backup', 'entry 2')).toEqual({ kind: 'journal', entries });
  });

  it('reads past an entry that was changed from outside, and asks for safety in full again', async () => {
    const { journal, database } = await createDevice().openTab().storage();
    const moment = { utcMs: 1_000, day: 20_000 };
    await journal.append(ONE_OF_EACH.planSet, moment);
    await journal.append(read('M01'), moment);
    const rows = await database.journal.toArray();
    for (const event of [null, 'x', { ...ONE_OF_EACH.planSet, plan: 'x' }]) {
      await database.journal.put({ ...rows[0]!, event } as unknown as (typeof rows)[0]);
      const entries = await journal.read();
      expect(entries.map((entry) => entry.event)).toEqual([{ kind: 'entryUnreadable' }, read('M01')]);
      expect(safetyStatus(entries, moment).due).toBe('full');
    }
  });

  it('numbers entries by writing, whatever the clock says', async () => {
    const { journal } = await createDevice().openTab().storage();
    await journal.append(LOCKING, { utcMs: 2_000, day: 20_000 });
    await journal.append(read('M01'), { utcMs: 1_000, day: 19_999 });
    expect(await journal.read()).toMatchObject([
      { order: 0, atUtcMs: 2_000, day: 20_000, event: LOCKING },
      { order: 1, atUtcMs: 1_000, day: 19_999, event: read('M01') },
    ]);
  });

  it('loses nothing when two tabs write at once', async () => {
    const device = createDevice();
    const tabs = [await device.openTab().storage(), await device.openTab().storage()];
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        tabs[i % 2]!.journal.append(read(`M${i}`), { utcMs: i, day: 20_000 }),
      ),
    );
    const entries = await tabs[0]!.journal.read();
    expect(entries.map(({ order }) => order)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(new Set(entries.map(({ event }) => JSON.stringify(event))).size).toBe(20);
  });

  it('lets an answer lock that the full disk does not take, and writes it with what comes next', async () => {
    const device = createDevice();
    const tab = device.openTab();
    const { journal } = await tab.storage();
    const moment = { utcMs: 1_000, day: 20_000 };
    await journal.append(read('M01'), moment);
    const full = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    await expect(journal.append(LOCKING, moment)).rejects.toMatchObject({ code: 'storageFull' });
    await expect(journal.append(read('M02'), moment)).rejects.toMatchObject({ code: 'storageFull' });
    expect((await journal.read()).map(({ order, event }) => [order, event])).toEqual([
      [0, read('M01')],
      [1, LOCKING],
    ]);
    expect(safetyStatus(await journal.read(), moment).lock?.action).toBe('emergency');
    full.mockRestore();
    await journal.append(read('M03'), moment);
    const kept = await journal.read();
    expect(kept.map(({ event }) => event)).toEqual([read('M01'), LOCKING, read('M03')]);
    // Another tab reads the disk alone.
    expect(await (await device.openTab().storage()).journal.read()).toEqual(kept);
  });

  it('lies sealed under a lock, and moves with it', async () => {
    const device = createDevice();
    const tab = device.openTab();
    await (await tab.storage()).journal.append(LOCKING, { utcMs: 1, day: 20_000 });
    await tab.preparePassphrase('heron at dusk');
    await tab.setPassphrase(() => undefined);
    const { journal, database } = await tab.storage();
    expect(await journal.read()).toMatchObject([{ order: 0, event: LOCKING }]);
    const [row] = await database.journal.toArray();
    expect(Object.keys(row!).sort()).toEqual(['order', 'sealed']);
  });

  it('goes on where a copy of it went on, and lays together two that went apart', async () => {
    const { journal: here } = await createDevice().openTab().storage();
    const { journal: there } = await createDevice().openTab().storage();
    await here.append(read('M01'), { utcMs: 10, day: 20_000 });
    expect(await there.merge(await here.read())).toBe(1);
    await here.append(read('M02'), { utcMs: 20, day: 20_000 });
    expect(await there.merge(await here.read())).toBe(1);
    expect(await there.merge(await here.read())).toBe(0);
    await here.append(read('M03'), { utcMs: 40, day: 20_000 });
    await there.append(read('M04'), { utcMs: 30, day: 20_000 });
    expect(await here.merge(await there.read())).toBe(1);
    const names = (await here.read()).map(({ event }) => event.kind === 'moduleRead' && event.moduleId);
    expect(names).toEqual(['M01', 'M02', 'M04', 'M03']);
    // The other way round it comes to the same.
    await there.merge(await here.read());
    expect(await there.read()).toEqual(await here.read());
  });

  it.each([
    ['an event of no kind', { kind: 'unheardOf' }],
    ['a pain of eleven', { kind: 'intakeAnswered', answers: { painNow: 11 } }],
    ['a field too many', { kind: 'moduleRead', moduleId: 'M01', answeredRight: null, extra: 1 }],
    ['a question of no number', { kind: 'safetyAnswered', form: 'full', answers: { X: ['yes'] } }],
  ])('refuses %s from a file, by field', (_, event) => {
    const entry = { order: 0, entryId: 'a', atUtcMs: 1, day: 20_000, event: event as CareEvent };
    const bytes = encodeBackupHead({ kind: 'journal', entries: [entry] });
    expect(() => decodeBackupHead(bytes, 'x.thora-backup', 'entry 2')).toThrow(/event/);
    const sound = encodeBackupHead({ kind: 'journal', entries: [{ ...entry, event: LOCKING }] });
    expect(decodeBackupHead(sound, 'x.thora-backup', 'entry 2')).toMatchObject({ kind: 'journal' });
  });
});
