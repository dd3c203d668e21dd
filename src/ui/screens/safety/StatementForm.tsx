import { Trans, useLingui } from '@lingui/react/macro';
import { useState, type ReactNode } from 'react';
import type { CareMoment } from '../../../core/care/care-journal.ts';
import type { SafetyLock } from '../../../core/care/safety/safety-status.ts';
import type { SafetyEvent } from '../../../core/care/safety/safety-event.ts';
import { SEEN_BY } from '../../text/safety-text.ts';

type Seen = Extract<SafetyEvent, { readonly kind: 'seenSaid' }>;

const MS_PER_DAY = 86_400_000;
const LONGEST_WORDS = 300;

/** "I was seen and told I may exercise": kept as the person's own words. */
export function StatementForm({
  lock,
  moment,
  problem,
  onBack,
  onSaid,
}: {
  readonly lock: SafetyLock;
  readonly moment: CareMoment;
  /** Why it was not kept. */
  readonly problem: ReactNode;
  readonly onBack: () => void;
  readonly onSaid: (event: Seen) => void;
}) {
  const { t } = useLingui();
  const lockedDay = Math.max(...lock.answers.map(({ day }) => day));
  // By a clock that stands before the lock, only today can be told to be later.
  const first = dateOf(Math.min(lockedDay, moment.day));
  const last = dateOf(moment.day);
  const [date, setDate] = useState('');
  const [byWhom, setByWhom] = useState<Seen['byWhom'] | null>(null);
  const [said, setSaid] = useState('');
  const isIn = date >= first && date <= last;
  const isReady = isIn && byWhom !== null;
  return (
    <main className="page page-narrow" id="main">
      <h1>
        <Trans>I was seen and told I may exercise</Trans>
      </h1>
      <p className="muted">
        <Trans>We keep this as your words. It is not an approval by us.</Trans>
      </p>
      <form
        className="stack-wide"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) onSaid({ kind: 'seenSaid', seenDay: dayOf(date), byWhom, said: said.trim() });
        }}
      >
        <label className="field">
          <span>
            <Trans>On which day?</Trans>
          </span>
          <input
            type="date"
            required
            min={first}
            max={last}
            value={date}
            aria-describedby="seen-bounds"
            aria-invalid={date !== '' && !isIn}
            onChange={({ target }) => setDate(target.value)}
          />
          <span id="seen-bounds" className={date !== '' && !isIn ? 'small warn' : 'small'}>
            <Trans>Not before the day of your answer, and not in the future.</Trans>
          </span>
        </label>
        <fieldset className="choice">
          <legend>
            <Trans>By whom?</Trans>
          </legend>
          {(Object.keys(SEEN_BY) as Seen['byWhom'][]).map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="byWhom"
                required
                checked={byWhom === one}
                onChange={() => setByWhom(one)}
              />
              <span>{t(SEEN_BY[one])}</span>
            </label>
          ))}
        </fieldset>
        <label className="field">
          <span>
            <Trans>What did they say? You can leave this empty.</Trans>
          </span>
          <textarea
            rows={3}
            maxLength={LONGEST_WORDS}
            value={said}
            onChange={({ target }) => setSaid(target.value)}
          />
        </label>
        {problem}
        <div className="session-actions">
          <button type="submit" className="button button-primary button-wide" disabled={!isReady}>
            <Trans>Save</Trans>
          </button>
          <button type="button" className="button button-quiet" onClick={onBack}>
            <Trans>Back</Trans>
          </button>
        </div>
      </form>
    </main>
  );
}

/** As a date field holds it, from days since 1970-01-01. */
function dateOf(day: number): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

function dayOf(date: string): number {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / MS_PER_DAY);
}
