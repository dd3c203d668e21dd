/** Start postures by name. Their segment angles are in `posture.ts`. */
export const POSTURE_NAMES = [
  'standing',
  /** Hands on a wall at arm's length, the body one line. */
  'wallLean',
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
