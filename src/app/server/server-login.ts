import { createFhirClient } from '../../adapters/fhir/fhir-client.ts';
import { FhirError } from '../../adapters/fhir/fhir-error.ts';
import { discoverSmart, type SmartServer } from '../../adapters/fhir/smart-discovery.ts';
import { createSmartLogin, type LoginEnd } from '../../adapters/fhir/smart-login.ts';
import type { Party } from '../../adapters/fhir/smart-scopes.ts';
import { createSmartSession } from '../../adapters/fhir/smart-session.ts';
import type { ServerLinkRow } from '../../adapters/session-log/session-database.ts';
import type { LockPort } from '../../adapters/session-log/recording-lock.ts';
import { LOGIN_FROM, LOGIN_PARTY } from './login-party.ts';
import type { LinkStore } from './server-connection.ts';

export interface ServerToLogInAt {
  readonly baseUrl: string;
  readonly clientId: string;
  /** Of a record system that opened this app. */
  readonly launch?: string;
}

/** Who is let in at a server: SMART App Launch. */
export interface ServerLogin {
  /** Whether the server wants a login at all. */
  isOffered(baseUrl: string): Promise<boolean>;
  isIn(party: Party, link: ServerLinkRow): boolean;
  /** Leaves the page. The caller was told to go to this server. */
  begin(party: Party, server: ServerToLogInAt): Promise<void>;
  /** What the login that brought the browser back gave. */
  finish(address: URL, party: Party): Promise<LoginEnd>;
  /** From now on tokens come from what a login gave. */
  enter(end: LoginEnd, store: LinkStore): void;
  /** @param rejected a token that the server refused; null: goes without */
  accessToken(party: Party, link: ServerLinkRow, store: LinkStore, rejected?: string): Promise<string | null>;
  forget(party: Party): void;
}

type Logged = Pick<LoginEnd, 'server' | 'clientId' | 'party'> & { readonly patientReference: string | null };

/** A clinic's login is of no patient, whoever the record system has open. */
function isOf({ server, clientId, party, patientReference }: Logged, link: ServerLinkRow): boolean {
  return (
    server.baseUrl === link.baseUrl &&
    clientId === link.clientId &&
    (party === 'clinic' || patientReference === link.patientReference)
  );
}

export function createServerLogin(ports: {
  readonly locks: Pick<LockPort, 'request'>;
  /** Who is at this device: only they can end a login that they began. */
  readonly ownerOf: (party: Party) => string;
}): ServerLogin {
  const sessions = new Map<
    string,
    { readonly of: Logged; readonly session: ReturnType<typeof createSmartSession> }
  >();
  const keyOf = (party: Party): string => `${party} ${ports.ownerOf(party)}`;
  const smart = createSmartLogin({
    fetch: (...asked) => fetch(...asked),
    storage: sessionStorage,
    nowUtcMs: Date.now,
    redirectUri: appAddress(),
  });
  const discover = async (baseUrl: string): Promise<SmartServer | null> => {
    const client = createFhirClient({
      baseUrl,
      fetch: (...asked) => fetch(...asked),
      accessToken: async () => null,
    });
    return discoverSmart(baseUrl, {
      fetch: (...asked) => fetch(...asked),
      capabilities: (signal) => client.capabilities(signal),
    });
  };
  const open = (of: Logged, tokens: LoginEnd['tokens'] | null, store: LinkStore) => {
    const session = createSmartSession(of, tokens, {
      fetch: (...asked) => fetch(...asked),
      nowUtcMs: Date.now,
      // A clinic's device is used by many: whoever sits there logs in anew.
      keeper:
        of.party === 'clinic'
          ? { read: async () => null, keep: async () => undefined }
          : {
              read: async () => {
                const link = await store.read();
                return link !== null && isOf(of, link) ? link.refreshToken : null;
              },
              keep: async (refreshToken) => {
                const link = await store.read();
                // Somebody else may have been chosen while it was renewed.
                if (link !== null && isOf(of, link)) await store.keep({ ...link, refreshToken });
              },
            },
      locks: ports.locks as Pick<LockManager, 'request'>,
      lockName: `thora-login ${keyOf(of.party)}`,
    });
    sessions.set(keyOf(of.party), { of, session });
    return session;
  };
  /** A server that was left in another tab, and a login of another patient, are no login here. */
  const sessionOf = (party: Party, link: ServerLinkRow) => {
    const known = sessions.get(keyOf(party));
    return known !== undefined && isOf(known.of, link) ? known.session : undefined;
  };

  return {
    isOffered: async (baseUrl) => (await discover(baseUrl)) !== null,
    isIn: (party, link) => sessionOf(party, link) !== undefined || link.refreshToken !== null,
    async begin(party, { baseUrl, clientId, launch }) {
      const server = await discover(baseUrl);
      if (server === null) throw new FhirError('notFhir', baseUrl, { words: 'offers no login' });
      const address = await smart.begin({
        server,
        clientId,
        party,
        owner: ports.ownerOf(party),
        agreedBaseUrls: [baseUrl],
        ...(launch === undefined ? {} : { launch }),
      });
      sessionStorage.setItem(LOGIN_PARTY, party);
      sessionStorage.setItem(LOGIN_FROM, location.hash.slice(1));
      location.assign(address);
    },
    finish: (address, party) => smart.finish(address, ports.ownerOf(party)),
    enter(end, store) {
      open({ ...end, patientReference: end.tokens.patientReference }, end.tokens, store);
    },
    async accessToken(party, link, store, rejected) {
      const { clientId, baseUrl, patientReference } = link;
      if (clientId === null) return null;
      const key = keyOf(party);
      try {
        const known = sessionOf(party, link);
        if (known !== undefined) return await known.accessToken(rejected);
        if (link.refreshToken === null) throw new FhirError('unauthorised', baseUrl);
        const server = await discover(baseUrl);
        if (server === null) throw new FhirError('notFhir', baseUrl, { words: 'offers no login any more' });
        return await open({ server, clientId, party, patientReference }, null, store).accessToken(rejected);
      } catch (error) {
        // From here on only a new login helps, and the page says so.
        if (error instanceof FhirError && error.code === 'unauthorised') sessions.delete(key);
        throw error;
      }
    },
    forget: (party) => void sessions.delete(keyOf(party)),
  };
}

/** Where a server sends the browser back to; registered there under the client's id. */
function appAddress(): string {
  return new URL('./', location.href.split(/[?#]/)[0]).href;
}
