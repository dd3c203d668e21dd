import { FhirError } from './fhir-error.ts';

/** Browsers treat these as this device itself: what goes there leaves it nowhere. */
const LOOPBACK = new Set(['localhost', '127.0.0.1']);

/**
 * The address of a FHIR server as it is kept and compared: https (or this device itself), no user name, query or fragment, no
 * slash at the end. Throws FhirError `badAddress`.
 */
export function baseAddressOf(typed: string): string {
  const url = addressOf(typed.trim());
  if (url === null || !isSafe(url) || url.username !== '' || url.password !== '')
    throw new FhirError('badAddress', typed.trim().slice(0, 200));
  return url.origin + url.pathname.replace(/\/+$/, '');
}

/** Null for what is no address. */
export function addressOf(text: string, base?: string): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}

export function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
}

/** Whether an address that a server gave is of that same server: its origin, and below its base. */
export function isWithin(base: string, address: URL): boolean {
  const { origin, pathname } = new URL(base);
  const root = pathname.replace(/\/+$/, '');
  return (
    address.origin === origin &&
    address.username === '' &&
    address.password === '' &&
    (address.pathname === root || address.pathname.startsWith(`${root}/`))
  );
}
