import { Trans, useLingui } from '@lingui/react/macro';
import type { ClinicMessage } from '../../core/recording/clinic-record.ts';
import type { Draft } from '../hooks/use-draft.ts';
import { WriteBox } from './WriteBox.tsx';

/** Messages both ways, and a place to write the next one, which goes with the next file. */
export function ClinicThread({
  messages,
  me,
  onWrite,
  draft,
}: {
  readonly messages: readonly ClinicMessage[];
  readonly me: ClinicMessage['from'];
  readonly onWrite: (text: string) => Promise<void>;
  readonly draft?: Draft;
}) {
  const { t, i18n } = useLingui();
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
      <WriteBox
        label={t`New message`}
        button={t`Add the message`}
        onWrite={onWrite}
        {...(draft && { draft })}
      />
    </section>
  );
}
