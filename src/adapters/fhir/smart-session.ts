import { FhirError } from './fhir-error.ts';
import { SmartError } from './smart-error.ts';
import { renewTokens, type SmartTokens } from './smart-login.ts';
import type { SmartServer } from './smart-discovery.ts';

/** Where what renews a login is kept: a person's lies sealed, a clinic's in memory alone. */
export interface RefreshKeeper {
  read(): Promise<string | null>;
  keep(refreshToken: string | null): Promise<void>;
}

export interface SessionPorts {
  readonly fetch: typeof fetch;
  readonly nowUtcMs: () => number;
  readonly keeper: RefreshKeeper;
  /** Many servers take a refresh token once: two tabs that use the same one would end the login. */
  readonly locks: Pick<LockManager, 'request'>;
  readonly lockName: string;
}

export interface SessionOf {
  readonly server: SmartServer;
  readonly clientId: string;
  readonly patientReference: string | null;
}

/** So long before its end a token is renewed: a request takes its time. */
const RENEW_BEFORE_MS = 30_000;

/**
 * A login that lasts: gives the access token that a `FhirClient` asks for, and renews it. Rejects with FhirError: `unauthorised` where
 * somebody has to log in anew.
 *
 * @param tokens of a login that has just ended; null: there is only what renews it
 */
export function createSmartSession(
  { server, clientId, patientReference }: SessionOf,
  tokens: SmartTokens | null,
  { fetch, nowUtcMs, keeper, locks, lockName }: SessionPorts,
) {
  let current = tokens;
  let renewing: Promise<string> | null = null;

  const renew = async (): Promise<string> => {
    const refreshToken = await keeper.read();
    if (refreshToken === null) throw loginNeeded();
    try {
      current = await renewTokens(server, clientId, { refreshToken, patientReference }, { fetch, nowUtcMs });
    } catch (error) {
      throw await fhirErrorOf(error);
    }
    await keeper.keep(current.refreshToken);
    return current.accessToken;
  };

  const loginNeeded = (cause?: unknown) =>
    new FhirError('unauthorised', server.baseUrl, {
      words: cause instanceof SmartError ? cause.words : '',
      cause,
    });

  const fhirErrorOf = async (error: unknown): Promise<unknown> => {
    if (!(error instanceof SmartError)) return error;
    const { code, where, words } = error;
    if (code === 'offline' || code === 'timeout' || code === 'elsewhere' || code === 'tooLarge')
      return new FhirError(code, where, { words, cause: error });
    if (code === 'notUnderstood') return new FhirError('notFhir', where, { words, cause: error });
    // What is not renewed any more would be refused each time anew.
    if (code === 'ended' || code === 'otherPatient') {
      current = null;
      await keeper.keep(null);
    }
    return loginNeeded(error);
  };

  return {
    /** @param rejected a token that the server has just refused */
    accessToken: async (rejected?: string): Promise<string> => {
      const isGood =
        current !== null &&
        current.accessToken !== rejected &&
        nowUtcMs() < current.expiresAtUtcMs - RENEW_BEFORE_MS;
      if (isGood) return current!.accessToken;
      renewing ??= locks.request(lockName, {}, renew).finally(() => (renewing = null));
      return renewing;
    },
  };
}
