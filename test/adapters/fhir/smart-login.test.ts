import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFhirClient } from '../../../src/adapters/fhir/fhir-client.ts';
import { discoverSmart, type SmartServer } from '../../../src/adapters/fhir/smart-discovery.ts';
import { SmartError } from '../../../src/adapters/fhir/smart-error.ts';
import {
  arrivalOf,
  createSmartLogin,
  type LoginAsk,
  type LoginEnd,
  renewTokens,
  withoutArrival,
} from '../../../src/adapters/fhir/smart-login.ts';
import { createSmartSession } from '../../../src/adapters/fhir/smart-session.ts';
import { browseBack } from '../../support/browse-back.ts';
import { type FhirServer, start } from '../../support/fhir-server.ts';
import { loadFhirDefinitions } from '../../support/fhir-store.ts';
import { type OpenIdProvider, startOpenIdProvider, type TestAccount } from '../../support/openid-provider.ts';
import { FakeLocks } from '../fake-locks.ts';

const REDIRECT_URI = 'http://127.0.0.1:4394/';
const ANA: TestAccount = { accountId: 'ana', name: 'Ana', patientId: 'p1', fhirUser: 'Patient/p1' };
const DOCTOR: TestAccount = {
  accountId: 'doctor',
  name: 'Dr Reis',
  patientId: null,
  fhirUser: 'Practitioner/d1',
};
const ACCESS_TOKEN_S = 120;
const RENEW_BEFORE_S = 30;

let fhir: FhirServer;
let provider: OpenIdProvider;
let clock: { aheadMs: number };
beforeAll(loadFhirDefinitions, 60_000);
beforeEach(async () => {
  clock = { aheadMs: 0 };
  fhir = await start({
    authorize: (token) => provider.authorize(token),
    smartConfiguration: () => provider.smartConfiguration(),
  });
  provider = await startOpenIdProvider({
    fhirBaseUrl: fhir.url,
    redirectUris: [REDIRECT_URI],
    accounts: [ANA, DOCTOR],
    accessTokenS: ACCESS_TOKEN_S,
  });
}, 60_000);
afterEach(async () => {
  await fhir.close();
  await provider.close();
});

const plainFetch: typeof fetch = (...given) => fetch(...given);
const nowUtcMs = () => Date.now() + clock.aheadMs;

function memoryStorage() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

function createBrowser(redirectUri = REDIRECT_URI) {
  const storage = memoryStorage();
  const login = createSmartLogin({ fetch: plainFetch, storage, nowUtcMs, redirectUri });
  return { storage, login };
}

const clientFor = (accessToken: (rejected?: string) => Promise<string | null>) =>
  createFhirClient({ baseUrl: fhir.url, fetch: plainFetch, accessToken });

async function discovered(): Promise<SmartServer> {
  const { capabilities } = clientFor(() => Promise.resolve(null));
  const server = await discoverSmart(fhir.url, { fetch: plainFetch, capabilities });
  if (server === null) throw new Error('The server should have a login.');
  return server;
}

const browse = (address: string) => browseBack(address, REDIRECT_URI);

async function asking(more: Partial<LoginAsk> = {}): Promise<LoginAsk> {
  const server = await discovered();
  return { server, clientId: 'thora', party: 'patient', owner: 'first', agreedBaseUrls: [fhir.url], ...more };
}

async function logIn(more: Partial<LoginAsk> = {}): Promise<LoginEnd> {
  const { login } = createBrowser();
  return login.finish(await browse(await login.begin(await asking(more))), 'first');
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof SmartError) return error.code;
  throw new Error('It was not refused by SmartError.', { cause: error });
}

const claims = (given: object) =>
  ['{"alg":"RS256"}', JSON.stringify(given), 'x']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
const claimsIn = (token: unknown) =>
  JSON.parse(Buffer.from(String(token).split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;

describe('what a server says of its login', () => {
  const discover = (body: object | string | null, statement: object = {}, status = 200) =>
    discoverSmart('https://clinic.example/fhir', {
      fetch: () =>
        Promise.resolve(
          body === null
            ? new Response('', { status: 404 })
            : new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }),
        ),
      capabilities: () => Promise.resolve({ resourceType: 'CapabilityStatement', ...statement }),
    });
  const WHOLE = {
    issuer: 'https://login.example',
    authorization_endpoint: 'https://login.example/authorize',
    token_endpoint: 'https://login.example/token',
    code_challenge_methods_supported: ['S256'],
    capabilities: ['permission-v2'],
  };

  it('is read from its page, and from its statement where it has no such page', async () => {
    expect(await discover(WHOLE)).toEqual({
      baseUrl: 'https://clinic.example/fhir',
      issuer: 'https://login.example',
      authorizationEndpoint: 'https://login.example/authorize',
      tokenEndpoint: 'https://login.example/token',
      knowsLetters: true,
      namesIssuer: false,
    });
    const uris = [
      { url: 'authorize', valueUri: 'https://login.example/a' },
      { url: 'token', valueUri: 'https://login.example/t' },
    ];
    const url = 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris';
    const statement = { rest: [{ security: { extension: [{ url, extension: uris }] } }] };
    for (const none of [null, '<html>'])
      expect(await discover(none, statement)).toMatchObject({
        issuer: null,
        authorizationEndpoint: 'https://login.example/a',
        tokenEndpoint: 'https://login.example/t',
        knowsLetters: false,
      });
    for (const other of [
      {},
      { rest: 7 },
      { rest: [{ security: null }] },
      { rest: [{ security: { extension: [7] } }] },
    ])
      expect(await discover(null, other)).toBeNull();
  });

  it.each([
    ['no token endpoint', { token_endpoint: undefined }],
    ['an endpoint in the open', { token_endpoint: 'http://login.example/token' }],
    ['an endpoint that is none', { authorization_endpoint: 'javascript:alert(1)' }],
    ['an endpoint that is a list', { authorization_endpoint: ['https://login.example'] }],
    ['plain code challenges alone', { code_challenge_methods_supported: ['plain'] }],
    ['an issuer in the open', { issuer: 'http://login.example' }],
  ])('with %s cannot be used', async (_what, change) => {
    expect(await codeOf(discover({ ...WHOLE, ...change }))).toBe('badServer');
  });

  it('is not taken for "no login" where it is in trouble', async () => {
    await expect(discover('', {}, 503)).rejects.toMatchObject({ code: 'server' });
  });
});

describe('a login at a real OpenID provider', () => {
  it('gives a patient tokens for the server, with whose record it is, and leaves nothing in the tab', async () => {
    const { login, storage } = createBrowser();
    const address = await login.begin(await asking());
    const asked = new URL(address).searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(asked.get('aud')).toBe(fhir.url);
    expect(asked.get('scope')).toMatch(
      /^launch\/patient openid fhirUser offline_access patient\/Basic\.crus /,
    );
    expect(storage.kept.size).toBe(1);
    const { tokens } = await login.finish(await browse(address), 'first');
    expect(storage.kept.size).toBe(0);
    expect(tokens).toMatchObject({ patientReference: 'Patient/p1', fhirUser: 'Patient/p1' });
    expect(tokens.refreshToken).not.toBeNull();
    const client = clientFor(() => Promise.resolve(tokens.accessToken));
    expect((await client.page('Patient')).found).toEqual([]);
    await expect(clientFor(() => Promise.resolve(null)).page('Patient')).rejects.toMatchObject({
      code: 'unauthorised',
    });
  });

  it('gives a clinic tokens without a patient, and nothing that outlives its tab', async () => {
    provider.setChangeToken(({ patient: _patient, ...answer }) => answer);
    const { tokens } = await logIn({ party: 'clinic' });
    expect(tokens).toMatchObject({ patientReference: null, refreshToken: null });
    expect(tokens.scope).toContain('user/CarePlan.crus');
  });

  it('begun by a record system carries its launch, and only to a server that somebody agreed to', async () => {
    const opened = new URL(`${REDIRECT_URI}?iss=${encodeURIComponent(`${fhir.url}/`)}&launch=xyz`);
    const arrival = arrivalOf(opened);
    expect(arrival).toEqual({ kind: 'launch', baseUrl: fhir.url, launch: 'xyz' });
    const { login, storage } = createBrowser();
    const address = new URL(await login.begin(await asking({ launch: 'xyz' })));
    expect(address.searchParams.get('launch')).toBe('xyz');
    expect(address.searchParams.get('scope')).toMatch(/^launch openid/);
    expect((await login.finish(await browse(address.href), 'first')).tokens.patientReference).toBe(
      'Patient/p1',
    );
    const foreign = await asking({ launch: 'xyz', agreedBaseUrls: ['https://other.example'] });
    expect(await codeOf(login.begin(foreign))).toBe('notAgreed');
    expect(storage.kept.size).toBe(0);
  });

  it('that was refused says so, with the words of the server', async () => {
    provider.setSignIn('refuse');
    const { login } = createBrowser();
    const returned = await browse(await login.begin(await asking()));
    await expect(login.finish(returned, 'first')).rejects.toMatchObject({
      code: 'denied',
      words: 'Not this time.',
    });
  });

  it('ends only where it was begun, once, by who began it, and in time', async () => {
    const one = createBrowser();
    const ask = await asking();
    const returned = await browse(await one.login.begin(ask));
    expect(await codeOf(createBrowser().login.finish(returned, 'first'))).toBe('foreignReturn');
    expect(await codeOf(one.login.finish(returned, 'somebody else'))).toBe('foreignReturn');
    expect(await codeOf(one.login.finish(returned, 'first'))).toBe('foreignReturn');
    await one.login.begin(ask);
    expect(await codeOf(one.login.finish(returned, 'first'))).toBe('foreignReturn');
    const late = await browse(await one.login.begin(ask));
    clock.aheadMs = 21 * 60_000;
    expect(await codeOf(one.login.finish(late, 'first'))).toBe('tooLate');
    expect(provider.asked).toEqual([]);
  });

  it('with a code that was used, or of another issuer, gives nothing', async () => {
    const { login, storage } = createBrowser();
    const address = await login.begin(await asking());
    const begun = storage.getItem('thora-smart-login')!;
    const returned = await browse(address);
    await login.finish(returned, 'first');
    storage.setItem('thora-smart-login', begun);
    expect(await codeOf(login.finish(returned, 'first'))).toBe('ended');
    storage.setItem('thora-smart-login', begun);
    returned.searchParams.set('iss', 'https://evil.example');
    expect(await codeOf(login.finish(returned, 'first'))).toBe('wrongAudience');
  });

  it.each<[string, (answer: Readonly<Record<string, unknown>>) => object]>([
    [
      'an ID token for another app',
      (answer) => ({ id_token: claims({ ...claimsIn(answer['id_token']), aud: 'other' }) }),
    ],
    [
      'an ID token of another issuer',
      (answer) => ({ id_token: claims({ ...claimsIn(answer['id_token']), iss: 'https://evil.example' }) }),
    ],
    [
      'an ID token of another login',
      (answer) => ({ id_token: claims({ ...claimsIn(answer['id_token']), nonce: 'old' }) }),
    ],
    [
      'an access token for another server',
      () => ({ access_token: claims({ aud: 'https://other.example/fhir' }) }),
    ],
    ['an access token of another issuer', () => ({ access_token: claims({ iss: 'https://evil.example' }) })],
  ])('with %s is refused', async (_what, change) => {
    provider.setChangeToken((answer) => ({ ...answer, ...change(answer) }));
    expect(await codeOf(logIn())).toBe('wrongAudience');
  });

  it.each<[string, object, string]>([
    ['no patient', { patient: undefined }, 'noPatient'],
    ['a patient that is no id', { patient: '../Group/1' }, 'notUnderstood'],
    ['no ID token', { id_token: undefined }, 'notUnderstood'],
    ['no access token', { access_token: undefined }, 'notUnderstood'],
    ['another kind of token', { token_type: 'mac' }, 'notUnderstood'],
  ])('with %s is refused', async (_what, change, code) => {
    provider.setChangeToken((answer) => ({ ...answer, ...change }));
    expect(await codeOf(logIn())).toBe(code);
  });

  it('bears a clock that is minutes wrong, and names one that is hours wrong', async () => {
    clock.aheadMs = 3_600_000 + 4 * 60_000;
    expect((await logIn()).tokens.patientReference).toBe('Patient/p1');
    clock.aheadMs = 3 * 3_600_000;
    expect(await codeOf(logIn())).toBe('clockOff');
  });
});

describe('a login that lasts', () => {
  async function session() {
    const { server, clientId, tokens } = await logIn();
    let kept = tokens.refreshToken;
    const keeper = {
      read: () => Promise.resolve(kept),
      keep: (next: string | null) => Promise.resolve(void (kept = next)),
    };
    const of = { server, clientId, patientReference: tokens.patientReference };
    const locks = new FakeLocks();
    const open = (with_: typeof tokens | null) =>
      createSmartSession(of, with_, { fetch: plainFetch, nowUtcMs, keeper, locks, lockName: 'token' });
    return { server, tokens, open, kept: () => kept };
  }

  it('is renewed before its end, once, also by two tabs with the same refresh token', async () => {
    const { open, tokens, kept } = await session();
    const first = open(tokens);
    expect(await first.accessToken()).toBe(tokens.accessToken);
    clock.aheadMs = (ACCESS_TOKEN_S - RENEW_BEFORE_S) * 1000 + 1;
    const other = open(null);
    const [a, b, c] = await Promise.all([first.accessToken(), first.accessToken(), other.accessToken()]);
    expect(a).toBe(b);
    expect(new Set([tokens.accessToken, a, c]).size).toBe(3);
    expect(kept()).not.toBe(tokens.refreshToken);
    expect(provider.asked).toEqual(['authorization_code', 'refresh_token', 'refresh_token']);
    for (const token of [a, c]) expect(await provider.authorize(token)).toBe(true);
  });

  it('is renewed where the server refuses a token earlier than it said', async () => {
    const { open, tokens } = await session();
    const lasting = open({ ...tokens, accessToken: 'taken back' });
    const client = clientFor((rejected) => lasting.accessToken(rejected));
    expect((await client.page('Patient')).found).toEqual([]);
    expect(provider.asked).toEqual(['authorization_code', 'refresh_token']);
  });

  it('that the server has ended asks for a login, and tries no more', async () => {
    const { server, tokens, open, kept } = await session();
    const ports = { fetch: plainFetch, nowUtcMs };
    const before = { refreshToken: tokens.refreshToken!, patientReference: 'Patient/p1' };
    await renewTokens(server, 'thora', before, ports);
    // The same one a second time: the provider takes everything back.
    const lasting = open(null);
    for (let i = 0; i < 2; i++)
      await expect(lasting.accessToken()).rejects.toMatchObject({ code: 'unauthorised' });
    expect(kept()).toBeNull();
    expect(provider.asked.filter((grant) => grant.startsWith('refused'))).toHaveLength(1);
  });

  it('is not carried on into another record', async () => {
    const { open, kept } = await session();
    provider.setChangeToken((answer) => ({ ...answer, patient: 'p2' }));
    await expect(open(null).accessToken()).rejects.toMatchObject({ code: 'unauthorised' });
    expect(kept()).toBeNull();
  });

  it('survives a network that is away', async () => {
    const { open, kept } = await session();
    await provider.close();
    await expect(open(null).accessToken()).rejects.toMatchObject({ code: 'offline' });
    expect(kept()).not.toBeNull();
  });
});

describe('an address that a login has left its marks in', () => {
  it('is told from others, and cleaned', () => {
    expect(arrivalOf(new URL(`${REDIRECT_URI}?state=a&code=b`)).kind).toBe('return');
    expect(arrivalOf(new URL(`${REDIRECT_URI}?state=a&error=access_denied`)).kind).toBe('return');
    expect(arrivalOf(new URL(`${REDIRECT_URI}?code=b#/today`)).kind).toBe('nothing');
    expect(() => arrivalOf(new URL(`${REDIRECT_URI}?iss=http://evil.example&launch=a`))).toThrow(
      expect.objectContaining({ code: 'badAddress' }),
    );
    const cleaned = withoutArrival(new URL(`${REDIRECT_URI}?kept=1&state=a&code=b&iss=c&launch=d#/today`));
    expect(cleaned.href).toBe(`${REDIRECT_URI}?kept=1#/today`);
  });
});
