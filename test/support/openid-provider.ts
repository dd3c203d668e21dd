import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { scopesOf } from '../../src/adapters/fhir/smart-scopes.ts';
import { createOpenIdStore } from './openid-store.ts';

/** Somebody who can log in. */
export interface TestAccount {
  readonly accountId: string;
  readonly name: string;
  /** Whose record a patient's login opens: the id at the FHIR server. Null: a clinician chooses none. */
  readonly patientId: string | null;
  readonly fhirUser: string;
}

export interface OpenIdProviderOptions {
  /** 0 or nothing: a free one. */
  readonly port?: number;
  /** Base of the FHIR server that the tokens are for. */
  readonly fhirBaseUrl: string;
  readonly clientId?: string;
  readonly redirectUris: readonly string[];
  readonly accounts: readonly TestAccount[];
  /**
   * `first`: whoever is first in the list is logged in without a question. `page`: a page with a button for each of them, and one
   * that says no. `refuse`: everybody is turned away.
   */
  readonly signIn?: 'first' | 'page' | 'refuse';
  readonly accessTokenS?: number;
  /** What a test lets be wrong with an answer of the token endpoint. */
  readonly changeToken?: (answer: Readonly<Record<string, unknown>>) => Record<string, unknown>;
}

export interface OpenIdProvider {
  readonly issuer: string;
  readonly clientId: string;
  /** For `/.well-known/smart-configuration` of the FHIR server. */
  smartConfiguration(): object;
  /** True, or the status that a FHIR server answers instead: for its `authorize`. */
  authorize(token: string | null): Promise<true | 401 | 403>;
  setSignIn(signIn: OpenIdProviderOptions['signIn']): void;
  setChangeToken(change: OpenIdProviderOptions['changeToken']): void;
  /** Grant types that the token endpoint was asked for, in order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

const EVERY_SCOPE = [
  ...new Set(
    (['patient', 'clinic'] as const).flatMap((party) =>
      [true, false].flatMap((isLaunchedByServer) =>
        [true, false].flatMap((knowsLetters) =>
          scopesOf({ party, isLaunchedByServer, knowsLetters, knowsPeople: true }).split(' '),
        ),
      ),
    ),
  ),
];
const OPENID_SCOPES = new Set(['openid', 'offline_access', 'fhirUser']);
const RESOURCE_SCOPES = EVERY_SCOPE.filter((scope) => !OPENID_SCOPES.has(scope));

/** A certified OpenID provider (oidc-provider) with what SMART adds: `aud`, `launch`, and the patient beside the token. */
export async function startOpenIdProvider(options: OpenIdProviderOptions): Promise<OpenIdProvider> {
  const { clientId = 'thora', accounts, fhirBaseUrl } = options;
  let { signIn = 'first', changeToken } = options;
  const asked: string[] = [];
  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
  const server = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, configurationOf(options, clientId));

  provider.use(async (context, next) => {
    await next();
    if (context.oidc?.route !== 'token' || context.status !== 200) return;
    const accountId = context.oidc.entities?.Account?.accountId;
    const patient = accounts.find((each) => each.accountId === accountId)?.patientId ?? null;
    const answer = { ...(context.body as object), ...(patient === null ? {} : { patient }) };
    context.body = changeToken?.(answer) ?? answer;
  });
  provider.on('grant.success', (context) => asked.push(grantTypeOf(context)));
  provider.on('grant.error', (context) => asked.push(`refused ${grantTypeOf(context)}`));

  const callback = provider.callback();
  handle = (request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    if (url.pathname.startsWith('/interaction/')) {
      void interact(url, request, response).catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
      return;
    }
    // This provider renews only after a consent, which SMART has no parameter for.
    if (url.pathname === '/auth') {
      url.searchParams.set('prompt', 'consent');
      request.url = url.pathname + url.search;
    }
    callback(request, response);
  };

  const interact = async (url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { prompt, params, session } = await provider.interactionDetails(request, response);
    const end = (result: object) => provider.interactionFinished(request, response, result);
    const chosen = signIn === 'first' ? accounts[0]?.accountId : url.searchParams.get('account');
    if (signIn === 'refuse' || chosen === '') {
      await end({ error: 'access_denied', error_description: 'Not this time.' });
    } else if (prompt.name === 'login' && chosen === null) {
      response.writeHead(200, { 'content-type': 'text/html' }).end(pageOf(url.pathname, accounts));
    } else if (prompt.name === 'login') {
      await end({ login: { accountId: chosen } });
    } else {
      const grant = new provider.Grant({ accountId: session!.accountId, clientId });
      const scopes = (params['scope'] ?? '').split(' ');
      grant.addOIDCScope(scopes.filter((scope) => OPENID_SCOPES.has(scope)).join(' '));
      grant.addResourceScope(fhirBaseUrl, scopes.filter((scope) => !OPENID_SCOPES.has(scope)).join(' '));
      await end({ consent: { grantId: await grant.save() } });
    }
  };

  return {
    issuer,
    clientId,
    asked,
    setSignIn: (next = 'first') => (signIn = next),
    setChangeToken: (next) => (changeToken = next),
    smartConfiguration: () => ({
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      grant_types_supported: ['authorization_code'],
      response_types_supported: ['code'],
      scopes_supported: EVERY_SCOPE,
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
      capabilities: [
        'launch-ehr',
        'launch-standalone',
        'client-public',
        'sso-openid-connect',
        'context-standalone-patient',
        'context-ehr-patient',
        'permission-offline',
        'permission-patient',
        'permission-user',
        'permission-v2',
      ],
    }),
    async authorize(token) {
      if (token === null) return 401;
      const found = await provider.AccessToken.find(token);
      if (found === undefined) return 401;
      return [found.aud].flat().includes(fhirBaseUrl) ? true : 403;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function configurationOf(options: OpenIdProviderOptions, clientId: string): object {
  const { redirectUris, accounts, fhirBaseUrl, accessTokenS = 300 } = options;
  return {
    clients: [
      {
        client_id: clientId,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: redirectUris,
      },
    ],
    scopes: [...OPENID_SCOPES],
    claims: { openid: ['sub'], fhirUser: ['fhirUser'] },
    // Who logged in stands in the ID token: no SMART app asks for it elsewhere.
    conformIdTokenClaims: false,
    extraParams: ['aud', 'launch'],
    clientBasedCORS: () => true,
    rotateRefreshToken: true,
    cookies: { keys: ['of a test'] },
    jwks: { keys: [signingKey()] },
    adapter: createOpenIdStore(),
    findAccount: (_context: unknown, accountId: string) => ({
      accountId,
      claims: () => ({
        sub: accountId,
        fhirUser: accounts.find((account) => account.accountId === accountId)?.fhirUser,
      }),
    }),
    interactions: { url: (_context: unknown, { uid }: { readonly uid: string }) => `/interaction/${uid}` },
    ttl: {
      AccessToken: accessTokenS,
      AuthorizationCode: 60,
      Grant: 86_400,
      IdToken: 3600,
      Interaction: 600,
      RefreshToken: 86_400,
      Session: 600,
    },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => fhirBaseUrl,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: RESOURCE_SCOPES.join(' '),
          audience: fhirBaseUrl,
          accessTokenTTL: accessTokenS,
          accessTokenFormat: 'opaque',
        }),
      },
    },
  };
}

let madeKey: object | null = null;

/** Takes a moment to make: one serves the whole process. */
function signingKey(): object {
  madeKey ??= {
    ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
    use: 'sig',
  };
  return madeKey;
}

function grantTypeOf(context: unknown): string {
  const { oidc } = context as { readonly oidc?: { readonly params?: { readonly grant_type?: string } } };
  return oidc?.params?.grant_type ?? '';
}

function pageOf(path: string, accounts: readonly TestAccount[]): string {
  const link = (account: string, text: string) =>
    `<p><a href="${path}?account=${encodeURIComponent(account)}">${text}</a></p>`;
  const buttons = accounts.map(({ accountId, name }) => link(accountId, `Log in as ${name}`));
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Login of a test clinic</title><h1>Login of a test clinic</h1>
${buttons.join('')}${link('', 'No, go back')}</html>`;
}
