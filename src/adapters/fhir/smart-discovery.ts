import { addressOf, isSafe } from './fhir-address.ts';
import { boundedFetch } from './bounded-fetch.ts';
import { FhirError, isObject } from './fhir-error.ts';
import { SmartError } from './smart-error.ts';

/** How one logs in at a FHIR server. */
export interface SmartServer {
  readonly baseUrl: string;
  /** Null: the server cannot say who logged in. */
  readonly issuer: string | null;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly knowsLetters: boolean;
  /** Its answers name their issuer (RFC 9207). */
  readonly namesIssuer: boolean;
}

export interface DiscoveryPorts {
  readonly fetch: typeof fetch;
  capabilities(signal?: AbortSignal): Promise<Readonly<Record<string, unknown>>>;
}

const BOUNDS = { timeoutMs: 15_000, mostBytes: 1_000_000 };

/** From the time of SMART 1, before servers had a page of their own for it. */
const OAUTH_URIS = 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris';

/**
 * Asks a server how one logs in: `.well-known/smart-configuration`, and where there is none its CapabilityStatement. Null: it says
 * nothing of a login, and is used without. Rejects with SmartError or FhirError.
 */
export async function discoverSmart(
  baseUrl: string,
  ports: DiscoveryPorts,
  signal?: AbortSignal,
): Promise<SmartServer | null> {
  const address = new URL(`${baseUrl}/.well-known/smart-configuration`);
  const { status, text } = await boundedFetch(ports.fetch, address, BOUNDS, {
    method: 'GET',
    headers: { accept: 'application/json' },
    signal,
  });
  if (status >= 500) throw new FhirError('server', address.href, { status });
  const configuration = status < 300 ? objectOf(text) : null;
  if (configuration !== null) return configured(baseUrl, configuration);
  return stated(baseUrl, await ports.capabilities(signal));
}

function configured(baseUrl: string, given: Readonly<Record<string, unknown>>): SmartServer {
  const methods = given['code_challenge_methods_supported'];
  if (Array.isArray(methods) && !methods.includes('S256'))
    throw new SmartError('badServer', baseUrl, 'code_challenge_methods_supported lacks S256');
  const capabilities: unknown = given['capabilities'];
  const can = (what: string) => Array.isArray(capabilities) && capabilities.includes(what);
  const { issuer } = given;
  return {
    baseUrl,
    issuer: typeof issuer === 'string' ? endpointOf(baseUrl, 'issuer', issuer) : null,
    authorizationEndpoint: endpointOf(baseUrl, 'authorization_endpoint', given['authorization_endpoint']),
    tokenEndpoint: endpointOf(baseUrl, 'token_endpoint', given['token_endpoint']),
    knowsLetters: can('permission-v2') || !can('permission-v1'),
    namesIssuer: given['authorization_response_iss_parameter_supported'] === true,
  };
}

function stated(baseUrl: string, statement: Readonly<Record<string, unknown>>): SmartServer | null {
  for (const rest of listOf(statement['rest'])) {
    const { extension } = isObject(rest['security']) ? rest['security'] : {};
    for (const { url, extension: inner } of listOf(extension)) {
      if (url !== OAUTH_URIS) continue;
      const uri = (name: string): unknown => listOf(inner).find((each) => each['url'] === name)?.['valueUri'];
      return {
        baseUrl,
        issuer: null,
        authorizationEndpoint: endpointOf(baseUrl, 'authorize', uri('authorize')),
        tokenEndpoint: endpointOf(baseUrl, 'token', uri('token')),
        knowsLetters: false,
        namesIssuer: false,
      };
    }
  }
  return null;
}

/** As it was given: an issuer is compared letter by letter. */
function endpointOf(baseUrl: string, field: string, given: unknown): string {
  const url = typeof given === 'string' ? addressOf(given) : null;
  if (url === null || !isSafe(url))
    throw new SmartError('badServer', baseUrl, `${field} is no https address`);
  return given as string;
}

function listOf(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? (value as unknown[]).filter(isObject) : [];
}

function objectOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
