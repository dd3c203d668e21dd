import type { SegmentRole } from '../../core/body/segment-role.ts';

/** White sign on a coloured tile; its word always stands beside it. */
export function SensorShape({ role }: { readonly role: SegmentRole }) {
  switch (role) {
    case 'upperBack':
      return <circle r="4.6" />;
    case 'lowerBack':
      return <path d="M0-5 5 4H-5Z" />;
    case 'pelvis':
      return <path d="M0-5.4 5.4 0 0 5.4-5.4 0Z" />;
    case 'upperArmLeft':
      return <path d="M-1.6-5h3.2v3.4H5v3.2H1.6V5h-3.2V1.6H-5v-3.2h3.4Z" />;
    case 'upperArmRight':
      return <rect x="-4.3" y="-4.3" width="8.6" height="8.6" rx="1" />;
  }
}

export function SensorBadge({
  role,
  small = false,
}: {
  readonly role: SegmentRole;
  readonly small?: boolean;
}) {
  const size = small ? 17 : 25;
  return (
    <span className={`sensor-badge sensor-${role}${small ? ' sensor-badge-small' : ''}`} aria-hidden="true">
      <svg width={size} height={size} viewBox="-7 -7 14 14" fill="currentColor">
        <SensorShape role={role} />
      </svg>
    </span>
  );
}
