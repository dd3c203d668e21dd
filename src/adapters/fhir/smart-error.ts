import type { FhirErrorCode } from './fhir-error.ts';

export type SmartErrorCode =
  /** What the server says of its login cannot be used: an address is missing or not secure, or it knows no S256. */
  | 'badServer'
  /** A record system that nobody here has agreed to wants to open this app. */
  | 'notAgreed'
  /** Whoever logs in, or the server, said no. */
  | 'denied'
  /** The server refused, with its words: a client it does not know, a scope it does not give. */
  | 'serverSaid'
  /** An answer to a login that was not begun in this tab, or by somebody else. */
  | 'foreignReturn'
  /** The login was begun too long ago. */
  | 'tooLate'
  /** The answer is of another issuer, or for another app or server. */
  | 'wrongAudience'
  /** By the answer's times the clock here, or there, is wrong. */
  | 'clockOff'
  /** The server does not say whose record it opened. */
  | 'noPatient'
  /** It is another person's record than before. */
  | 'otherPatient'
  /** What came is not what a login answers. */
  | 'notUnderstood'
  /** The server does not renew the login any more. */
  | 'ended'
  | Extract<FhirErrorCode, 'offline' | 'timeout' | 'elsewhere' | 'tooLarge'>;

/** A login at a clinic's server did not work. Nothing was stored. */
export class SmartError extends Error {
  readonly code: SmartErrorCode;
  readonly where: string;
  /** In the server's own words. */
  readonly words: string;

  constructor(code: SmartErrorCode, where: string, words = '', options?: ErrorOptions) {
    super(`${where}: ${code}${words && `, ${words}`}`, options);
    this.name = 'SmartError';
    this.code = code;
    this.where = where;
    this.words = words;
  }
}
