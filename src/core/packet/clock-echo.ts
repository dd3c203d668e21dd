/**
 * When a device that offers its clock is asked for it: so often once it streams, and so often again after each pause.
 * The waits in between are drawn, between the two: in step with the radio's connection interval all questions would wait equally long.
 */
export const ECHO_SCHEDULE = {
  firstCount: 24,
  laterCount: 4,
  leastWaitMs: 120,
  longestWaitMs: 240,
  pauseMs: 30_000,
} as const;

/**
 * One exchange in which a device said what its clock showed. Raw, as it is recorded: host times in ms on the window's
 * monotonic clock, device readings in the family's own ticks, wrapped as sent.
 */
export interface ClockEcho {
  readonly sensorIndex: number;
  /** When the question was handed to the radio. */
  readonly sentHostTimeMs: number;
  /** When its answer was heard. */
  readonly receivedHostTimeMs: number;
  /** The device's clock when it read the question, and when it handed over the answer. */
  readonly deviceReceivedTicks: number;
  readonly deviceSentTicks: number;
}
