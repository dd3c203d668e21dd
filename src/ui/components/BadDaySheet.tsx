import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Link } from 'wouter';
import type { CareEvent } from '../../core/care/care-journal.ts';
import { Sheet } from './Sheet.tsx';
import { Unkept } from './Unkept.tsx';

type Trigger = Extract<CareEvent, { readonly kind: 'flareSaid' }>['triggers'][number];

/** "Bad day": the plan becomes easy for some days. What may have led to it is asked, never blamed. */
export function BadDaySheet({
  onSay,
  onClose,
}: {
  readonly onSay: (event: CareEvent) => Promise<void>;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const [unkept, setUnkept] = useState<unknown>(null);
  const [triggers, setTriggers] = useState<readonly Trigger[]>([]);
  const choices: readonly (readonly [Trigger, string])[] = [
    ['sleep', t`I slept badly`],
    ['stress', t`A lot on my mind`],
    ['load', t`I lifted or did more than usual`],
    ['sitting', t`I sat for long`],
    ['unknown', t`I do not know`],
  ];
  return (
    <Sheet title={t`A bad day`} onClose={onClose}>
      <p>
        <Trans>
          Bad days come and go. Your plan turns easy for two or three days: breathing, small moves, short and
          often. Then it climbs back step by step.
        </Trans>
      </p>
      <p>
        <Trans>
          Has something new come with it, like chest pain, fever, weakness, numbness, or trouble with bladder
          or bowel?
        </Trans>{' '}
        <Link href="/safety">
          <Trans>Answer the safety questions first</Trans>
        </Link>
      </p>
      <fieldset className="choice">
        <legend>
          <Trans>What may have played a part?</Trans>
        </legend>
        {choices.map(([code, words]) => (
          <label key={code}>
            <input
              type="checkbox"
              checked={triggers.includes(code)}
              onChange={() =>
                setTriggers(
                  triggers.includes(code) ? triggers.filter((one) => one !== code) : [...triggers, code],
                )
              }
            />
            <span>{words}</span>
          </label>
        ))}
      </fieldset>
      <Unkept error={unkept} />
      <div className="session-actions">
        <button
          type="button"
          className="button button-primary button-wide"
          onClick={() => {
            onSay({ kind: 'flareSaid', triggers: triggers.length === 0 ? ['unknown'] : triggers }).then(
              onClose,
              setUnkept,
            );
          }}
        >
          <Trans>Make my plan easy</Trans>
        </button>
        <button type="button" className="button button-quiet" onClick={onClose}>
          <Trans>Leave it as it is</Trans>
        </button>
      </div>
    </Sheet>
  );
}
