import { COMPENSATION_SIGNALS, type CompensationSignal } from './cue-rules.ts';
import type { AngleQuantity } from './motion-definition.ts';

/** How a repetition was made, beside how far it went. */
export interface RepetitionForm {
  /**
   * Share of the movement in its own plane, 0 to 1: primary / sqrt(primary^2 + others^2) of the largest excursions of
   * the upper back. Null where no worn sensor shows the other planes.
   */
  readonly purity: number | null;
  /**
   * 1 for one swing out and one back; less with every stop and start on the way: two over the number of peaks of
   * speed (Rohrer and others 2002, J Neurosci 22:8297). Null before the speed is known.
   */
  readonly smoothness: number | null;
  /**
   * Who did the work: share of the joint that is exercised in the movement of both neighbours, 0 to 1. The rest came
   * from the segment below it (the lower back in a turn, the trunk in a raised arm). Null where that one is not worn.
   */
  readonly ownShare: number | null;
}

/** Movements of the upper back in the two other planes. */
const OTHER_PLANES: Readonly<Record<AngleQuantity, readonly CompensationSignal[]>> = {
  flexion: ['upperSideBend', 'upperTurn'],
  sideBend: ['upperFlexion', 'upperTurn'],
  rotation: ['upperFlexion', 'upperSideBend'],
  lockedRotation: ['upperPitch', 'upperSideBend'],
  armElevation: [],
  armRise: [],
  armPull: [],
  armLift: [],
  hinge: ['upperSideBend', 'upperTurn'],
};
/** What the segment below adds in the movement's own direction. */
const BELOW: Readonly<Record<AngleQuantity, readonly CompensationSignal[]>> = {
  flexion: ['lowerFlexion'],
  sideBend: ['pelvisSideBend'],
  rotation: ['lowerTurn', 'pelvisTurn'],
  lockedRotation: [],
  armElevation: ['upperFlexion', 'upperSideBend'],
  armRise: ['upperFlexion', 'upperSideBend'],
  armPull: ['upperFlexion', 'upperSideBend'],
  armLift: ['upperPitch'],
  // The whole body leans: what is below does as much by intent.
  hinge: [],
};

/** A peak of speed counts from this share of the fastest so far: trembling in a hold is no movement. */
const PEAK_SHARE = 0.3;
/** Speed must fall to this share of a peak, and rise from a dip by its inverse, to make another. */
const DIP_SHARE = 0.5;
const SMOOTH_PEAKS = 2;
/** Offsets into the tracker's state. */
const AT = { largestRad: 0, fastest: 1, turning: 2, peaks: 3, length: 4 } as const;

/**
 * Follows one repetition from leaving the start to coming back. Call {@link begin} when it leaves, {@link update} at
 * every instant, {@link form} at its end. Allocates nothing per instant.
 */
export class RepetitionFormTracker {
  private readonly others: readonly number[];
  private readonly below: readonly number[];
  /** Largest size of each signal, rad; NaN while it was never seen. */
  private readonly largest = new Float64Array(COMPENSATION_SIGNALS.length);
  /** `turning`: highest speed of the present rise, or lowest of the present fall. */
  private readonly state = new Float64Array(AT.length);
  private isRising = true;

  constructor(quantity: AngleQuantity) {
    const indexes = (names: readonly CompensationSignal[]): number[] =>
      names.map((name) => COMPENSATION_SIGNALS.indexOf(name));
    this.others = indexes(OTHER_PLANES[quantity]);
    this.below = indexes(BELOW[quantity]);
    this.begin();
  }

  begin(): void {
    this.largest.fill(NaN);
    this.state.fill(0);
    this.isRising = true;
  }

  /** @param signals in the order of COMPENSATION_SIGNALS, rad since the set's start, NaN where not worn */
  update(angleRad: number, speedRadPerS: number, signals: Float64Array): void {
    const { state, largest } = this;
    const size = Math.abs(angleRad),
      speed = Math.abs(speedRadPerS);
    if (size > state[AT.largestRad]) state[AT.largestRad] = size;
    for (let i = 0; i < signals.length; i++) {
      const moved = Math.abs(signals[i]);
      if (moved === moved && !(largest[i] >= moved)) largest[i] = moved;
    }
    if (!(speed >= 0)) return;
    if (speed > state[AT.fastest]) state[AT.fastest] = speed;
    if (this.isRising) {
      if (speed > state[AT.turning]) state[AT.turning] = speed;
      else if (speed < DIP_SHARE * state[AT.turning]) {
        if (state[AT.turning] > PEAK_SHARE * state[AT.fastest]) state[AT.peaks]++;
        state[AT.turning] = speed;
        this.isRising = false;
      }
    } else if (speed < state[AT.turning]) state[AT.turning] = speed;
    else if (DIP_SHARE * speed > state[AT.turning] && speed > PEAK_SHARE * state[AT.fastest]) {
      state[AT.turning] = speed;
      this.isRising = true;
    }
  }

  form(): RepetitionForm {
    const { state } = this;
    const angle = state[AT.largestRad],
      isOnPeak = this.isRising && state[AT.turning] > PEAK_SHARE * state[AT.fastest],
      peaks = state[AT.peaks] + (isOnPeak ? 1 : 0);
    const others = this.sizeOf(this.others),
      below = this.sizeOf(this.below);
    return {
      purity: others === null || angle === 0 ? null : angle / Math.hypot(angle, others),
      smoothness: peaks > 0 ? Math.min(1, SMOOTH_PEAKS / peaks) : null,
      ownShare: below === null || angle === 0 ? null : angle / (angle + below),
    };
  }

  /** Size of the signals seen among these together, rad; null when none was. */
  private sizeOf(indexes: readonly number[]): number | null {
    let square = 0,
      isKnown = false;
    for (const index of indexes) {
      const size = this.largest[index];
      if (size !== size) continue;
      isKnown = true;
      square += size * size;
    }
    return isKnown ? Math.sqrt(square) : null;
  }
}
