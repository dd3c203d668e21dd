import { useLingui } from '@lingui/react/macro';
import { Trans } from '@lingui/react/macro';
import Info from 'lucide-react/icons/info';
import OctagonAlert from 'lucide-react/icons/octagon-alert';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { ReactNode } from 'react';
import type { ProblemWords } from '../text/problem-text.ts';

/** What happened, to what, and the one next step. */
export function ProblemNotice({
  words,
  subject,
  detail,
  children,
}: {
  readonly words: ProblemWords;
  readonly subject?: string;
  /** What the machine said, folded. */
  readonly detail?: string;
  readonly children?: ReactNode;
}) {
  const { t } = useLingui();
  return (
    <Notice tone={words.tone} alert>
      <p>
        <b>{t(words.happened)}</b>
        {subject !== undefined && subject !== '' && <span className="muted"> ({subject})</span>}
      </p>
      <p>{t(words.next)}</p>
      {children !== undefined && <div className="notice-actions">{children}</div>}
      {detail !== undefined && detail !== '' && (
        <details>
          <summary>
            <Trans>Details</Trans>
          </summary>
          <p className="small">{detail}</p>
        </details>
      )}
    </Notice>
  );
}

export function Notice({
  tone,
  alert = false,
  children,
}: {
  readonly tone: 'info' | 'warn' | 'stop';
  readonly alert?: boolean;
  readonly children: ReactNode;
}) {
  const Icon = tone === 'stop' ? OctagonAlert : tone === 'warn' ? TriangleAlert : Info;
  return (
    <div className={`notice notice-${tone}`} role={alert ? 'alert' : undefined}>
      <Icon size={24} strokeWidth={1.75} aria-hidden="true" />
      <div className="grow">{children}</div>
    </div>
  );
}
