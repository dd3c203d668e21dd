/** A longer silence is a gap. */
const GAP_MS = 200;

/** What of a unit's samples reached the browser, by the unit's own account. */
export class Delivered {
  /** Notifications. */
  count = 0;
  /** Silences between samples that were delivered, ms of the unit's clock. */
  readonly gapsMs: number[] = [];
  #lastMs = NaN;

  /** @param firstMs time of the packet's first and last sample; NaN for the part of a packet that does not end it */
  note(firstMs: number, lastMs: number): void {
    this.count++;
    if (!(lastMs >= firstMs)) return;
    if (firstMs - this.#lastMs > GAP_MS) this.gapsMs.push(firstMs - this.#lastMs);
    this.#lastMs = lastMs;
  }
}
