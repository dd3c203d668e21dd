export type FhirErrorCode =
  /** The request did not get through: no network, no such server, or a server that does not let web pages in (CORS). */
  | 'offline'
  | 'timeout'
  /** 401 */
  | 'unauthorised'
  /** 403 */
  | 'forbidden'
  /** 404 and 410 */
  | 'notFound'
  /** 409 */
  | 'conflict'
  /** 412: it has changed there, or more than one fits. */
  | 'stale'
  /** 429 */
  | 'tooMany'
  /** 5xx */
  | 'server'
  /** 400, 422 and every other 4xx: it would be refused again. */
  | 'refused'
  /** What came is not what a FHIR server answers: other content, cut off, another resource. */
  | 'notFhir'
  /** An answer, or a request (413), over the limit. */
  | 'tooLarge'
  /** The server sends us to another place, which nobody has agreed to. */
  | 'elsewhere'
  /** The address is no https address. */
  | 'badAddress'
  /** Whoever asked has taken it back. */
  | 'cut';

interface FhirErrorDetail extends ErrorOptions {
  readonly status?: number;
  /** In the server's own words. */
  readonly words?: string;
  /** The elements that the server names, as FHIRPath. */
  readonly expression?: readonly string[];
  readonly retryAfterMs?: number;
}

/** A clinic's server did not do what was asked. */
export class FhirError extends Error {
  readonly code: FhirErrorCode;
  /** Where: address of the server or of the page asked for, without what was searched. */
  readonly where: string;
  readonly status: number | null;
  readonly words: string;
  readonly expression: readonly string[];
  /** How long the server asks to be left alone. */
  readonly retryAfterMs: number | null;

  constructor(code: FhirErrorCode, where: string, detail: FhirErrorDetail = {}) {
    const { status, words = '', expression = [], retryAfterMs, ...options } = detail;
    super(`${where}: ${code}${status === undefined ? '' : ` (${status})`}${words && `, ${words}`}`, options);
    this.name = 'FhirError';
    this.code = code;
    this.where = where;
    this.status = status ?? null;
    this.words = words;
    this.expression = expression;
    this.retryAfterMs = retryAfterMs ?? null;
  }
}

/** 413 says that the request was too large: it will not shrink. */
const CODES: Readonly<Record<number, FhirErrorCode>> = {
  401: 'unauthorised',
  403: 'forbidden',
  404: 'notFound',
  408: 'timeout',
  409: 'conflict',
  410: 'notFound',
  412: 'stale',
  413: 'tooLarge',
  425: 'tooMany',
  429: 'tooMany',
};

/** @param status 400 and above */
export function codeOfStatus(status: number): FhirErrorCode {
  return CODES[status] ?? (status >= 500 ? 'server' : 'refused');
}

const MOST_WORDS = 500;

/** What an OperationOutcome says, whatever else the body may be; of strangers, so cut to length and free of control characters. */
export function wordsOf(body: unknown): { readonly words: string; readonly expression: readonly string[] } {
  const issues: unknown =
    isObject(body) && body['resourceType'] === 'OperationOutcome' ? body['issue'] : null;
  const words: string[] = [];
  const expression: string[] = [];
  for (const issue of Array.isArray(issues) ? (issues as unknown[]) : []) {
    if (!isObject(issue)) continue;
    const details: unknown = issue['details'];
    const text: unknown = isObject(details) ? details['text'] : undefined;
    const said = [text, issue['diagnostics'], issue['code']].find((entry) => typeof entry === 'string');
    if (typeof said === 'string') words.push(said);
    for (const list of [issue['expression'], issue['location']])
      if (Array.isArray(list)) expression.push(...list.filter((entry) => typeof entry === 'string'));
  }
  return {
    words: oneLine(words.join('; ')),
    expression: [...new Set(expression.map(oneLine))].slice(0, 10),
  };
}

export function oneLine(text: string): string {
  return text
    .replaceAll(/\p{C}+|\s+/gu, ' ')
    .trim()
    .slice(0, MOST_WORDS);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
