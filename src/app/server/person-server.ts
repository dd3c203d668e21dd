import { FhirError } from '../../adapters/fhir/fhir-error.ts';
import { contentOf } from '../../adapters/fhir/mapping/content-of.ts';
import { cardDocument, cardsOf } from '../../adapters/fhir/mapping/document-resources.ts';
import type { MappingContext } from '../../adapters/fhir/mapping/mapped-resource.ts';
import { resourcesOf } from '../../adapters/fhir/mapping/resources-of.ts';
import { createOutbox } from '../../adapters/fhir/outbox.ts';
import {
  createHandOverCrypto,
  importKeys,
  sha256,
  verifySignature,
} from '../../adapters/hand-over/web-crypto.ts';
import type { LockPort } from '../../adapters/session-log/recording-lock.ts';
import type { PeopleKeeper } from '../../adapters/session-log/people-keeper.ts';
import { ENGINE_VERSION } from '../../core/pipeline/engine-version.ts';
import { readRecordingFile } from '../../core/recording/recording-file.ts';
import type { FromClinic } from '../../ui/clinic-ports.ts';
import {
  type PersonServer,
  type RefusedFromServer,
  type ServerPayer,
  ServerProblem,
} from '../../ui/server-ports.ts';
import type { FileGate } from '../../ui/services.ts';
import { nowUtc } from '../clinic-files.ts';
import type { ClinicLinkWithServer } from '../clinic-link.ts';
import { fetchRecord, leftAlone, sendAll } from './record-exchange.ts';
import { sendRecording } from './recordings-at-server.ts';
import { createConnection } from './server-connection.ts';
import type { ServerLogin } from './server-login.ts';
import { told } from './server-problem.ts';

const PAYER_TYPES = [
  ['Organization', 'organization'],
  ['InsurancePlan', 'insurancePlan'],
] as const;
const MOST_PAYERS = 8;
const LONGEST_NAME = 200;

/** What a clinic writes about a person; the rest of the record is their own. */
const OF_THE_CLINIC = ['CarePlan', 'Device', 'Communication'];

/** The chosen person's end of their clinic's server. */
export function createPersonServer(
  people: PeopleKeeper,
  clinic: ClinicLinkWithServer,
  files: Pick<FileGate, 'recordingFile'>,
  locks: Pick<LockPort, 'request'>,
  login: ServerLogin,
): PersonServer {
  const link = async () => (await people.storage()).serverLink;
  const outboxOf = ({ outbox: store, access }: Awaited<ReturnType<PeopleKeeper['storage']>>) =>
    createOutbox({
      store,
      locks,
      lockName: `thora-outbox ${access.databaseName}`,
      chance: Math.random,
    });
  const connection = createConnection({
    party: 'patient',
    link: {
      read: async () => (await link()).read(),
      keep: async (row) => (await link()).keep(row),
      forget: async () => (await link()).forget(),
    },
    outbox: async () => outboxOf(await people.storage()),
    login,
  });

  return {
    look: () => connection.look(),
    offer: (address) => connection.offer(address),
    connect: (offer, consent) => connection.connect(offer, consent),
    logIn: () => connection.logIn(),
    leave: () => connection.leave(),
    sendRecording: (sessionId, signal) =>
      told(async () => {
        const { link: server, client } = await connection.linked();
        const { patientReference } = server;
        const paired = await (await people.storage()).clinicLink.read();
        if (paired?.isConfirmed !== true || patientReference === null)
          throw new ServerProblem('notPaired', server.name, 'Nobody compared the code yet.');
        const file = await files.recordingFile(sessionId);
        const { recordingId, startedAtUtc } = readRecordingFile(
          new Uint8Array(await file.arrayBuffer()),
          file.name,
        );
        const context = {
          patientReference,
          patientId: paired.patientId,
          writer: paired.card,
          appVersion: ENGINE_VERSION,
          sha256,
        };
        return sendRecording(client, file, { recordingId, startedAtUtc }, context, signal);
      }),
    payers: (name) =>
      told(async () => {
        const { client } = await connection.linked();
        const found: ServerPayer[] = [];
        for (const [type, kind] of PAYER_TYPES) {
          const query = new URLSearchParams({ name, _elements: 'name' });
          const page = await client.page(`${type}?${query.toString()}`, { pageSize: MOST_PAYERS });
          for (const resource of page.found.slice(0, MOST_PAYERS)) {
            const { id, name: given } = resource as { readonly id?: string; readonly name?: unknown };
            if (id !== undefined && typeof given === 'string' && given.trim() !== '')
              found.push({ payerId: `${type}/${id}`, name: given.slice(0, LONGEST_NAME), kind });
          }
        }
        return found;
      }),
    exchange: (progress, signal) =>
      told(async () => {
        const storage = await people.storage();
        const { link: server, client, stillAgreed } = await connection.linked();
        // Who was chosen, or locked their things, since this began is not who it was begun for.
        const stillTheirs = async () => {
          await stillAgreed();
          if ((await people.storage()) !== storage) throw new FhirError('cut', server.baseUrl);
        };
        const { patientReference } = server;
        if (patientReference === null)
          throw new ServerProblem('loginNeeded', server.name, 'The server has not said who this is.');
        const found = await fetchRecord(client, patientReference, OF_THE_CLINIC, null, signal);
        await stillTheirs();
        const paired = await storage.clinicLink.read();
        let fromClinic: FromClinic | null = null;
        let refused: readonly RefusedFromServer[] = [];
        let sentCount = 0;
        if (paired === null) {
          const cards = await cardsOf(found.cards, {
            patientId: null,
            patientReference,
            role: 'clinic',
            crypto: { verify: verifySignature },
          });
          const card = cards.at(-1)?.file;
          await stillTheirs();
          if (card !== undefined) fromClinic = clinic.openCard(card);
        } else {
          const keys = await importKeys({ sign: paired.signKey, agree: paired.agreeKey });
          const crypto = createHandOverCrypto(keys, paired.card.agreeKey);
          if (paired.isConfirmed) {
            const read = await contentOf(found.record, {
              patientId: paired.patientId,
              patientReference,
              own: paired.card,
              peer: paired.clinic,
              crypto,
              knownPlans: await clinic.takenPlans(),
            });
            refused = leftAlone(read.refused);
            await stillTheirs();
            fromClinic = await clinic.openContent(read.content);
          }
          const box = outboxOf(storage);
          const context: MappingContext = {
            patientReference,
            patientId: paired.patientId,
            writer: paired.card,
            appVersion: ENGINE_VERSION,
            sha256,
            sign: (bytes) => crypto.sign(bytes),
            isKnown: await box.known(),
          };
          const file = { card: paired.card, patientId: paired.patientId, patientName: paired.card.name };
          const card = await cardDocument(await clinic.cardFile(), file, context);
          // Before somebody compared the code, nothing but the card goes to whoever holds the server.
          const own = paired.isConfirmed ? await resourcesOf(await clinic.ownContent(), context) : [];
          sentCount = await sendAll(box, client, [card, ...own], progress, signal, async () => {
            await stillTheirs();
            const { signKey } = (await storage.clinicLink.read())?.card ?? {};
            if (signKey !== paired.card.signKey) throw new FhirError('cut', server.baseUrl);
          });
        }
        await stillTheirs();
        const now = await storage.serverLink.read();
        if (now !== null) await storage.serverLink.keep({ ...now, lastExchangeUtc: nowUtc() });
        return { sentCount, refused, fromClinic };
      }),
  };
}
