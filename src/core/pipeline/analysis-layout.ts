import type { SegmentRole } from '../body/segment-role.ts';

export function isArmRole(role: SegmentRole): role is 'upperArmLeft' | 'upperArmRight' {
  return role === 'upperArmLeft' || role === 'upperArmRight';
}

/** What is measured against what. `reference` null: gravity and the neutral heading. */
export interface MeasuredPair {
  readonly moving: SegmentRole;
  readonly reference: SegmentRole | null;
  readonly measures: string;
}

/** The measurement that a set of worn sensors is for, and the others that it allows. Null without a trunk measurement. */
export function chooseMeasuredPairs(roles: ReadonlySet<SegmentRole>): {
  readonly primary: MeasuredPair | null;
  readonly alternatives: readonly MeasuredPair[];
} {
  const candidates: MeasuredPair[] = [
    { moving: 'upperBack', reference: 'lowerBack', measures: 'thorax relative to lower back' },
    { moving: 'upperBack', reference: 'pelvis', measures: 'trunk' },
    { moving: 'upperBack', reference: null, measures: 'upper-back lean' },
    { moving: 'lowerBack', reference: 'pelvis', measures: 'lower back relative to pelvis' },
  ];
  const possible = candidates.filter(
    (pair) => roles.has(pair.moving) && (pair.reference === null || roles.has(pair.reference)),
  );
  return { primary: possible[0] ?? null, alternatives: possible.slice(1) };
}

/** The worn roles in words, in body order: 'upperBack+lowerBack+upperArmRight'. */
export function layoutName(roles: readonly SegmentRole[]): string {
  return roles.join('+');
}
