/** Why a recording was refused. The screens pick their words by code; the command line prints the message. */
export type RecordingErrorCode =
  'notARecording' | 'cut' | 'damaged' | 'newerVersion' | 'tooLarge' | 'fieldInvalid' | 'sizeMismatch';

/**
 * A recording (Thora's own file or a table trial) that cannot be used, with the file and the field at fault. The
 * message is one line: file, field, what is wrong, and the next step where there is one.
 */
export class RecordingError extends Error {
  readonly code: RecordingErrorCode;
  /** Name of the file as the reader knows it. */
  readonly file: string;
  /** Field, column or part of the file at fault; '' when it is the file as a whole. */
  readonly field: string;
  /** File and field in one text. */
  readonly subject: string;

  constructor(
    code: RecordingErrorCode,
    subject: { readonly file: string; readonly field?: string },
    detail: string,
    options?: ErrorOptions,
  ) {
    const field = subject.field ?? '';
    const subjectText = field === '' ? subject.file : `${subject.file}, ${field}`;
    super(`${subjectText}: ${detail}`, options);
    this.name = 'RecordingError';
    this.code = code;
    this.file = subject.file;
    this.field = field;
    this.subject = subjectText;
  }
}
