import { RAD_PER_DEG } from '../math/angle.ts';

/** What the doubt comes from: a steady drift, of which one rest tells for the next; and what nobody saw. */
export const DOUBT = { drift: 0, unseen: 1, length: 2 } as const;

/** How exactly people come back to their start posture, one standard deviation. */
const RETURN_SIGMA_RAD = 3 * RAD_PER_DEG;
/**
 * What is expected beforehand counts as much as this many rests, which found half of what the bias may do: a set begins
 * at a rest that has just told it, and simulated bodies were covered too often otherwise (docs/measurement-validity.md).
 */
const EXPECTED_RESTS = 2;
const EXPECTED_SURPRISES = 1;
/** One careless return says no more than so many times the expected. */
const LARGEST_SURPRISE = 9;

/**
 * How far the zero of a turn may be off. Between rests it grows by what the headings gather; at each rest the zero is seen
 * again, as exactly as people come back. What the rests find, against what was expected, says how much the growth by
 * drift is believed from then on (covariance matching: Mehra 1970): a kit that stays put earns a narrower band, one
 * that wanders a wider one. Holes in the samples are never believed to be smaller than they may be. Allocates nothing
 * after construction.
 */
export class ZeroDoubt {
  /** Variances now, rad^2, {@link DOUBT}: begin with {@link recall}, then add what has grown. */
  readonly now = new Float64Array(DOUBT.length);
  private readonly confirmed = new Float64Array(DOUBT.length);
  private rests = 0;
  private surprises = 0;

  /** Nothing is known of the drift any more; the zero was found anew with this standard deviation. */
  restart(sigmaRad: number): void {
    this.confirmed[DOUBT.drift] = 0;
    this.confirmed[DOUBT.unseen] = sigmaRad * sigmaRad;
  }

  /** Sets `now` to what the last confirmation left. */
  recall(): void {
    this.now[DOUBT.drift] = this.confirmed[DOUBT.drift];
    this.now[DOUBT.unseen] = this.confirmed[DOUBT.unseen];
  }

  /** Variance of the zero now, rad^2: what intervals are made of. */
  get variance(): number {
    return this.varianceExpecting(EXPECTED_SURPRISES);
  }

  /** The same where rests are expected to find all that the bias may do: what a warning is made of, which may be early. */
  get cautiousVariance(): number {
    return this.varianceExpecting(EXPECTED_RESTS);
  }

  private varianceExpecting(surprises: number): number {
    const belief = (surprises + this.surprises) / (EXPECTED_RESTS + this.rests);
    return belief * this.now[DOUBT.drift] + this.now[DOUBT.unseen];
  }

  /**
   * A rest in the start posture shows the zero.
   * @param seenRad how far from zero the angle rests
   * @returns how much of that is to be taken for drift, 0 to 1
   */
  confirm(seenRad: number): number {
    const { now, confirmed } = this;
    const doubt = now[DOUBT.drift] + now[DOUBT.unseen];
    const expected = doubt + RETURN_SIGMA_RAD * RETURN_SIGMA_RAD;
    this.surprises += Math.min(LARGEST_SURPRISE, (seenRad * seenRad) / expected);
    this.rests++;
    const gain = doubt / expected;
    confirmed[DOUBT.drift] = (1 - gain) * now[DOUBT.drift];
    confirmed[DOUBT.unseen] = (1 - gain) * now[DOUBT.unseen];
    return gain;
  }
}
