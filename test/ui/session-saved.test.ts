import { describe, expect, it } from 'vitest';
import type { CareEvent } from '../../src/core/care/care-journal.ts';
import type { SessionResult } from '../../src/core/pipeline/session-result.ts';
import { planSession } from '../../src/ui/start-session.ts';
import type { SessionTrouble, StoredSession, ThoraServices } from '../../src/ui/services.ts';
import { createSessionStore } from '../../src/ui/stores/session-store.ts';

const MUTE = { say: () => undefined, hush: () => undefined };
const ALONE = planSession({
  kit: 'bluetooth',
  exerciseIds: ['E01'],
  roles: ['upperBack'],
  demonstration: true,
});
const LIVE = {
  sets: [],
  sensors: [],
  painBefore: null,
  painAfter: null,
  unmeasuredSets: [{ exerciseId: 'E22', mode: 'breaths', repetitions: 8, seconds: 80, allDone: null }],
} as unknown as SessionResult;
const REPORT = { ...LIVE };

/** Plays a session to its end with a device that fails in the given way. */
async function finishWith(device: {
  readonly trouble?: SessionTrouble;
  readonly report?: SessionResult;
  readonly stored: SessionResult | null | 'missing' | 'demonstration';
  readonly journal?: (event: CareEvent, day: number) => Promise<void>;
  /** What the journal's clock says, each time that it is asked; the last one from then on. */
  readonly days?: readonly number[];
}) {
  const days = [...(device.days ?? [20_000])];
  const troubleListeners: ((trouble: SessionTrouble) => void)[] = [];
  const services = {
    places: { known: () => Promise.resolve(new Map()) },
    journal: {
      append: device.journal ?? (() => Promise.resolve()),
      now: () => ({ utcMs: 0, day: days.length > 1 ? days.shift() : days[0] }),
    },
    session: {
      start: ({ record }: { readonly record: boolean }) => {
        expect(record).toBe(device.stored !== 'demonstration');
        return Promise.resolve('s');
      },
      command: () => undefined,
      onFact: () => () => undefined,
      onTrouble: (listener: (trouble: SessionTrouble) => void) => {
        troubleListeners.push(listener);
        return () => undefined;
      },
      finish: () => Promise.resolve(LIVE),
    },
    log: {
      report: () =>
        device.report === undefined ? Promise.reject(new Error('gone')) : Promise.resolve(device.report),
      read: () =>
        Promise.resolve(
          device.stored === 'missing' || device.stored === 'demonstration'
            ? null
            : ({ result: device.stored } as StoredSession),
        ),
    },
  } as unknown as ThoraServices;
  const store = createSessionStore(services, MUTE);
  const plan = { ...ALONE, record: device.stored !== 'demonstration' };
  await store.getState().begin(plan);
  await settle();
  if (device.trouble !== undefined) for (const listener of troubleListeners) listener(device.trouble);
  store.getState().send({ kind: 'stop', reason: 'finished' });
  await settle();
  return store.getState().flow;
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

describe('what is said to be saved', () => {
  it('is told to the care journal, but for a demonstration', async () => {
    const told: CareEvent[] = [];
    const journal = (event: CareEvent) => {
      told.push(event);
      return Promise.resolve();
    };
    await finishWith({ report: REPORT, stored: 'demonstration', journal });
    expect(told).toEqual([]);
    await finishWith({ report: REPORT, stored: LIVE, journal });
    expect(told).toMatchObject([{ kind: 'sessionDone', sessionId: 's', session: 'tests' }]);
  });

  it('is no session for the care journal where nothing was done, and one of tests where no exercise was', async () => {
    const told: CareEvent[] = [];
    const journal = (event: CareEvent) => {
      told.push(event);
      return Promise.resolve();
    };
    const [set] = LIVE.unmeasuredSets!;
    const of = (unmeasuredSets: SessionResult['unmeasuredSets']) =>
      finishWith({ report: { ...LIVE, unmeasuredSets: unmeasuredSets! }, stored: LIVE, journal });
    await of([]);
    // Begun, and stopped with its first breath.
    await of([{ ...set!, repetitions: 0, seconds: 0, planned: { repetitions: 30, seconds: 300 } }]);
    expect(told).toEqual([]);
    await of([{ ...set!, exerciseId: 'E23', test: true }]);
    expect(told).toMatchObject([{ session: 'tests', exercises: [] }]);
  });

  it.each([
    { days: [20_000, 20_001], of: 20_000, what: 'past midnight' },
    { days: [20_000, 20_003], of: 20_003, what: 'while the clock was put right' },
    { days: [20_001, 20_000], of: 20_000, what: 'over the date line' },
  ])('belongs to the day $of where it went on $what', async ({ days, of }) => {
    const written: number[] = [];
    const journal = (_: CareEvent, day: number) => {
      written.push(day);
      return Promise.resolve();
    };
    await finishWith({ report: REPORT, stored: LIVE, journal, days });
    expect(written).toEqual([of]);
  });

  it('says so when the journal could not be written; the session is saved all the same', async () => {
    const journal = () => Promise.reject(new Error('full'));
    const flow = await finishWith({ report: REPORT, stored: LIVE, journal });
    expect(flow).toMatchObject({ step: 'done', kept: 'whole', problem: { about: 'trouble' } });
  });

  it('is everything when the recording could be worked through', async () => {
    const flow = await finishWith({ report: REPORT, stored: LIVE });
    expect(flow).toMatchObject({ step: 'done', kept: 'whole', result: REPORT });
  });

  it('is the result when the recording is not whole, noticed or not', async () => {
    expect(await finishWith({ report: LIVE, stored: LIVE })).toMatchObject({ kept: 'result' });
    const broke = await finishWith({
      trouble: { kind: 'storageFailed', detail: '' },
      report: REPORT,
      stored: LIVE,
    });
    expect(broke).toMatchObject({ step: 'done', kept: 'result', result: LIVE });
  });

  it('is nothing when the device holds nothing; the result is still shown', async () => {
    const flow = await finishWith({ trouble: { kind: 'recordingElsewhere' }, stored: 'missing' });
    expect(flow).toMatchObject({ step: 'done', kept: 'nothing', result: LIVE });
    expect(await finishWith({ stored: null })).toMatchObject({ kept: 'nothing' });
  });

  it('is never asked for of a demonstration: nothing of it is recorded', async () => {
    const flow = await finishWith({ report: REPORT, stored: 'demonstration' });
    expect(flow).toMatchObject({ step: 'done', kept: 'demonstration', result: LIVE });
  });

  it('is not doubted for a worker that was replaced on the way', async () => {
    const flow = await finishWith({ trouble: { kind: 'workerLost' }, report: REPORT, stored: LIVE });
    expect(flow.kept).toBe('whole');
  });
});
