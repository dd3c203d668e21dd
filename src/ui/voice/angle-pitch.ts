/** Angle as pitch: rising to the target, the same in both ears. */

/** Near the start nothing sounds: resting is quiet. */
const SILENT_BELOW = 0.12;
const LOWEST_HZ = 220;
/** An octave from the start to the target, and a little more beyond it. */
const LARGEST_SHARE = 1.3;

/** @param share of the way to the target, 1 at it; @returns Hz, null where nothing is to sound */
export function pitchHz(share: number): number | null {
  if (!(share >= SILENT_BELOW)) return null;
  return LOWEST_HZ * 2 ** Math.min(share, LARGEST_SHARE);
}

/**
 * How far towards the target a movement has come, as a share. All angles in one unit.
 * @param primary signed
 * @param target signed; NaN while there is none: then `usual` stands for it
 * @param expectedSign 1, -1, or 0 for either
 */
export function wayToTarget(primary: number, target: number, expectedSign: number, usual: number): number {
  const out = expectedSign === 0 ? Math.abs(primary) : expectedSign * primary;
  const goal = Number.isFinite(target) && target !== 0 ? Math.abs(target) : usual;
  return out / goal;
}
