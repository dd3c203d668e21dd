/** Start postures by name. Their segment angles are in `posture.ts`. */
export const POSTURE_NAMES = [
  'standing',
  'sitting',
  'sittingArmsCrossed',
  'heelSit',
  'quadruped',
  'sideLyingLeft',
  'sideLyingRight',
  'supine',
  'prone',
] as const;
export type PostureName = (typeof POSTURE_NAMES)[number];
