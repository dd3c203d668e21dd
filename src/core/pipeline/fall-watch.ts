import { FALL_LIMITS } from '../exercise/coaching-thresholds.ts';
import { GRAVITY_METERS_PER_S2, RAD_PER_DEG } from '../math/angle.ts';

const BLOW_METERS_PER_S2 = FALL_LIMITS.accG * GRAVITY_METERS_PER_S2;
const STILL_RAD_PER_S = 10 * RAD_PER_DEG;
const STILL_MS = 1000 * FALL_LIMITS.stillS;
const TILT_CHANGE_RAD = FALL_LIMITS.tiltChangeDeg * RAD_PER_DEG;
/** Whoever moves on this long after a blow did not stay down. */
const FORGET_MS = 10_000;
/** The lean before is that of so long before the blow: a fall takes about a second. */
const BEFORE_MS = 1500;
const SLOTS = 16;
const SLOT_MS = BEFORE_MS / (SLOTS - 1);

/**
 * Stop rule S-10: a blow to the upper back, at least two seconds of stillness after it, and another lean than before.
 * Only the upper back counts, so taps on an arm sensor are none. Allocates nothing.
 */
export class FallWatch {
  /** Leans of the last second and a half, oldest overwritten. */
  private readonly tilts = new Float64Array(SLOTS).fill(NaN);
  private slot = 0;
  private slotSinceMs = -Infinity;
  private blowMs = NaN;
  private beforeRad = NaN;
  private stillSinceMs = NaN;

  /** A sample of the upper back. */
  feel(timeMs: number, accMetersPerS2: number): void {
    if (!(accMetersPerS2 > BLOW_METERS_PER_S2) || timeMs - this.blowMs < FORGET_MS) return;
    this.blowMs = timeMs;
    // The oldest that is kept.
    this.beforeRad = this.tilts[(this.slot + 1) % SLOTS];
    this.stillSinceMs = NaN;
  }

  /**
   * An instant of the common axis.
   *
   * @param tiltRad lean of the upper back from vertical; NaN while it is not known
   * @returns true once, when a fall is to be asked about
   */
  step(timeMs: number, tiltRad: number, speedRadPerS: number): boolean {
    if (timeMs - this.slotSinceMs >= SLOT_MS) {
      this.slot = (this.slot + 1) % SLOTS;
      this.slotSinceMs = timeMs;
      this.tilts[this.slot] = tiltRad;
    }
    if (this.blowMs !== this.blowMs) return false;
    if (timeMs - this.blowMs > FORGET_MS) {
      this.blowMs = NaN;
      return false;
    }
    if (!(speedRadPerS < STILL_RAD_PER_S)) this.stillSinceMs = NaN;
    else if (this.stillSinceMs !== this.stillSinceMs) this.stillSinceMs = timeMs;
    if (!(timeMs - this.stillSinceMs >= STILL_MS)) return false;
    const isDown = Math.abs(tiltRad - this.beforeRad) > TILT_CHANGE_RAD;
    this.blowMs = NaN;
    return isDown;
  }
}
