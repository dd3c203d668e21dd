/** Status byte of a reply. The first four bytes of a reply keep their meaning in every later version. */
export const REPLY_STATUS = {
  ok: 0,
  unknownCommand: 1,
  badLength: 2,
  badArgument: 3,
  /** For example `configure` while streaming. */
  notNow: 4,
  /** The motion chip does not answer. */
  sensorFault: 5,
  unknownVersion: 6,
  /** The board's memory did not take what was to be stored. */
  storageFault: 7,
} as const;
export type ReplyStatus = keyof typeof REPLY_STATUS;
