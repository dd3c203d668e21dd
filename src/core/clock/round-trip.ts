/**
 * No radio holds back even its quickest packet for longer than this, nor is one heard before it was sent (but for errors
 * of the line): answers that say so come from another clock than the samples.
 */
const LONGEST_LATENCY_MS = 400;
const LINE_ERROR_MS = 50;
/** How many of the luckiest questions are looked at. */
const LUCKIEST = 5;

/**
 * How late the line of arrivals is, from exchanges in which the device offered its clock. The lower envelope cannot
 * see what every packet needs on its way; a round trip can. A question is read after it was sent and an answer is heard
 * after it was handed over, so each exchange shuts the true host time of the device's readings in from both sides, the
 * closer the shorter its round trip. All exchanges together: the latest beginning and the earliest end count, which is
 * never worse than half the shortest round trip (the bound of Cristian 1989). Nothing arrives before it was sent, so
 * the line itself is the third side.
 *
 * Between the sides the estimate leans to that of the questions: their moments are free, so that one of them hardly
 * had to wait for the radio's next event, whereas an answer is handed over right after an event and waits for nearly a
 * whole interval each time. How long the luckiest question did wait is told by how close the next luckiest come to it.
 * The bound holds where the luckiest answer waited no less than the luckiest question.
 *
 * The fitted line takes the drift out: an exchange is compared with the line where it took place. Nothing is allocated
 * after construction.
 */
export class RoundTripLatency {
  /** How much later than the truth the line lies, ms, >= 0; 0 before an exchange. */
  latencyMs = 0;
  /** The true value lies within +- this of it, ms, at most half the shortest round trip; NaN before an exchange. */
  boundMs = NaN;

  private readonly capacity: number;
  private readonly sentHostMs: Float64Array;
  private readonly receivedHostMs: Float64Array;
  private readonly readDeviceMs: Float64Array;
  private readonly answeredDeviceMs: Float64Array;
  private readonly lowestMs: Float64Array;
  private readonly highestMs: Float64Array;
  private readonly luckiestMs = new Float64Array(LUCKIEST);
  private added = 0;

  /** @param capacity exchanges kept; older ones are forgotten */
  constructor(capacity: number) {
    this.capacity = capacity;
    this.sentHostMs = new Float64Array(capacity);
    this.receivedHostMs = new Float64Array(capacity);
    this.readDeviceMs = new Float64Array(capacity);
    this.answeredDeviceMs = new Float64Array(capacity);
    this.lowestMs = new Float64Array(capacity);
    this.highestMs = new Float64Array(capacity);
  }

  /**
   * Keeps an exchange; {@link measure} takes it into account. What cannot be (an answer before its question) is passed
   * over.
   * @param sentHostMs,receivedHostMs on the axis on which packets arrive
   * @param readDeviceMs,answeredDeviceMs the device's unwrapped clock
   */
  add(sentHostMs: number, receivedHostMs: number, readDeviceMs: number, answeredDeviceMs: number): void {
    if (!(receivedHostMs >= sentHostMs) || !(answeredDeviceMs >= readDeviceMs)) return;
    if (answeredDeviceMs - readDeviceMs > 1.1 * (receivedHostMs - sentHostMs) + 1) return;
    const at = this.added++ % this.capacity;
    this.sentHostMs[at] = sentHostMs;
    this.receivedHostMs[at] = receivedHostMs;
    this.readDeviceMs[at] = readDeviceMs;
    this.answeredDeviceMs[at] = answeredDeviceMs;
    this.lowestMs[at] = -Infinity;
    this.highestMs[at] = Infinity;
  }

  /** The device's clock begins anew: exchanges of before say nothing of it. What was found stays until the next. */
  forget(): void {
    this.added = 0;
  }

  /**
   * Compares the exchanges with the line of arrivals as it is now.
   * @param lineHostMs host time of a device time on that line
   * @param sinceDeviceMs where the line begins to hold: what was found of older exchanges stays as it is
   */
  measure(lineHostMs: (deviceMs: number) => number, sinceDeviceMs: number): void {
    const kept = Math.min(this.added, this.capacity);
    if (kept === 0) return;
    let lowestMs = -Infinity;
    this.luckiestMs.fill(Infinity);
    for (let i = 0; i < kept; i++) {
      if (this.readDeviceMs[i] >= sinceDeviceMs) {
        this.highestMs[i] = lineHostMs(this.readDeviceMs[i]) - this.sentHostMs[i];
        this.lowestMs[i] = lineHostMs(this.answeredDeviceMs[i]) - this.receivedHostMs[i];
      }
      if (this.lowestMs[i] > lowestMs) lowestMs = this.lowestMs[i];
      this.rank(this.highestMs[i]);
    }
    const highestMs = this.luckiestMs[0];
    if (highestMs === Infinity) return;
    if (lowestMs > LONGEST_LATENCY_MS || highestMs < -LINE_ERROR_MS) {
      this.latencyMs = 0;
      this.boundMs = NaN;
      return;
    }
    // Where the line errs the sides may cross: then the truth is thought to lie between them all the same.
    const middleMs = (lowestMs + highestMs) / 2;
    const floorMs = Math.max(0, middleMs);
    this.latencyMs = Math.max(floorMs, highestMs - this.meanSpacingMs());
    this.boundMs = Math.max(this.latencyMs - floorMs, Math.abs(highestMs - this.latencyMs));
  }

  /** Keeps the smallest few in order. */
  private rank(highestMs: number): void {
    const { luckiestMs } = this;
    if (highestMs >= luckiestMs[LUCKIEST - 1]) return;
    let at = LUCKIEST - 1;
    for (; at > 0 && luckiestMs[at - 1] > highestMs; at--) luckiestMs[at] = luckiestMs[at - 1];
    luckiestMs[at] = highestMs;
  }

  /** Waits that are spread evenly lie as far from each other as the smallest lies from zero, on average. */
  private meanSpacingMs(): number {
    let last = LUCKIEST - 1;
    while (last > 0 && this.luckiestMs[last] === Infinity) last--;
    return last === 0 ? Infinity : (this.luckiestMs[last] - this.luckiestMs[0]) / last;
  }
}
