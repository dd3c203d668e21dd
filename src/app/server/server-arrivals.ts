import { arrivalOf } from '../../adapters/fhir/smart-login.ts';
import type { ServerLinkRow } from '../../adapters/session-log/session-database.ts';
import { type ServerArrival, type ServerArrivals, ServerProblem } from '../../ui/server-ports.ts';
import { nowUtc } from '../clinic-files.ts';
import { LOGIN_FROM, LOGIN_PARTY } from './login-party.ts';
import type { LinkStore } from './server-connection.ts';
import type { ServerLogin } from './server-login.ts';
import { told } from './server-problem.ts';

export interface ArrivalPorts {
  /** The address that this page was opened with; null: nothing of a server was in it. */
  readonly address: URL | null;
  readonly login: ServerLogin;
  readonly links: Readonly<Record<'patient' | 'clinic', LinkStore>>;
}

/** What brought the browser here is taken once: reloading the page begins nothing anew. */
export function createServerArrivals({ address, login, links }: ArrivalPorts): ServerArrivals {
  let waiting = address;
  return {
    take: () =>
      told(async (): Promise<ServerArrival> => {
        if (waiting === null) return { kind: 'nothing' };
        const arrival = arrivalOf(waiting);
        if (arrival.kind === 'launch') {
          const known = await links.clinic.read();
          const host = new URL(arrival.baseUrl).host;
          if (known !== null && known.baseUrl !== arrival.baseUrl)
            throw new ServerProblem('notAllowed', host, `This clinic uses ${known.name}: leave it first.`);
          return { kind: 'launch', host, isKnown: known !== null, clientId: known?.clientId ?? null };
        }
        const back = waiting;
        waiting = null;
        if (arrival.kind === 'nothing') return { kind: 'nothing' };
        const party = sessionStorage.getItem(LOGIN_PARTY) === 'clinic' ? 'clinic' : 'patient';
        const store = links[party];
        // Behind a lock nothing could be kept: that is found out before the code is used up.
        const before = await store.read();
        const end = await login.finish(back, party);
        const { baseUrl } = end.server;
        const name = new URL(baseUrl).host;
        if (before !== null && before.baseUrl !== baseUrl)
          throw new ServerProblem('foreignLogin', name, 'Another server was agreed to meanwhile.');
        const { patientReference, refreshToken } = end.tokens;
        if (party === 'patient' && isOther(before, patientReference))
          throw new ServerProblem('foreignLogin', name, 'The login is of another patient than before.');
        await store.keep({
          linkId: 'server',
          baseUrl,
          name,
          clientId: end.clientId,
          patientReference: party === 'patient' ? patientReference : null,
          refreshToken: party === 'patient' ? refreshToken : null,
          agreedAtUtc: before?.agreedAtUtc ?? nowUtc(),
          lastExchangeUtc: before?.lastExchangeUtc ?? null,
        });
        login.enter(end, store);
        const patientNumber = party === 'clinic' ? (patientReference?.split('/')[1] ?? null) : null;
        const from = sessionStorage.getItem(LOGIN_FROM) ?? '';
        const isOwnPage = from.startsWith(party === 'clinic' ? '/patients/' : '/settings/');
        return { kind: 'loggedIn', party, patientNumber, from: isOwnPage ? from : null };
      }),
    agree: (clientId) =>
      told(async () => {
        if (waiting === null) return;
        const arrival = arrivalOf(waiting);
        if (arrival.kind !== 'launch') return;
        await login.begin('clinic', { baseUrl: arrival.baseUrl, clientId, launch: arrival.launch });
      }),
  };
}

function isOther(before: ServerLinkRow | null, reference: string | null): boolean {
  return before !== null && before.patientReference !== null && before.patientReference !== reference;
}
