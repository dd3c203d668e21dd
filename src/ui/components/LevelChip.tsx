import { useLingui } from '@lingui/react/macro';
import CircleAlert from 'lucide-react/icons/circle-alert';
import Info from 'lucide-react/icons/info';
import OctagonAlert from 'lucide-react/icons/octagon-alert';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { AlertLevel } from '../../core/care/clinic/review-alerts.ts';
import { levelWords } from '../text/review-text.ts';

const ICONS = { critical: OctagonAlert, high: CircleAlert, medium: TriangleAlert, low: Info } as const;
const CLASSES = { critical: 'chip-stop', high: 'chip-stop', medium: 'chip-warn', low: 'chip-none' } as const;

/** How soon somebody should look, by word, shape and colour. */
export function LevelChip({ level }: { readonly level: AlertLevel }) {
  const { t } = useLingui();
  const Icon = ICONS[level];
  return (
    <span className={`chip ${CLASSES[level]}`}>
      <Icon size={16} strokeWidth={2} aria-hidden="true" />
      {t(levelWords(level))}
    </span>
  );
}
