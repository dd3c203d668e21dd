import { useEffect, useRef } from 'react';
import { LIVE_FRAME } from '../../core/pipeline/live-frame.ts';
import { useRoom } from '../services-context.ts';

const RADIUS = 118;

/**
 * The ring that fills while everything is still. It follows the live frame in the animation frame, never through
 * React; the words beside it are updated by `onSeconds` when the whole second changes.
 */
export function StillRing({
  durationS,
  label,
  runs,
  onSeconds,
}: {
  readonly durationS: number;
  readonly label: string;
  readonly runs: boolean;
  readonly onSeconds: (secondsLeft: number) => void;
}) {
  const { services } = useRoom();
  const arc = useRef<SVGCircleElement>(null);
  const bead = useRef<SVGGElement>(null);

  useEffect(() => {
    let handle = 0;
    let shown = -1;
    let drawn = 0;
    const follow = () => {
      const frame = services.session.latestFrame();
      const given = frame === null ? 0 : (frame[LIVE_FRAME.stepFraction] ?? 0);
      const wanted = runs && Number.isFinite(given) ? Math.min(1, Math.max(0, given)) : 0;
      drawn += (wanted - drawn) * 0.35;
      const angle = 2 * Math.PI * drawn;
      arc.current?.setAttribute('stroke-dasharray', `${RADIUS * angle} ${2 * Math.PI * RADIUS}`);
      bead.current?.setAttribute(
        'transform',
        `translate(${RADIUS * Math.sin(angle)} ${-RADIUS * Math.cos(angle)})`,
      );
      const left = Math.ceil(durationS * (1 - wanted) - 0.02);
      if (left !== shown) {
        shown = left;
        onSeconds(left);
      }
      handle = requestAnimationFrame(follow);
    };
    handle = requestAnimationFrame(follow);
    return () => cancelAnimationFrame(handle);
  }, [services, runs, durationS, onSeconds]);

  return (
    <svg viewBox="-138 -138 276 276" role="img" aria-label={label}>
      <g stroke="var(--line-2)" strokeWidth="1.6" aria-hidden="true">
        {[0, 1, 2, 3, 4].map((tick) => (
          <path key={tick} d="M0 -132V-128" transform={`rotate(${tick * 72})`} />
        ))}
      </g>
      <circle r={RADIUS} fill="none" stroke="var(--line)" strokeWidth="9" />
      <circle
        ref={arc}
        r={RADIUS}
        fill="none"
        stroke="var(--primary)"
        strokeWidth="9"
        strokeDasharray="0 1000"
        transform="rotate(-90)"
      />
      <g ref={bead} transform={`translate(0 ${-RADIUS})`}>
        <circle r="10" fill="var(--surface)" stroke="var(--primary)" strokeWidth="4" />
        <circle r="2.6" fill="var(--primary)" />
      </g>
    </svg>
  );
}
