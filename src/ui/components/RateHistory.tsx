import { useLingui } from '@lingui/react/macro';
import { FULL_SHARE } from '../../core/quality/kit-check.ts';
import { HISTORY_LENGTH } from '../stores/kit-monitor.ts';

const WIDTH = 240;
const HEIGHT = 36;
/** Where all samples come; above it is room for packets that arrive late in a bunch. */
const FULL_Y = 6;

/** The last minute of one sensor: how many of the samples asked for came, second by second. A gap stays a gap. */
export function RateHistory({ history }: { readonly history: readonly number[] }) {
  const { t } = useLingui();
  const known = history.filter((share) => !Number.isNaN(share));
  const lowest = known.length === 0 ? null : Math.round(100 * Math.min(...known));
  const x = (index: number) => WIDTH - (history.length - 1 - index) * (WIDTH / (HISTORY_LENGTH - 1));
  const y = (share: number) => HEIGHT - 2 - Math.min(1.1, share) * (HEIGHT - 2 - FULL_Y);
  let path = '';
  let pen = false;
  history.forEach((share, index) => {
    if (Number.isNaN(share)) {
      pen = false;
      return;
    }
    path += `${pen ? 'L' : 'M'}${x(index).toFixed(1)} ${y(share).toFixed(1)}`;
    pen = true;
  });
  const limitY = y(FULL_SHARE);
  return (
    <svg
      className="rate-history"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={
        lowest === null
          ? t`The last minute: nothing measured yet`
          : t`The last minute: at least ${lowest} % of the samples arrived`
      }
    >
      <path d={`M0 ${HEIGHT - 2}H${WIDTH}`} stroke="var(--line)" />
      <path d={`M0 ${limitY}H${WIDTH}`} stroke="var(--line-2)" strokeDasharray="3 4" />
      <path
        d={path}
        fill="none"
        stroke="var(--primary)"
        strokeWidth="2"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
