import { Plural, Trans, useLingui } from '@lingui/react/macro';
import ChevronRight from 'lucide-react/icons/chevron-right';
import { useDeferredValue } from 'react';
import { Link } from 'wouter';
import { hasDone } from '../../core/report/done-in-session.ts';
import type { StoredSession } from '../services.ts';
import { countSummary, headlineExercise, headlineSet, isStoppedEarly } from '../session-summary.ts';
import { exerciseWords, sideName } from '../text/exercise-text.ts';
import { wholeDegrees } from '../live-values.ts';
import { SensorBadge } from './SensorBadge.tsx';
import { VirtualMark } from './VirtualMark.tsx';

/** What fits a screen is drawn at once; the lines below follow behind it, and nobody waits for them. */
const FIRST_DRAWN = 6;

/** Each line opens its session; while `chosen` is given, it chooses it instead. */
export function SessionList({
  sessions,
  chosen = null,
  onChoose,
}: {
  readonly sessions: readonly StoredSession[];
  readonly chosen?: readonly string[] | null;
  readonly onChoose?: (sessionId: string) => void;
}) {
  const drawsAll = useDeferredValue(true, false);
  const drawn = drawsAll ? sessions : sessions.slice(0, FIRST_DRAWN);
  return (
    <ul className="card card-list">
      {drawn.map((stored) => (
        <li key={stored.sessionId}>
          {chosen === null ? (
            <Link href={`/sessions/${encodeURIComponent(stored.sessionId)}`} className="line-item">
              <SessionLine stored={stored} />
              <ChevronRight size={20} strokeWidth={1.75} aria-hidden="true" className="muted" />
            </Link>
          ) : (
            <label className="line-item">
              <input
                type="checkbox"
                className="line-check"
                checked={chosen.includes(stored.sessionId)}
                onChange={() => onChoose?.(stored.sessionId)}
              />
              <SessionLine stored={stored} />
            </label>
          )}
        </li>
      ))}
    </ul>
  );
}

function SessionLine({ stored }: { readonly stored: StoredSession }) {
  const { t } = useLingui();
  const result = stored.report ?? stored.result;
  const set = result === null ? null : headlineSet(result);
  const summary = result === null ? null : countSummary(result);
  const exerciseId = result === null ? null : headlineExercise(result);
  const title = exerciseId === null ? t`Session` : t(exerciseWords(exerciseId).title);
  const best = set?.best ?? [];
  const byClock = result?.unmeasuredSets ?? [];
  const isNothing = result !== null && !hasDone(result);
  return (
    <>
      <span className="badge-stack" aria-hidden="true">
        {stored.roles.map((role) => (
          <SensorBadge key={role} role={role} small />
        ))}
      </span>
      <div className="grow">
        <b>{title}</b>
        <div className="small">
          <SessionDate startedAtUtc={stored.startedAtUtc} /> · <Duration seconds={stored.durationS} />
          {summary !== null && summary.total > 0 && (
            <>
              {' · '}
              <Trans>
                {summary.counted} of {summary.total} counted
              </Trans>
            </>
          )}
          {byClock.length > 0 && !isNothing && (
            <>
              {' · '}
              <Plural value={byClock.length} one="# set by the clock" other="# sets by the clock" />
              {byClock.some(isStoppedEarly) && (
                <>
                  {', '}
                  <Trans>stopped early</Trans>
                </>
              )}
            </>
          )}
        </div>
        <div className="row wrap line-marks">
          {stored.state === 'unfinished' && (
            <span className="chip chip-warn">
              <Trans>Not finished</Trans>
            </span>
          )}
          {isNothing && (
            <span className="chip chip-none">
              <Trans>Nothing done</Trans>
            </span>
          )}
          {stored.state === 'imported' && (
            <span className="chip chip-none">
              <Trans>Imported</Trans>
            </span>
          )}
          {stored.simulated && <VirtualMark />}
        </div>
      </div>
      {best.length > 0 && (
        <span className="best-sides">
          {best.map((side) => (
            <span key={side.side}>
              <span className="small">{t(sideName(side.side))}</span>{' '}
              <b>{wholeDegrees(side.meanBest3Rad) ?? '–'}°</b>
            </span>
          ))}
        </span>
      )}
    </>
  );
}

function isThisYear(date: Date): boolean {
  return date.getFullYear() === new Date().getFullYear();
}

const DATE_FORMATS = new Map<string, Intl.DateTimeFormat>();

/** Making one costs as much as drawing a line of a list: each is made once, and anew where the zone of the device changes. */
function dateFormat(locale: string, withYear: boolean): Intl.DateTimeFormat {
  const key = `${locale} ${withYear} ${new Date().getTimezoneOffset()}`;
  const known = DATE_FORMATS.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: withYear ? 'numeric' : undefined,
    hour: '2-digit',
    minute: '2-digit',
  });
  DATE_FORMATS.set(key, made);
  return made;
}

export function SessionDate({ startedAtUtc }: { readonly startedAtUtc: string }) {
  const { i18n } = useLingui();
  const date = new Date(startedAtUtc);
  if (Number.isNaN(date.getTime())) return <>{startedAtUtc}</>;
  const locale = i18n.locale === 'en' ? 'en-GB' : i18n.locale;
  return <time dateTime={startedAtUtc}>{dateFormat(locale, !isThisYear(date)).format(date)}</time>;
}

export function Duration({ seconds }: { readonly seconds: number }) {
  const rounded = Math.round(seconds);
  if (rounded < 90) return <Plural value={rounded} one="# second" other="# seconds" />;
  const minutes = Math.round(seconds / 60);
  return <Plural value={minutes} one="# minute" other="# minutes" />;
}
