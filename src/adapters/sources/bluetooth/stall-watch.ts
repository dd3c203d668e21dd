/** No packet for this long while the link claims to be up: the link is dead, or the device has stopped. */
const STALL_MS = 3000;
const CHECK_EVERY_MS = 500;
/** A check this late means that the page slept, not the sensor. */
const SLEPT_MS = 1500;

/** Calls back once when packets stop. A page that was frozen in between gets a fresh start. */
export class StallWatch {
  readonly #onStall: () => void;
  #timer: ReturnType<typeof setInterval> | null = null;
  #lastPacketMs = 0;
  #lastCheckMs = 0;

  constructor(onStall: () => void) {
    this.#onStall = onStall;
  }

  start(): void {
    this.stop();
    this.#lastPacketMs = performance.now();
    this.#lastCheckMs = this.#lastPacketMs;
    this.#timer = setInterval(() => this.#check(), CHECK_EVERY_MS);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  notePacket(hostTimeMs: number): void {
    this.#lastPacketMs = hostTimeMs;
  }

  #check(): void {
    const nowMs = performance.now();
    const slept = nowMs - this.#lastCheckMs > SLEPT_MS;
    this.#lastCheckMs = nowMs;
    if (slept) this.#lastPacketMs = nowMs;
    if (nowMs - this.#lastPacketMs <= STALL_MS) return;
    this.stop();
    this.#onStall();
  }
}
