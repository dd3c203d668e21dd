import { Plural, Trans, useLingui } from '@lingui/react/macro';
import Play from 'lucide-react/icons/play';
import type { SegmentRole } from '../../core/body/segment-role.ts';
import { isWatchable, type LibraryExercise } from '../../core/exercise/exercise-library.ts';
import { hasMotion } from '../../core/exercise/motion-definitions.ts';
import { useBluetooth } from '../hooks/use-bluetooth.ts';
import { LAYOUTS, planMinutes, planSession, sensorSetFor } from '../start-session.ts';
import { usePreferences } from '../stores/preferences-store.ts';
import type { FlowPlan } from '../stores/session-flow-state.ts';
import { roleName } from '../text/exercise-text.ts';
import { useBeginSession } from './BeginSession.tsx';

/** One exercise as a session of its own: with the sensors that can see it, or by the clock without any. */
export function DoItNow({ exercise }: { readonly exercise: LibraryExercise }) {
  const { t } = useLingui();
  const { begin, sheet } = useBeginSession();
  const { kit: keptKit, layout } = usePreferences();
  const radio = useBluetooth();
  const kit = keptKit ?? (radio === 'unsupported' ? 'virtual' : 'bluetooth');
  const plan = (which: FlowPlan['kit'], roles: readonly SegmentRole[]) =>
    planSession({ kit: which, exerciseIds: [exercise.id], roles, demonstration: false });
  const roles = rolesFor(exercise, layout);
  const byClock = plan('none', []);
  return (
    <section className="card stack">
      <h2>
        <Trans>Do it now</Trans>
      </h2>
      {roles !== null && (
        <>
          <button
            type="button"
            className="button button-primary button-wide"
            onClick={() => begin(plan(kit, roles))}
          >
            <Play size={22} strokeWidth={1.75} aria-hidden="true" />
            {kit === 'virtual' ? <Trans>With the virtual kit</Trans> : <Trans>With my sensors</Trans>}
          </button>
          <p className="small">
            <Trans>Worn on: {roles.map((role) => t(roleName(role))).join(' + ')}.</Trans>{' '}
            <Plural value={planMinutes(plan(kit, roles))} one="About # minute" other="About # minutes" />
          </p>
        </>
      )}
      <button
        type="button"
        className={`button button-wide ${roles === null ? 'button-primary' : 'button-second'}`}
        onClick={() => begin(byClock)}
      >
        <Play size={22} strokeWidth={1.75} aria-hidden="true" />
        <Trans>By the clock, without sensors</Trans>
      </button>
      <p className="small">
        <Trans>A voice and the clock lead you. Nothing is measured.</Trans>{' '}
        <Plural value={planMinutes(byClock)} one="About # minute" other="About # minutes" />
      </p>
      {sheet}
    </section>
  );
}

/** What to wear for it: the person's own way where it can see the exercise, else the first that can; null without one. */
function rolesFor(exercise: LibraryExercise, layout: number): readonly SegmentRole[] | null {
  const own = LAYOUTS[layout] ?? LAYOUTS[0] ?? [];
  const { id } = exercise;
  if (hasMotion(id)) return [own, ...LAYOUTS].find((roles) => sensorSetFor(id, roles) !== null) ?? null;
  return isWatchable(exercise) ? own : null;
}
