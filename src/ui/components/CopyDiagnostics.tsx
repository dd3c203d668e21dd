import { Trans, useLingui } from '@lingui/react/macro';
import ClipboardList from 'lucide-react/icons/clipboard-list';
import { readDiagnostics } from '../diagnostics.ts';
import { useRoom } from '../services-context.ts';
import { CopyButton } from './CopyButton.tsx';

/** For the person who helps: what this browser and its sensors are and do, as text. */
export function CopyDiagnostics() {
  const { i18n } = useLingui();
  const room = useRoom();
  return (
    <div className="stack copy-diagnostics">
      <CopyButton
        text={() => readDiagnostics(room, __THORA_VERSION__, i18n.locale)}
        className="button button-second button-small"
      >
        <ClipboardList size={20} strokeWidth={1.75} aria-hidden="true" />
        <Trans>Copy diagnostics</Trans>
      </CopyButton>
      <p className="small">
        <Trans>
          For someone who helps you: versions, browser, rates and the last problems. No names, no answers, no
          results.
        </Trans>
      </p>
    </div>
  );
}
