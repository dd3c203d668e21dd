import { baseAddressOf } from '../../adapters/fhir/fhir-address.ts';
import { createFhirClient, type FhirClient } from '../../adapters/fhir/fhir-client.ts';
import { FhirError, isObject } from '../../adapters/fhir/fhir-error.ts';
import type { Outbox } from '../../adapters/fhir/outbox.ts';
import type { ServerLinkRow } from '../../adapters/session-log/session-database.ts';
import {
  type ServerConnection,
  type ServerOffer,
  ServerProblem,
  type ServerView,
  type SetAside,
} from '../../ui/server-ports.ts';
import { nowUtc } from '../clinic-files.ts';
import type { ServerLogin } from './server-login.ts';
import { refuseOtherRelease } from './record-exchange.ts';
import { told } from './server-problem.ts';

/** Where the agreement with a server is kept: a person's own, or the clinic's. */
export interface LinkStore {
  read(): Promise<ServerLinkRow | null>;
  keep(link: ServerLinkRow): Promise<void>;
  forget(): Promise<void>;
}

export interface ConnectionPorts {
  readonly party: 'patient' | 'clinic';
  readonly link: LinkStore;
  readonly outbox: () => Promise<Outbox>;
  readonly login: ServerLogin;
}

/** What a person's and a clinic's end have in common, and the client for what only one of them does. */
export interface Connected extends ServerConnection {
  /** Rejects with ServerProblem where nobody agreed to a server. */
  linked(): Promise<{
    readonly link: ServerLinkRow;
    /** Asks nothing of a server that was left, or agreed to by somebody else who was chosen since. */
    readonly client: FhirClient;
    /** Rejects with FhirError `cut` where the server was left since. */
    readonly stillAgreed: () => Promise<void>;
  }>;
}

const PATIENT_NUMBER = /^[A-Za-z0-9\-.]{1,64}$/;
const MOST_SET_ASIDE = 100;

export function createConnection({ party, link, outbox, login }: ConnectionPorts): Connected {
  const linked = async () => {
    const row = await link.read();
    if (row === null) throw new ServerProblem('notFound', '', 'No server was agreed to.');
    const stillAgreed = async () => {
      const now = await link.read();
      if (now?.baseUrl !== row.baseUrl || now.agreedAtUtc !== row.agreedAtUtc)
        throw new FhirError('cut', row.baseUrl);
    };
    const client = createFhirClient({
      baseUrl: row.baseUrl,
      fetch: (...asked) => fetch(...asked),
      accessToken: async (rejected) => {
        await stillAgreed();
        return login.accessToken(party, row, link, rejected);
      },
    });
    return { link: row, client, stillAgreed };
  };
  return {
    linked,
    async look(): Promise<ServerView | null> {
      const row = await link.read();
      if (row === null) return null;
      const box = await outbox();
      const { waitingCount } = await box.look();
      const setAside: SetAside[] = [];
      for await (const { resource, trouble } of box.setAside()) {
        if (setAside.length === MOST_SET_ASIDE) break;
        setAside.push({ resourceType: resource?.resourceType ?? '', words: trouble?.words ?? '' });
      }
      return {
        address: row.baseUrl,
        host: new URL(row.baseUrl).host,
        login: row.clientId === null ? 'notNeeded' : login.isIn(party, row) ? 'done' : 'needed',
        waitingCount,
        setAside,
        lastExchangeUtc: row.lastExchangeUtc,
      };
    },
    offer: (typed) =>
      told(async (): Promise<ServerOffer> => {
        if (/^http:/i.test(typed.trim()) && !isLoopback(typed))
          throw new ServerProblem('notSecure', typed.trim(), 'The address begins with http.');
        const address = baseAddressOf(typed);
        const client = createFhirClient({
          baseUrl: address,
          fetch: (...asked) => fetch(...asked),
          accessToken: async () => null,
        });
        const said = await client.capabilities();
        refuseOtherRelease(said, address);
        const software = isObject(said['software']) ? said['software']['name'] : null;
        return {
          address,
          host: new URL(address).host,
          software: typeof software === 'string' ? software.slice(0, 80) : null,
          needsLogin: await login.isOffered(address),
        };
      }),
    connect: ({ address, host, needsLogin }, { clientId, patientNumber }) =>
      told(async () => {
        if ((await link.read()) !== null)
          throw new ServerProblem('notAllowed', host, 'Another server was agreed to: leave it first.');
        if (needsLogin) return login.begin(party, { baseUrl: address, clientId });
        if (party === 'patient' && !PATIENT_NUMBER.test(patientNumber ?? ''))
          throw new ServerProblem('notFound', patientNumber ?? '', 'That is no number of a patient.');
        const row: ServerLinkRow = {
          linkId: 'server',
          baseUrl: address,
          name: host,
          clientId: null,
          patientReference: party === 'patient' ? `Patient/${patientNumber}` : null,
          refreshToken: null,
          agreedAtUtc: nowUtc(),
          lastExchangeUtc: null,
        };
        const client = createFhirClient({
          baseUrl: address,
          fetch: (...asked) => fetch(...asked),
          accessToken: async () => null,
        });
        // A number that nobody has would only be told of at the first exchange.
        if (party === 'patient') await client.read('Patient', patientNumber!);
        await link.keep(row);
      }),
    logIn: () =>
      told(async () => {
        const { baseUrl, clientId } = (await linked()).link;
        if (clientId !== null) await login.begin(party, { baseUrl, clientId });
      }),
    async leave() {
      login.forget(party);
      await link.forget();
    },
  };
}

function isLoopback(typed: string): boolean {
  return URL.canParse(typed) && ['localhost', '127.0.0.1', '[::1]'].includes(new URL(typed).hostname);
}
