/** Why a kit passport was refused. `altered`: it is not what was sealed. */
export type PassportErrorCode = 'notAPassport' | 'newerVersion' | 'fieldInvalid' | 'altered';

/** A passport that cannot be used, with the file and the field at fault; refused whole. The message is one line. */
export class PassportError extends Error {
  readonly code: PassportErrorCode;
  readonly file: string;
  /** '' where it is the file as a whole. */
  readonly field: string;

  constructor(code: PassportErrorCode, file: string, field: string, detail: string, options?: ErrorOptions) {
    super(`${field === '' ? file : `${file}, ${field}`}: ${detail}`, options);
    this.name = 'PassportError';
    this.code = code;
    this.file = file;
    this.field = field;
  }
}
