import { describe, expect, it } from 'vitest';
import type { PeopleState, ThoraServices } from '../../src/ui/services.ts';
import { leaveWithOwner } from '../../src/ui/session-owner.ts';
import { planSession } from '../../src/ui/start-session.ts';
import { createSessionStore } from '../../src/ui/stores/session-store.ts';

const BY_CLOCK = planSession({ kit: 'none', exerciseIds: ['E01'], roles: [], demonstration: false });

/** Somebody answers how their back is, and then these are chosen, one after the other. @returns the step after each */
async function stepsAfter(...chosen: (string | null)[]): Promise<string[]> {
  const services = {
    journal: { now: () => ({ utcMs: 0, day: 20_000 }) },
    session: { abandon: () => Promise.resolve() },
  } as unknown as ThoraServices;
  const session = createSessionStore(services, { say: () => undefined, hush: () => undefined });
  let personId: string | null = null;
  let tell: () => void = () => undefined;
  leaveWithOwner(session, {
    state: () =>
      (personId === null ? { kind: 'choosing' } : { kind: 'ready', person: { personId } }) as PeopleState,
    onChange: (listener) => {
      tell = listener;
      return () => undefined;
    },
  });
  const choose = (id: string | null): string => {
    personId = id;
    tell();
    return session.getState().flow.step;
  };
  choose('Ana');
  await session.getState().begin(BY_CLOCK);
  return chosen.map(choose);
}

describe('the owner of a session', () => {
  it('takes it along when somebody else is chosen', async () => {
    expect(await stepsAfter(null, 'Bela')).toEqual(['painBefore', 'idle']);
  });

  it('finds it again when nobody else was chosen in between', async () => {
    expect(await stepsAfter(null, 'Ana')).toEqual(['painBefore', 'painBefore']);
  });
});
