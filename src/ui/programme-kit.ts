/** What a person wears for the programme, and what their record says of their range with it. */
import type { SegmentRole } from '../core/body/segment-role.ts';
import type { JournalEntry } from '../core/care/care-journal.ts';
import { intakeOf } from '../core/care/intake/intake.ts';
import type { Intake } from '../core/care/intake/intake-event.ts';
import type { KitPlace } from '../core/exercise/exercise-library.ts';
import type { RecordedSession } from '../core/exercise/known-maxima.ts';
import type { StoredSession } from './services.ts';

const MS_PER_DAY = 86_400_000;

/** One sensor a place; the chest is for breathing alone and is not worn in a session. */
export function rolesOfPlaces(places: readonly KitPlace[], arms: Intake['arms']): readonly SegmentRole[] {
  const roles: SegmentRole[] = [];
  if (places.includes('upperBack')) roles.push('upperBack');
  if (places.includes('lowerBack')) roles.push('lowerBack');
  if (places.includes('pelvis')) roles.push('pelvis');
  if (places.includes('upperArm') && arms !== 'neither')
    roles.push(arms === 'left' ? 'upperArmLeft' : 'upperArmRight');
  return roles;
}

/** Whether the person said that they wear sensors; who has not been asked has said nothing. */
export function saysSensors(journal: readonly JournalEntry[]): boolean {
  const { sensorPlaces = [], arms = 'both' } = intakeOf(journal);
  return rolesOfPlaces(sensorPlaces, arms).length > 0;
}

/** Finished sessions with the same sensors, oldest first: ranges of the virtual kit are not the person's. */
export function recordedSessions(
  sessions: readonly StoredSession[],
  simulated: boolean,
  roles: readonly SegmentRole[],
): readonly RecordedSession[] {
  const worn = [...roles].sort().join();
  return sessions
    .filter(
      (stored) =>
        stored.state === 'finished' &&
        stored.simulated === simulated &&
        [...stored.roles].sort().join() === worn,
    )
    .toSorted((a, b) => (a.startedAtUtc < b.startedAtUtc ? -1 : 1))
    .flatMap(({ startedAtUtc, report, result }) => {
      const sets = (report ?? result)?.sets ?? [];
      return [
        {
          day: Math.floor(Date.parse(startedAtUtc) / MS_PER_DAY),
          sets: sets.map(({ plan, exerciseId, measure, repetitions }) => ({
            exerciseId,
            measure,
            test: plan.test,
            side: plan.side,
            repetitions,
          })),
        },
      ];
    });
}
