const SLOT_MS = 500;
/** What the rate is a mean of: long enough that a packet more or less does not show, short enough to see a fault soon. */
const WINDOW_SLOTS = 10;
const KEPT_SLOTS = WINDOW_SLOTS + 2;
/** A rate of less than this says more of where its packets fell than of the sensor. */
const LEAST_SLOTS = 4;

/**
 * Samples that really reach the host, per second of the host's clock. The device's own clock and counter are not asked:
 * a sensor that samples at half the rate and one whose every second packet is lost read alike, as they must.
 */
export class DeliveryMeter {
  private readonly counts = new Float64Array(KEPT_SLOTS);
  private firstSlot = NaN;
  private newestSlot = NaN;

  /** @param hostTimeMs arrival of `count` samples; never falls */
  add(hostTimeMs: number, count: number): void {
    this.advanceTo(hostTimeMs);
    this.counts[this.newestSlot % KEPT_SLOTS] += count;
  }

  /**
   * Mean over the last five full seconds before `hostTimeMs`, less while the sensor is younger.
   * @returns samples per second; NaN in the first two seconds
   */
  rateHz(hostTimeMs: number): number {
    if (this.firstSlot !== this.firstSlot) return NaN;
    this.advanceTo(hostTimeMs);
    // The newest slot is not full, and neither was the first.
    const slots = Math.min(WINDOW_SLOTS, this.newestSlot - this.firstSlot - 1);
    if (slots < LEAST_SLOTS) return NaN;
    let count = 0;
    for (let i = 1; i <= slots; i++) count += this.counts[(this.newestSlot - i) % KEPT_SLOTS];
    return (1000 * count) / (SLOT_MS * slots);
  }

  private advanceTo(hostTimeMs: number): void {
    const slot = Math.max(0, Math.floor(hostTimeMs / SLOT_MS));
    if (this.firstSlot !== this.firstSlot) this.firstSlot = this.newestSlot = slot;
    if (slot <= this.newestSlot) return;
    const empty = Math.min(KEPT_SLOTS, slot - this.newestSlot);
    for (let i = 0; i < empty; i++) this.counts[(slot - i) % KEPT_SLOTS] = 0;
    this.newestSlot = slot;
  }
}
