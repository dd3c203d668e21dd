/** A worker that has not answered for this long, while packets kept coming, is taken for dead. */
const SILENCE_MS = 3000;
const PING_EVERY_MS = 500;
/** Packets at least this dense prove that the window itself was awake. */
const AWAKE_GAP_MS = 1000;
const AWAKE_PACKET_COUNT = 10;

/**
 * Tells a dead worker from a sleeping page. A worker that the browser has killed gives no event, so the client
 * asks; the question is driven by packets, because timers of hidden pages are slowed.
 */
export class WorkerVitality {
  #lastPingMs = -Infinity;
  /** Host time of the oldest unanswered ping, NaN when none is. */
  #unansweredSinceMs = NaN;
  #packetsSincePing = 0;
  #lastPacketMs = -Infinity;

  /** Call with every packet; says whether to send a ping now, or that the worker is dead. */
  onPacket(nowMs: number): 'alive' | 'pingNow' | 'dead' {
    if (nowMs - this.#lastPacketMs > AWAKE_GAP_MS) this.#forgive(nowMs);
    this.#lastPacketMs = nowMs;
    this.#packetsSincePing++;
    if (nowMs - this.#unansweredSinceMs > SILENCE_MS && this.#packetsSincePing >= AWAKE_PACKET_COUNT)
      return 'dead';
    if (nowMs - this.#lastPingMs < PING_EVERY_MS) return 'alive';
    this.#lastPingMs = nowMs;
    if (Number.isNaN(this.#unansweredSinceMs)) this.#unansweredSinceMs = nowMs;
    return 'pingNow';
  }

  /** Anything heard from the worker. */
  onMessage(): void {
    this.#unansweredSinceMs = NaN;
    this.#packetsSincePing = 0;
  }

  /** For a new worker. */
  reset(): void {
    this.onMessage();
    this.#lastPingMs = -Infinity;
  }

  #forgive(nowMs: number): void {
    if (!Number.isNaN(this.#unansweredSinceMs)) this.#unansweredSinceMs = nowMs;
    this.#packetsSincePing = 0;
  }
}
