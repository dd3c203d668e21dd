import * as oauth from 'oauth4webapi';
import { boundedFetch } from './bounded-fetch.ts';
import { addressOf, baseAddressOf, isSafe } from './fhir-address.ts';
import { FhirError, isObject, oneLine } from './fhir-error.ts';
import type { SmartServer } from './smart-discovery.ts';
import { SmartError, type SmartErrorCode } from './smart-error.ts';
import { type Party, scopesOf } from './smart-scopes.ts';

/** What a login gave. Tokens are secrets: the access token stays in memory, the other one lies sealed with a person's rows. */
export interface SmartTokens {
  readonly accessToken: string;
  /** By the clock here, from when it came. */
  readonly expiresAtUtcMs: number;
  /** Null: the server renews nothing. */
  readonly refreshToken: string | null;
  /** What was granted. */
  readonly scope: string;
  /** "Patient/123"; null where nobody's record was chosen. */
  readonly patientReference: string | null;
  /** Who logged in, as the server names them. */
  readonly fhirUser: string | null;
}

export interface LoginPorts {
  readonly fetch: typeof fetch;
  /** Of this tab alone. What a login leaves there is taken out when it returns. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly nowUtcMs: () => number;
  /** Where the server sends the browser back to: the app's own address, as it is registered there. */
  readonly redirectUri: string;
}

export interface LoginAsk {
  readonly server: SmartServer;
  readonly clientId: string;
  readonly party: Party;
  /** Who begins it on this device: only they can end it. */
  readonly owner: string;
  /** The `launch` of a record system that opened this app. */
  readonly launch?: string;
  /** Addresses that the person, or the clinic, has agreed to. */
  readonly agreedBaseUrls: readonly string[];
}

export interface LoginEnd {
  readonly server: SmartServer;
  readonly clientId: string;
  readonly party: Party;
  readonly tokens: SmartTokens;
}

/** What brought the browser to the app's address. */
export type Arrival =
  | { readonly kind: 'nothing' }
  /** Back from a login. */
  | { readonly kind: 'return' }
  /** A record system opens the app; `baseUrl` is what it says it is. */
  | { readonly kind: 'launch'; readonly baseUrl: string; readonly launch: string };

interface Begun {
  readonly state: string;
  readonly verifier: string;
  readonly nonce: string | null;
  readonly server: SmartServer;
  readonly clientId: string;
  readonly party: Party;
  readonly owner: string;
  readonly redirectUri: string;
  readonly begunAtUtcMs: number;
}

const PLACE = 'thora-smart-login';
const LONGEST_LOGIN_MS = 20 * 60_000;
/** Two clocks that are so far apart still agree on what is valid. */
const CLOCK_TOLERANCE_S = 300;
/** Where a server does not say how long. */
const USUAL_LIFE_S = 300;
const BOUNDS = { timeoutMs: 20_000, mostBytes: 1_000_000 };
const RETURNED = ['code', 'state', 'error', 'error_description', 'error_uri', 'iss', 'session_state'];

/** Rejects with FhirError `badAddress` for a launch from no server's address. */
export function arrivalOf(address: URL): Arrival {
  const { searchParams } = address;
  if (searchParams.has('state') && (searchParams.has('code') || searchParams.has('error')))
    return { kind: 'return' };
  const [iss, launch] = [searchParams.get('iss'), searchParams.get('launch')];
  if (iss === null || launch === null) return { kind: 'nothing' };
  return { kind: 'launch', baseUrl: baseAddressOf(iss), launch };
}

/** The address without what an arrival left in it: a code is for nobody's history. */
export function withoutArrival(address: URL): URL {
  const clean = new URL(address);
  for (const name of [...RETURNED, 'launch']) clean.searchParams.delete(name);
  return clean;
}

/** SMART App Launch 2.2 as a public client: authorization code with PKCE S256, standalone or opened by a record system. */
export function createSmartLogin({ fetch, storage, nowUtcMs, redirectUri }: LoginPorts) {
  return {
    /** @returns the address where one logs in; the browser goes there */
    async begin(ask: LoginAsk): Promise<string> {
      const { server, clientId, party, owner, launch, agreedBaseUrls } = ask;
      if (!agreedBaseUrls.includes(server.baseUrl)) throw new SmartError('notAgreed', server.baseUrl);
      const begun: Begun = {
        state: oauth.generateRandomState(),
        verifier: oauth.generateRandomCodeVerifier(),
        nonce: server.issuer === null ? null : oauth.generateRandomNonce(),
        server,
        clientId,
        party,
        owner,
        redirectUri,
        begunAtUtcMs: nowUtcMs(),
      };
      const address = new URL(server.authorizationEndpoint);
      const scope = scopesOf({
        party,
        isLaunchedByServer: launch !== undefined,
        knowsLetters: server.knowsLetters,
        knowsPeople: server.issuer !== null,
      });
      const parameters = {
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope,
        state: begun.state,
        aud: server.baseUrl,
        code_challenge: await oauth.calculatePKCECodeChallenge(begun.verifier),
        code_challenge_method: 'S256',
        ...(begun.nonce === null ? {} : { nonce: begun.nonce }),
        ...(launch === undefined ? {} : { launch }),
      };
      for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
      storage.setItem(PLACE, JSON.stringify(begun));
      return address.href;
    },

    /** Exchanges what a login returned for tokens. What was kept of the login is gone then, whatever came of it. */
    async finish(address: URL, owner: string): Promise<LoginEnd> {
      const begun = begunOf(storage.getItem(PLACE));
      storage.removeItem(PLACE);
      if (begun === null || begun.owner !== owner || begun.redirectUri !== redirectUri)
        throw new SmartError('foreignReturn', address.origin + address.pathname);
      const { server, clientId, party } = begun;
      if (nowUtcMs() - begun.begunAtUtcMs > LONGEST_LOGIN_MS) throw new SmartError('tooLate', server.baseUrl);
      const { as, client, options } = partiesOf(server, clientId, { fetch, nowUtcMs });
      const asked = await telling(server, async () => {
        const parameters = oauth.validateAuthResponse(as, client, address, begun.state);
        const response = await oauth.authorizationCodeGrantRequest(
          as,
          client,
          oauth.None(),
          parameters,
          redirectUri,
          begun.verifier,
          options,
        );
        const expected = begun.nonce === null ? {} : { expectedNonce: begun.nonce };
        return oauth.processAuthorizationCodeResponse(as, client, response, expected);
      });
      const tokens = tokensOf(asked, server, clientId, nowUtcMs());
      if (party === 'patient' && tokens.patientReference === null)
        throw new SmartError('noPatient', server.baseUrl);
      return { server, clientId, party, tokens };
    },
  };
}

/** New tokens for a refresh token. `ended`: only a new login helps. Rejects with SmartError. */
export async function renewTokens(
  server: SmartServer,
  clientId: string,
  before: { readonly refreshToken: string; readonly patientReference: string | null },
  ports: Pick<LoginPorts, 'fetch' | 'nowUtcMs'>,
): Promise<SmartTokens> {
  const { as, client, options } = partiesOf(server, clientId, ports);
  const answer = await telling(server, async () => {
    const auth = oauth.None();
    const response = await oauth.refreshTokenGrantRequest(as, client, auth, before.refreshToken, options);
    return oauth.processRefreshTokenResponse(as, client, response);
  });
  const tokens = tokensOf(answer, server, clientId, ports.nowUtcMs());
  const patientReference = tokens.patientReference ?? before.patientReference;
  if (before.patientReference !== null && patientReference !== before.patientReference)
    throw new SmartError('otherPatient', server.baseUrl);
  // Servers that do not exchange the refresh token leave the old one in force.
  return { ...tokens, refreshToken: tokens.refreshToken ?? before.refreshToken, patientReference };
}

function partiesOf(
  server: SmartServer,
  clientId: string,
  { fetch: fetchIt, nowUtcMs }: Pick<LoginPorts, 'fetch' | 'nowUtcMs'>,
) {
  const as: oauth.AuthorizationServer = {
    // Without an issuer nothing is signed that names one: the address stands in.
    issuer: server.issuer ?? server.baseUrl,
    authorization_endpoint: server.authorizationEndpoint,
    token_endpoint: server.tokenEndpoint,
    authorization_response_iss_parameter_supported: server.namesIssuer,
  };
  const client: oauth.Client = {
    client_id: clientId,
    [oauth.clockTolerance]: CLOCK_TOLERANCE_S,
    // The library looks at the browser's clock by itself.
    [oauth.clockSkew]: Math.round((nowUtcMs() - Date.now()) / 1000),
  };
  const options = {
    [oauth.customFetch]: async (address: string, init: RequestInit) => {
      const { status, headers, text } = await boundedFetch(fetchIt, new URL(address), BOUNDS, {
        method: init.method ?? 'POST',
        headers: Object.fromEntries(new Headers(init.headers)),
        body: (init.body as URLSearchParams).toString(),
      });
      return new Response(text, { status, headers: { 'content-type': headers.get('content-type') ?? '' } });
    },
    // That it is https, or this device itself, was checked when the server was discovered.
    [oauth.allowInsecureRequests]: isSafe(new URL(server.tokenEndpoint)),
  };
  return { as, client, options };
}

const ID = /^[A-Za-z0-9\-.]{1,64}$/;

function tokensOf(
  answer: oauth.TokenEndpointResponse,
  server: SmartServer,
  clientId: string,
  nowUtcMs: number,
): SmartTokens {
  const { baseUrl } = server;
  if (answer.token_type !== 'bearer') throw new SmartError('notUnderstood', baseUrl, 'token_type');
  refuseOtherAudience(answer.access_token, server, clientId);
  const { patient } = answer;
  if (patient !== undefined && (typeof patient !== 'string' || !ID.test(patient)))
    throw new SmartError('notUnderstood', baseUrl, 'patient');
  const fhirUser = oauth.getValidatedIdTokenClaims(answer)?.['fhirUser'];
  return {
    accessToken: answer.access_token,
    expiresAtUtcMs: nowUtcMs + (answer.expires_in ?? USUAL_LIFE_S) * 1000,
    refreshToken: answer.refresh_token ?? null,
    scope: answer.scope ?? '',
    patientReference: patient === undefined ? null : `Patient/${patient}`,
    fhirUser: typeof fhirUser === 'string' ? fhirUser : null,
  };
}

/**
 * An access token is for the server, and most cannot be read here. One that can, and says that it is of another issuer or for
 * another server, is not passed on.
 */
function refuseOtherAudience(token: string, { baseUrl, issuer }: SmartServer, clientId: string): void {
  const claims = claimsOf(token);
  if (claims === null) return;
  const audiences = [claims['aud']].flat().filter((each) => typeof each === 'string');
  const fits = (each: string): boolean =>
    each === clientId ||
    [baseUrl, issuer].some((known) => known !== null && originOf(known) === originOf(each));
  // A name that is no address is between the server and itself.
  if (audiences.length > 0 && audiences.every((each) => originOf(each) !== null && !fits(each)))
    throw new SmartError('wrongAudience', baseUrl, 'aud');
  const by = claims['iss'];
  if (typeof by === 'string' && issuer !== null && originOf(by) !== null && originOf(by) !== originOf(issuer))
    throw new SmartError('wrongAudience', baseUrl, 'iss');
}

function claimsOf(token: string): Record<string, unknown> | null {
  const parts = token.split('.');
  if (parts.length !== 3) return null;
  try {
    const json = atob(parts[1]!.replaceAll('-', '+').replaceAll('_', '/'));
    const claims: unknown = JSON.parse(json);
    return isObject(claims) ? claims : null;
  } catch {
    return null;
  }
}

function originOf(text: string): string | null {
  const origin = addressOf(text)?.origin ?? 'null';
  return origin === 'null' ? null : origin;
}

function begunOf(kept: string | null): Begun | null {
  try {
    const begun: unknown = JSON.parse(kept ?? 'null');
    return isObject(begun) && typeof begun['state'] === 'string' ? (begun as unknown as Begun) : null;
  } catch {
    return null;
  }
}

/** What goes wrong in the library, in our words. */
async function telling<T>({ baseUrl }: SmartServer, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw smartErrorOf(error, baseUrl);
  }
}

const CODES: Readonly<Record<string, SmartErrorCode>> = {
  [oauth.JWT_TIMESTAMP_CHECK]: 'clockOff',
  [oauth.JWT_CLAIM_COMPARISON]: 'wrongAudience',
  [oauth.JSON_ATTRIBUTE_COMPARISON]: 'wrongAudience',
};

function smartErrorOf(error: unknown, where: string): SmartError {
  const cause = { cause: error };
  if (error instanceof FhirError) {
    const { code, words } = error;
    const kept = ['offline', 'timeout', 'elsewhere', 'tooLarge'].includes(code);
    return new SmartError(kept ? (code as SmartErrorCode) : 'notUnderstood', where, words, cause);
  }
  if (error instanceof oauth.AuthorizationResponseError) {
    const words = oneLine(error.error_description ?? error.error);
    return new SmartError(error.error === 'access_denied' ? 'denied' : 'serverSaid', where, words, cause);
  }
  if (error instanceof oauth.ResponseBodyError) {
    const words = oneLine(error.error_description ?? error.error);
    return new SmartError(error.error === 'invalid_grant' ? 'ended' : 'serverSaid', where, words, cause);
  }
  if (error instanceof oauth.OperationProcessingError) {
    const named = isObject(error.cause) ? Object.keys(error.cause) : [];
    const code = CODES[error.code ?? ''];
    if (code === undefined && /"state"|"iss"/.test(error.message)) {
      const isState = error.message.includes('"state"');
      return new SmartError(isState ? 'foreignReturn' : 'wrongAudience', where, '', cause);
    }
    return new SmartError(code ?? 'notUnderstood', where, oneLine(named.join(', ')), cause);
  }
  return new SmartError('notUnderstood', where, '', cause);
}
