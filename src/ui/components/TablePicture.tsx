import type { SegmentRole } from '../../core/body/segment-role.ts';
import { SensorShape } from './SensorBadge.tsx';

const PLACES = [
  { x: -44, y: -12, turn: -8 },
  { x: 8, y: 26, turn: 6 },
  { x: 50, y: -24, turn: 14 },
  { x: -26, y: 50, turn: -16 },
  { x: 4, y: -52, turn: 3 },
] as const;

const FILL: Record<SegmentRole, string> = {
  upperBack: 'var(--sensor-upper-back)',
  lowerBack: 'var(--sensor-lower-back)',
  pelvis: 'var(--sensor-pelvis)',
  upperArmLeft: 'var(--sensor-arm-left)',
  upperArmRight: 'var(--sensor-arm-right)',
};

/** The sensors on the table, in the middle of the ring. */
export function TablePicture({ roles }: { readonly roles: readonly SegmentRole[] }) {
  return (
    <svg viewBox="-138 -138 276 276" aria-hidden="true">
      <defs>
        <linearGradient id="wood" x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="var(--wood-1)" />
          <stop offset="1" stopColor="var(--wood-2)" />
        </linearGradient>
        <clipPath id="table">
          <circle r="96" />
        </clipPath>
      </defs>
      <circle r="96" fill="url(#wood)" />
      <g clipPath="url(#table)" fill="none" stroke="var(--wood-line)" strokeWidth="1.3" opacity=".45">
        <path d="M-100-62C-40-70 30-54 100-64M-100-34C-50-26 20-40 100-30M-100 40C-30 30 40 48 100 38M-100 66C-40 74 40 60 100 70M-100 4C-60-2-40 8 0 4S70-2 100 6" />
      </g>
      {roles.map((role, index) => {
        const place = PLACES[index % PLACES.length] ?? PLACES[0];
        return (
          <g key={role} transform={`translate(${place.x} ${place.y}) rotate(${place.turn})`}>
            <rect x="-16" y="-18" width="38" height="46" rx="11" fill="#16262B" opacity=".16" />
            <rect
              x="-19"
              y="-23"
              width="38"
              height="46"
              rx="11"
              fill={FILL[role]}
              stroke="#fff"
              strokeWidth="2.4"
            />
            <g transform="translate(0 -3) scale(1.6)" fill="#fff">
              <SensorShape role={role} />
            </g>
            <rect x="-6" y="13" width="12" height="3" rx="1.5" fill="#fff" opacity=".75" />
          </g>
        );
      })}
    </svg>
  );
}
