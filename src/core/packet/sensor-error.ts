/** Why a sensor could not be used: the screen picks the words by code. */
export type SensorErrorCode =
  | 'bluetoothUnsupported'
  | 'bluetoothOff'
  | 'chooserDismissed'
  | 'wrongDevice'
  | 'connectFailed'
  | 'linkLost'
  | 'noData'
  | 'permissionDenied';

/** The one error of the sensor border; `cause` keeps what the browser said. */
export class SensorError extends Error {
  readonly code: SensorErrorCode;
  /** Name of the sensor concerned, '' when none was chosen. */
  readonly subject: string;
  constructor(code: SensorErrorCode, subject: string, options?: ErrorOptions) {
    super(`${code}: ${subject}`, options);
    this.name = 'SensorError';
    this.code = code;
    this.subject = subject;
  }
}
