import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { ClinicMessage } from '../../core/recording/clinic-record.ts';

const LONGEST_MESSAGE = 2000;

/** Messages both ways, and a place to write the next one, which goes with the next file. */
export function ClinicThread({
  messages,
  me,
  onWrite,
}: {
  readonly messages: readonly ClinicMessage[];
  readonly me: ClinicMessage['from'];
  readonly onWrite: (text: string) => Promise<void>;
}) {
  const { t, i18n } = useLingui();
  const [text, setText] = useState('');
  const time = new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <section className="card stack">
      <h2>
        <Trans>Messages</Trans>
      </h2>
      <p className="small">
        <Trans>A message goes with the next file. It is not for anything urgent.</Trans>
      </p>
      {messages.length > 0 && (
        <ul className="stack" aria-label={t`Messages`}>
          {messages.map(({ messageId, from, text: said, writtenAtUtc }) => (
            <li key={messageId} className="clinic-message" data-mine={from === me ? '' : undefined}>
              <span className="small">
                {from === me ? t`You` : from === 'clinic' ? t`Your clinic` : t`Your patient`},{' '}
                {time.format(new Date(writtenAtUtc))}
              </span>
              <p>{said}</p>
            </li>
          ))}
        </ul>
      )}
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void onWrite(text.trim()).then(() => setText(''));
        }}
      >
        <label className="field">
          <span className="small">
            <Trans>New message</Trans>
          </span>
          <textarea
            required
            rows={3}
            maxLength={LONGEST_MESSAGE}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <button type="submit" className="button button-second button-small" disabled={text.trim() === ''}>
          <Trans>Add the message</Trans>
        </button>
      </form>
    </section>
  );
}
