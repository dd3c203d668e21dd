import { Trans, useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import { BackLink } from '../components/BackLink.tsx';
import { reminderSetting, type ReminderSetting } from '../../core/care/outcomes/reminder.ts';
import { reminderCalendar } from '../reminder-calendar.ts';
import { JournalGate, type ReadyJournal } from '../components/JournalGate.tsx';
import { Notice, ProblemNotice } from '../components/Notice.tsx';
import { PatientShell } from '../components/PatientShell.tsx';
import { askForNotifications, notificationRight } from '../local-notification.ts';
import { storageProblemWords } from '../text/storage-text.ts';
import '../styles/care.css';

/** Reminders: off until chosen, at the person's own times. */
export function RemindersScreen() {
  const { t } = useLingui();
  return (
    <PatientShell>
      <main className="page" id="main">
        <header className="row">
          <BackLink href="/settings" label={t`Back to Me`} />
          <h1>
            <Trans>Reminders</Trans>
          </h1>
        </header>
        <p className="muted">
          <Trans>Off unless you want them. Nobody counts what you miss.</Trans>
        </p>
        <JournalGate>{(journal) => <Reminders journal={journal} />}</JournalGate>
      </main>
    </PatientShell>
  );
}

/** Monday first. */
const WEEK = [1, 2, 3, 4, 5, 6, 0];
/** 2023-01-01 was a Sunday. */
const A_SUNDAY_UTC_MS = Date.UTC(2023, 0, 1);
const MS_PER_DAY = 86_400_000;
const SESSION_MINUTES = 15;

function Reminders({ journal }: { readonly journal: ReadyJournal }) {
  const { t, i18n } = useLingui();
  const [setting, setSetting] = useState(() => reminderSetting(journal.entries));
  // Two changes in quick succession: the second one keeps the first, before the journal tells of it.
  const latest = useRef(setting);
  const [error, setError] = useState<unknown>(null);
  const show = (next: ReminderSetting): void => {
    latest.current = next;
    setSetting(next);
  };
  const change = (changed: Partial<ReminderSetting>): void => {
    const next = { ...latest.current, ...changed };
    show(next);
    journal.append({ kind: 'reminderSet', ...next }).then(
      () => setError(null),
      (failure: unknown) => {
        setError(failure);
        show(reminderSetting(journal.entries));
      },
    );
  };
  const dayName = (weekday: number): string =>
    i18n.date(new Date(A_SUNDAY_UTC_MS + weekday * MS_PER_DAY), { weekday: 'long', timeZone: 'UTC' });
  return (
    <>
      {error !== null && <ProblemNotice words={storageProblemWords(error)} detail={String(error)} />}
      <section className="card stack">
        <label className="tick">
          <input
            type="checkbox"
            checked={setting.isOn}
            disabled={setting.weekdays.length === 0}
            onChange={({ target }) => change({ isOn: target.checked })}
          />
          <span>
            <Trans>Remind me of my session</Trans>
          </span>
        </label>
        <label className="field">
          <span className="small">
            <Trans>At</Trans>
          </span>
          <input
            type="time"
            value={asTime(setting.atMinute)}
            onChange={({ target }) => {
              const atMinute = fromTime(target.value);
              if (atMinute !== null) change({ atMinute });
            }}
          />
        </label>
        <fieldset className="choice-plain">
          <legend className="small">
            <Trans>On</Trans>
          </legend>
          <div className="weekdays">
            {WEEK.map((weekday) => {
              const isChosen = setting.weekdays.includes(weekday);
              return (
                <label key={weekday} className="tick">
                  <input
                    type="checkbox"
                    checked={isChosen}
                    onChange={() => {
                      const { weekdays: before, isOn } = latest.current;
                      const weekdays = before.includes(weekday)
                        ? before.filter((one) => one !== weekday)
                        : [...before, weekday];
                      change({ weekdays, isOn: isOn && weekdays.length > 0 });
                    }}
                  />
                  <span>{dayName(weekday)}</span>
                </label>
              );
            })}
          </div>
        </fieldset>
      </section>
      {setting.isOn && (
        <>
          <section className="card stack">
            <h2>
              <Trans>In your calendar</Trans>
            </h2>
            <p>
              <Trans>
                Your calendar reminds you even when Thora is closed. Open the file on the device that should
                remind you. To stop it, delete the entry there.
              </Trans>
            </p>
            <a
              className="button button-second"
              download="thora-reminders.ics"
              href={`data:text/calendar;charset=utf-8,${encodeURIComponent(
                reminderCalendar(setting, {
                  uid: 'thora-session-reminder',
                  title: t`Thora: your session`,
                  note: t`A short one counts too.`,
                  stampUtcMs: journal.moment.utcMs,
                  fromDay: journal.moment.day,
                  lengthMinutes: SESSION_MINUTES,
                }),
              )}`}
            >
              <Trans>Save the calendar file</Trans>
            </a>
          </section>
          <OnScreen />
        </>
      )}
    </>
  );
}

function OnScreen() {
  const [right, setRight] = useState(notificationRight);
  return (
    <section className="card stack">
      <h2>
        <Trans>On this screen</Trans>
      </h2>
      {right === 'granted' ? (
        <p>
          <Trans>
            While Thora is open, a note appears at that time. On a day that has had its session none does.
          </Trans>
        </p>
      ) : right === 'notAsked' ? (
        <>
          <p>
            <Trans>Thora can show a note at that time, as long as it is open somewhere.</Trans>
          </p>
          <button
            type="button"
            className="button button-second"
            onClick={() => void askForNotifications().then(setRight)}
          >
            <Trans>Allow notes</Trans>
          </button>
        </>
      ) : (
        <Notice tone="info">
          <p>
            {right === 'denied' ? (
              <Trans>
                This browser does not let Thora show notes. You can change that in the browser’s settings for
                this page, or use the calendar.
              </Trans>
            ) : (
              <Trans>This browser cannot show notes. The calendar can remind you.</Trans>
            )}
          </p>
        </Notice>
      )}
    </section>
  );
}

/** 1110 -> "18:30". */
function asTime(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** Null while the field is half filled. */
function fromTime(text: string): number | null {
  const match = /^(\d{2}):(\d{2})/.exec(text);
  return match === null ? null : Number(match[1]) * 60 + Number(match[2]);
}
