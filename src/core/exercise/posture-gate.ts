import type { PostureWindow } from './exercise-library.ts';
import { RAD_PER_DEG } from '../math/angle.ts';

/** How far from where a hold began, rad; what the window does not look at may be NaN. */
export interface Deviation {
  flexionRad: number;
  sideBendRad: number;
  rollRad: number;
}

/**
 * Whether a posture is kept through a hold: time inside its window counts, short ways out are forgiven. Driven at an
 * even pace while there is a signal; allocates nothing.
 */
export class PostureGate {
  /** With a signal, s. */
  seenS = 0;
  /** Of these inside the window, with forgiven ways out, s. */
  insideS = 0;
  /** The present way out, s; 0 inside. */
  outsideS = 0;

  private readonly window: PostureWindow;
  private readonly stepS: number;
  private sum = 0;
  private squares = 0;
  private count = 0;

  constructor(window: PostureWindow, stepS: number) {
    this.window = window;
    this.stepS = stepS;
  }

  /** True while outside for longer than is forgiven. */
  get hasLeft(): boolean {
    return this.outsideS > this.window.forgivenS;
  }

  /** Standard deviation of the watched angle, rad; NaN before two instants. */
  get spreadRad(): number {
    const mean = this.sum / this.count;
    return this.count < 2 ? NaN : Math.sqrt(Math.max(0, this.squares / this.count - mean * mean));
  }

  /** Share of the time seen that counts, 0 to 1; NaN before anything was seen. */
  get insideShare(): number {
    const forgivenS = this.hasLeft ? 0 : this.outsideS;
    return (this.insideS + forgivenS) / this.seenS;
  }

  push(deviation: Deviation): void {
    const { window } = this;
    const watched = window.signal === 'roll' ? deviation.rollRad : deviation.flexionRad;
    const limitDeg = window.signal === 'roll' ? window.rollDeg : window.flexionDeg;
    let isInside = Math.abs(watched) <= limitDeg * RAD_PER_DEG;
    if (window.signal === 'lean' && window.sideBendDeg !== null)
      isInside = isInside && Math.abs(deviation.sideBendRad) <= window.sideBendDeg * RAD_PER_DEG;
    this.seenS += this.stepS;
    this.sum += watched;
    this.squares += watched * watched;
    this.count++;
    if (!isInside) {
      this.outsideS += this.stepS;
      return;
    }
    this.insideS += this.stepS + (this.hasLeft ? 0 : this.outsideS);
    this.outsideS = 0;
  }
}
