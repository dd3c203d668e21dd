import { useLingui } from '@lingui/react/macro';
import CircleHelp from 'lucide-react/icons/circle-question-mark';
import Equal from 'lucide-react/icons/equal';
import Hourglass from 'lucide-react/icons/hourglass';
import Worse from 'lucide-react/icons/circle-alert';
import Better from 'lucide-react/icons/circle-check';
import type { ProgressTile } from '../../core/care/outcomes/progress-tiles.ts';
import { verdictWords } from '../text/progress-text.ts';

/** A verdict by shape and word. */
export function VerdictMark({ verdict }: { readonly verdict: ProgressTile['verdict'] }) {
  const { t } = useLingui();
  const Icon = ICONS[verdict];
  return (
    <span className="verdict" data-verdict={verdict}>
      <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
      {t(verdictWords(verdict))}
    </span>
  );
}

const ICONS = {
  improved: Better,
  possiblyImproved: CircleHelp,
  noClearChange: Equal,
  possiblyDeclined: CircleHelp,
  declined: Worse,
  tooEarly: Hourglass,
  lowFromStart: Equal,
  mixed: CircleHelp,
} as const;
