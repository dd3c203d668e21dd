const SLOW_FRAME_MS = 40;
const FAST_FRAME_MS = 22;
/** A page that was busy for a moment gets its pixels back, but the picture must not pump. */
const MOST_RAISES = 3;
const LEAST_DETAIL = 0.5;
/** Between two pictures on a device that draws slowly. */
const SLOW_DEVICE_GAP_MS = 100;
/** No frame counts for more: a page out of sight is not a slow one. */
const LONGEST_FRAME_MS = 250;

/**
 * How finely and how often a moving figure is drawn. A slow device gets fewer pixels first, then fewer pictures; one that
 * draws without a graphics card is known to be slow and starts there, or the first seconds of every page would stutter.
 */
export class FigurePace {
  /** Of the pixels that the screen has on one side, 0.5 to 1. */
  detail: number;
  /** Least time between two pictures, ms. */
  leastGapMs: number;
  private readonly isFixed: boolean;
  private lastMs = 0;
  private meanMs = 16;
  private framesSince = 0;
  private raises = 0;

  constructor(drawsInSoftware: boolean) {
    this.isFixed = drawsInSoftware;
    this.detail = drawsInSoftware ? LEAST_DETAIL : 1;
    this.leastGapMs = drawsInSoftware ? SLOW_DEVICE_GAP_MS : 0;
  }

  /** Takes note of an animation frame; true when the detail is another from now on. */
  noteFrame(nowMs: number): boolean {
    if (this.isFixed) return false;
    this.meanMs += 0.05 * (Math.min(LONGEST_FRAME_MS, nowMs - this.lastMs) - this.meanMs);
    this.lastMs = nowMs;
    if (++this.framesSince < 20) return false;
    const mayRaise = this.framesSince > 240 && this.detail < 1 && this.raises < MOST_RAISES;
    if (this.meanMs < FAST_FRAME_MS && mayRaise) {
      this.raises++;
      this.framesSince = 0;
      this.leastGapMs = 0;
      this.detail = Math.min(1, this.detail / 0.75);
      return true;
    }
    if (this.meanMs < SLOW_FRAME_MS) return false;
    this.framesSince = 0;
    if (this.detail <= LEAST_DETAIL) {
      this.leastGapMs = SLOW_DEVICE_GAP_MS;
      return false;
    }
    this.detail = Math.max(LEAST_DETAIL, 0.75 * this.detail);
    return true;
  }
}
