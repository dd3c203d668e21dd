import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { ReviewAlert } from '../../../core/care/clinic/review-alerts.ts';
import { LevelChip } from '../../components/LevelChip.tsx';
import { useProgressNumbers } from '../../hooks/use-progress-numbers.ts';
import { libraryTitle } from '../../text/exercise-library-text.ts';
import { alertTitle, sourceOfAlert } from '../../text/review-text.ts';
import { safetyWords } from '../../text/safety-text.ts';

/** What somebody should know of, gravest first, each with where it comes from. */
export function ReviewAlerts({ alerts }: { readonly alerts: readonly ReviewAlert[] }) {
  return (
    <section className="card stack">
      <h2>
        <Trans>Alerts</Trans>
      </h2>
      {alerts.length === 0 && (
        <p>
          <Trans>None in the files that came.</Trans>
        </p>
      )}
      <ul className="stack">
        {alerts.map((alert, index) => (
          <AlertItem key={`${alert.subject.kind} ${index}`} alert={alert} />
        ))}
      </ul>
    </section>
  );
}

function AlertItem({ alert: { subject, level, day, entry } }: { readonly alert: ReviewAlert }) {
  const { t } = useLingui();
  const { date } = useProgressNumbers('points');
  const source = t(sourceOfAlert(entry?.event ?? null));
  const on = date(day);
  return (
    <li className="review-alert">
      <LevelChip level={level} />
      <div>
        <b>{t(alertTitle(subject))}</b>
        <AlertDetail subject={subject} />
        <p className="small">
          <Trans>
            {on}, from: {source}
          </Trans>
        </p>
      </div>
    </li>
  );
}

function AlertDetail({ subject }: { readonly subject: ReviewAlert['subject'] }) {
  const { t, i18n } = useLingui();
  switch (subject.kind) {
    case 'lock':
      return (
        <ul className="clinic-differences">
          {subject.flagIds.map((flagId) => {
            const { line, question } = safetyWords(flagId);
            return <li key={flagId}>{t(line ?? question)}</li>;
          })}
        </ul>
      );
    case 'painOverLimit': {
      const { pain, ceiling, times } = subject;
      const exercise = t(libraryTitle(subject.exerciseId));
      return (
        <p>
          {ceiling === null ? (
            <Trans>
              {exercise}: pain {pain}, above what the programme allows.
            </Trans>
          ) : (
            <Trans>
              {exercise}: pain {pain}, limit {ceiling}.
            </Trans>
          )}{' '}
          <Plural value={times} one="# time in two weeks" other="# times in two weeks" />
        </p>
      );
    }
    case 'rule':
      return subject.exerciseId === null ? null : <p>{t(libraryTitle(subject.exerciseId))}</p>;
    case 'flare':
    case 'nothingDone':
    case 'noFile':
    case 'reviewDue':
      return subject.days === 0 ? null : (
        <p>
          <Plural value={subject.days} one="for # day" other="for # days" />
        </p>
      );
    case 'lowQuality': {
      const quality = i18n.number(subject.quality, { maximumFractionDigits: 0 });
      return (
        <p>
          <Trans>Lowest mean of a session: {quality} of 100</Trans>
        </p>
      );
    }
    case 'notReadable':
      return (
        <p>
          <Plural value={subject.count} one="# entry" other="# entries" />
        </p>
      );
    case 'planLeft':
      return (
        <p>
          <Trans>It was version {subject.version}. Rules lead them now. Ask why.</Trans>
        </p>
      );
    case 'planNotTaken': {
      const { version, takenVersion } = subject;
      return (
        <p>
          {takenVersion === null ? (
            <Trans>Version {version}. The patient follows none of this clinic.</Trans>
          ) : (
            <Trans>
              Version {version}. The patient follows version {takenVersion}.
            </Trans>
          )}
        </p>
      );
    }
    case 'crisis':
    case 'statement':
    case 'emergencyTakenBack':
    case 'adverse':
    case 'painWorse':
      return null;
  }
}
