/** Quiet: no samples for as many packets' time, and for no less than radios usually hold packets back. */
const QUIET_PACKETS = 3;
const LEAST_QUIET_MS = 600;
/** No samples for this long while the link claims to be up: the link is dead, or the device has stopped. */
const SILENT_MS = 3000;
const CHECK_EVERY_MS = 200;
/** A check this late means that the page slept, not the sensor. */
const SLEPT_MS = 1500;
/** Starved: fewer than this share of the samples over so long; told again once it was above the other. */
const STARVED_SHARE = 0.7;
const FED_SHARE = 0.85;
const SHARE_WINDOW_MS = 10_000;

export interface DataWatchListener {
  quiet(): void;
  silent(): void;
  starved(): void;
}

/**
 * Judges a link by what it delivers: a link that claims to be connected may carry nothing, or half. A page that was
 * frozen in between gets a fresh start.
 */
export class DataWatch {
  readonly #listener: DataWatchListener;
  #timer: ReturnType<typeof setInterval> | null = null;
  #lastSamplesMs = 0;
  #lastCheckMs = 0;
  #packetMs = 0;
  #isQuiet = false;
  #windowStartMs = 0;
  #windowSamples = 0;
  #periodMs = NaN;
  #isStarved = false;

  constructor(listener: DataWatchListener) {
    this.#listener = listener;
  }

  start(): void {
    this.stop();
    const nowMs = performance.now();
    this.#lastSamplesMs = nowMs;
    this.#lastCheckMs = nowMs;
    this.#isQuiet = false;
    this.#isStarved = false;
    this.#beginWindow(nowMs);
    this.#timer = setInterval(() => this.#check(), CHECK_EVERY_MS);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** @param periodMs between samples as the packet states it; NaN where it does not */
  noteSamples(hostTimeMs: number, count: number, periodMs: number): void {
    this.#lastSamplesMs = hostTimeMs;
    this.#isQuiet = false;
    this.#windowSamples += count;
    this.#periodMs = periodMs;
    this.#packetMs = Number.isFinite(periodMs) ? count * periodMs : 0;
  }

  #check(): void {
    const nowMs = performance.now();
    const slept = nowMs - this.#lastCheckMs > SLEPT_MS;
    this.#lastCheckMs = nowMs;
    if (slept) {
      this.#lastSamplesMs = nowMs;
      this.#beginWindow(nowMs);
    }
    const silenceMs = nowMs - this.#lastSamplesMs;
    if (silenceMs > SILENT_MS) {
      this.stop();
      this.#listener.silent();
      return;
    }
    if (silenceMs > Math.max(LEAST_QUIET_MS, QUIET_PACKETS * this.#packetMs) && !this.#isQuiet) {
      this.#isQuiet = true;
      this.#listener.quiet();
    }
    if (nowMs - this.#windowStartMs >= SHARE_WINDOW_MS) this.#judgeShare(nowMs);
  }

  #judgeShare(nowMs: number): void {
    const share = (this.#windowSamples * this.#periodMs) / (nowMs - this.#windowStartMs);
    this.#beginWindow(nowMs);
    if (share > FED_SHARE) this.#isStarved = false;
    if (!(share < STARVED_SHARE) || this.#isStarved) return;
    this.#isStarved = true;
    this.#listener.starved();
  }

  #beginWindow(nowMs: number): void {
    this.#windowStartMs = nowMs;
    this.#windowSamples = 0;
  }
}
