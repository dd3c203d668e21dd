/** Why a sensor could not be used, or is of less use than it looks: the screen picks the words by code. */
export type SensorErrorCode =
  | 'bluetoothUnsupported'
  | 'bluetoothOff'
  | 'chooserDismissed'
  | 'wrongDevice'
  | 'connectFailed'
  /** The device was let in once, and does not answer the radio at all. */
  | 'notReached'
  | 'linkLost'
  | 'noData'
  /** Packets come, and none of them can be read: cut on their way, or another stream. */
  | 'unreadable'
  | 'permissionDenied'
  /** The browser took the permission back while the sensor was in use. */
  | 'permissionRevoked'
  /** Its service is there, and speaks somebody's own version of the protocol. */
  | 'foreignFirmware'
  /** A unit of a known kind whose firmware does not offer the service yet. */
  | 'firmwareTooOld'
  /** The device refuses every request until it is switched off and on. */
  | 'sensorExhausted'
  /** Another app uses the device, or it records for itself. */
  | 'heldElsewhere'
  /** The device does not offer the stream that was asked for. */
  | 'streamRefused'
  /** The same unit was chosen for a second place. */
  | 'alreadyInUse'
  /** It has no gyroscope: angles of movements cannot be worked out from it. */
  | 'tiltOnly'
  /** Sensors of more than one kind, or at more than one rate, in one session. */
  | 'mixedKit'
  /** The units could not be made to follow one clock. */
  | 'clockNotShared'
  /** About half of the samples, or fewer, come through. */
  | 'halfRate';

/** The one error of the sensor border; `cause` keeps what the browser or the device said. */
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
