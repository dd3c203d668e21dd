/** Why a file between a clinic and a patient was refused. Nothing of it was kept. */
export type HandOverErrorCode =
  | 'notAHandOver'
  | 'newerVersion'
  | 'fieldInvalid'
  /** It is not as it was signed. */
  | 'altered'
  | 'forSomeoneElse'
  /** Signed by somebody that this device is not paired with. */
  | 'unknownSender'
  /** This very file was taken already. */
  | 'alreadyTaken'
  /** A later file of the same sender was taken already. */
  | 'olderFile'
  /** Written more than a day ahead of this device's clock. */
  | 'fromFuture'
  /** Only the key of another device opens it, or of this one before it was cleared. */
  | 'cannotOpen'
  /** Another card came since the code was shown: what was compared is not what would be confirmed. */
  | 'codeChanged';

/** A file that cannot be used, with the field at fault; refused whole. The message is one line. */
export class HandOverError extends Error {
  readonly code: HandOverErrorCode;
  readonly file: string;
  /** '' where it is the file as a whole. */
  readonly field: string;

  constructor(code: HandOverErrorCode, file: string, field: string, detail: string, options?: ErrorOptions) {
    super(`${field === '' ? file : `${file}, ${field}`}: ${detail}`, options);
    this.name = 'HandOverError';
    this.code = code;
    this.file = file;
    this.field = field;
  }
}
