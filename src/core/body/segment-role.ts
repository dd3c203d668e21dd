/** Where a sensor is worn. Order is fixed: live frames and recordings index roles by it. */
export const SEGMENT_ROLES = ['upperBack', 'lowerBack', 'pelvis', 'upperArmLeft', 'upperArmRight'] as const;

/** T2-T3, T12-L1, sacrum, lateral upper arms. */
export type SegmentRole = (typeof SEGMENT_ROLES)[number];

/** Position of a role in {@link SEGMENT_ROLES}, 0 to 4. */
export function segmentRoleIndex(role: SegmentRole): number {
  return SEGMENT_ROLES.indexOf(role);
}

/** The trunk from below: each of them moves with all that is under it. Arms are no part of that order. */
export const TRUNK_FROM_BELOW = [
  'pelvis',
  'lowerBack',
  'upperBack',
] as const satisfies readonly SegmentRole[];
