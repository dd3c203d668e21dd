import { Trans } from '@lingui/react/macro';
import Waves from 'lucide-react/icons/waves';

/** On every screen, chart and file with simulated data. */
export function VirtualMark() {
  return (
    <span className="chip chip-virtual">
      <Waves size={16} strokeWidth={1.75} aria-hidden="true" />
      <Trans>Virtual kit</Trans>
    </span>
  );
}
