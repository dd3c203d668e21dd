import type { FhirResource } from '../../adapters/fhir/fhir-resource.ts';
import { contentOf } from '../../adapters/fhir/mapping/content-of.ts';
import { cardDocument, cardsOf } from '../../adapters/fhir/mapping/document-resources.ts';
import { identifierOf } from '../../adapters/fhir/mapping/fhir-names.ts';
import { conditionOf, type MappingContext } from '../../adapters/fhir/mapping/mapped-resource.ts';
import { patientResource } from '../../adapters/fhir/mapping/patient-resource.ts';
import { reportResource } from '../../adapters/fhir/mapping/report-resource.ts';
import { fieldOf, readRecord } from '../../adapters/fhir/mapping/record-extension.ts';
import { resourcesOf } from '../../adapters/fhir/mapping/resources-of.ts';
import { createOutbox, type OutboxPorts } from '../../adapters/fhir/outbox.ts';
import { createHandOverCrypto, sha256 } from '../../adapters/hand-over/web-crypto.ts';
import type { ClinicIdentityRow, ClinicPatientRow } from '../../adapters/session-log/clinic-database.ts';
import type { ClinicStore } from '../../adapters/session-log/clinic-store.ts';
import type { DoorKeeper } from '../../adapters/session-log/door-keeper.ts';
import type { AuditDeed } from '../../core/recording/audit-chain.ts';
import { emptyContent, type HandOverContent, mergeContent } from '../../core/recording/clinic-record.ts';
import { type PartyCard, writeCard } from '../../core/recording/party-card.ts';
import { ENGINE_VERSION } from '../../core/pipeline/engine-version.ts';
import { checkedKit } from '../../ui/checked-kit.ts';
import { type ClinicServer, type PanelPatient, ServerProblem } from '../../ui/server-ports.ts';
import { nowUtc } from '../clinic-files.ts';
import type { ClinicDesk } from '../../ui/clinic-ports.ts';
import { fetchRecord, leftAlone, sendAll } from './record-exchange.ts';
import { listRecordings, readRecording } from './recordings-at-server.ts';
import { createConnection } from './server-connection.ts';
import type { ServerLogin } from './server-login.ts';
import { told } from './server-problem.ts';

const PANEL_PAGE = 20;
const PATIENT_SYSTEM = identifierOf('patient').system;
/** What two clocks, and writes that were under way, may be apart. */
const OVERLAP_MS = 10 * 60_000;

/** The clinic's end of its server; all that is kept lies behind the door. */
export function createClinicServer(
  door: DoorKeeper,
  desk: ClinicDesk,
  locks: OutboxPorts['locks'],
  login: ServerLogin,
): ClinicServer {
  /** @param patientId who is exchanged: erased meanwhile, nothing of theirs is put there any more; null: nobody */
  const outboxFor = (patientId: string | null) =>
    createOutbox({
      store: {
        isOpen: () => door.state().kind !== 'locked',
        read: (rowId) => door.behind((store) => store.outbox.read(rowId)),
        page: (state, after, count) => door.behind((store) => store.outbox.page(state, after, count)),
        counts: () => door.behind((store) => store.outbox.counts()),
        change: (rowId, next) =>
          door.behind(async (store) => {
            if (patientId !== null && !(await store.hasPatient(patientId))) throw notHere();
            return store.outbox.change(rowId, next);
          }),
        remove: (rowId) => door.behind((store) => store.outbox.remove(rowId)),
      },
      locks,
      lockName: 'thora-outbox clinic',
      chance: Math.random,
    });
  const note = (deed: AuditDeed, patientId: string | null, detail: string) =>
    door.behind((store) => store.note(door.fact(deed, patientId, detail)));
  const connection = createConnection({
    party: 'clinic',
    link: {
      read: () => door.behind((store) => store.serverLink.read()),
      keep: (row) => door.behind((store) => store.serverLink.keep(row)),
      forget: () => door.behind((store) => store.serverLink.forget()),
    },
    outbox: async () => outboxFor(null),
    login,
  });
  const read = (patientId: string) =>
    door.behind(async (store) => ({
      row: await patientRow(store, patientId),
      own: await identityOf(store),
    }));
  const numberAt = (row: ClinicPatientRow, baseUrl: string): string | null =>
    row.server?.baseUrl === baseUrl ? row.server.number : null;

  const bringAlone = async (patient: PanelPatient): Promise<string> => {
    const { link, client } = await connection.linked();
    const server = { baseUrl: link.baseUrl, number: patient.number };
    const here = await door.behind((store) => store.patients());
    const known = here.find((row) => numberAt(row, link.baseUrl) === patient.number);
    if (known !== undefined) return known.patientId;
    const thoraId = thoraIdOf(await client.read('Patient', patient.number));
    const namesake = here.find((row) => row.patientId === thoraId);
    if (namesake !== undefined && numberAt(namesake, link.baseUrl) !== null)
      throw new ServerProblem('notAllowed', namesake.name, 'Two numbers at the server name one patient.');
    // Who came here by a file, or from a backup, is the same patient.
    const patientId = namesake?.patientId ?? (await desk.add(patient.name, thoraId));
    await changeRow(door, patientId, () => ({ server }));
    return patientId;
  };
  /** Two presses, or two tabs, bring one patient once. */
  const bring = (patient: PanelPatient): Promise<string> =>
    locks.request('thora-bring', {}, () => bringAlone(patient));

  return {
    look: () => connection.look(),
    offer: (address) => connection.offer(address),
    async connect(offer, consent) {
      await connection.connect(offer, consent);
      await note('serverAgreed', null, offer.host);
    },
    logIn: () => connection.logIn(),
    async leave() {
      const host = (await connection.look())?.host ?? '';
      await connection.leave();
      await note('serverLeft', null, host);
    },
    search: (name, next) =>
      told(async () => {
        const { link, client } = await connection.linked();
        const query = new URLSearchParams({
          _sort: 'name',
          _elements: 'name,birthDate',
          ...(name === '' ? {} : { name }),
        });
        const page =
          next === null
            ? await client.page(`Patient?${query.toString()}`, { pageSize: PANEL_PAGE })
            : await client.nextPage('Patient', next);
        const here = await door.behind((store) => store.patients());
        const known = new Map(here.map((row) => [numberAt(row, link.baseUrl), row.patientId]));
        return {
          patients: page.found.flatMap((resource) => {
            const { id } = resource;
            if (id === undefined) return [];
            return [
              {
                number: id,
                name: nameOf(resource) ?? id,
                birthDate: textOf(resource, 'birthDate'),
                patientId: known.get(id) ?? null,
              },
            ];
          }),
          next: page.next,
        };
      }),
    bringNumber: (number) =>
      told(async () => {
        const { client } = await connection.linked();
        const found = await client.read('Patient', number);
        return bring({ number, name: nameOf(found) ?? number, birthDate: null, patientId: null });
      }),
    bring: (patient) => told(() => bring(patient)),
    async numberOf(patientId) {
      const { link } = await connection.linked();
      return numberAt((await read(patientId)).row, link.baseUrl);
    },
    recordings: (patientId) =>
      told(async () => {
        const { link, client } = await connection.linked();
        const number = numberAt((await read(patientId)).row, link.baseUrl);
        return number === null ? [] : listRecordings(client, `Patient/${number}`);
      }),
    recordingFile: (recording) =>
      told(async () => readRecording((await connection.linked()).client, recording)),
    add: (patientId) =>
      told(async () => {
        const { link, client } = await connection.linked();
        const { row, own } = await read(patientId);
        const mapped = await patientResource(patientId, row.name, {
          writer: own.card,
          appVersion: ENGINE_VERSION,
          sha256,
        });
        const written = await client.create(mapped.resource, conditionOf(mapped));
        const number = written.id;
        if (number === null) throw new ServerProblem('notFhir', link.name, 'It gave the patient no number.');
        await changeRow(door, patientId, () => ({ server: { baseUrl: link.baseUrl, number } }));
        await note('exchanged', patientId, `Patient/${number}`);
      }),
    exchange: (patientId, progress, signal) =>
      told(async () => {
        const { link, client, stillAgreed } = await connection.linked();
        const before = await read(patientId);
        const { own } = before;
        const number = numberAt(before.row, link.baseUrl);
        if (number === null)
          throw new ServerProblem('notFound', before.row.name, 'The server has no number for this patient.');
        const patientReference = `Patient/${number}`;
        const startedMs = Date.now();
        const crypto = createHandOverCrypto(own, own.card.agreeKey);
        const isPaired = before.row.card !== null && before.row.isConfirmed;
        const since = isPaired ? (before.row.server?.readUntilUtc ?? null) : null;
        const found = await fetchRecord(client, patientReference, isPaired ? null : [], since, signal);

        const cards = await cardsOf(found.cards, { patientId, patientReference, role: 'patient', crypto });
        const card = cards.at(-1)?.file.card ?? null;
        const { content, refused } = isPaired
          ? await contentOf(found.record, {
              patientId,
              patientReference,
              own: own.card,
              peer: before.row.card!,
              crypto,
              knownPlans: before.row.content.plans,
            })
          : { content: emptyContent(patientId), refused: [] };
        const known = new Set(before.row.content.journal.map(({ entryId }) => entryId));
        const newEntryCount = content.journal.filter(({ entryId }) => !known.has(entryId)).length;
        // What only a later Thora can read is asked for again.
        const isAllRead = isPaired && refused.every(({ code }) => code !== 'newerVersion');
        // The clock of this device may be hours wrong: where the server does not show its own, the newest that came tells the time there.
        const thereMs = client.showsItsClock() ? startedMs + client.serverAheadMs() : latestOf(found.record);
        const readUntilUtc =
          isAllRead && thereMs !== null ? new Date(thereMs - OVERLAP_MS).toISOString() : null;
        const row = await changeRow(door, patientId, (now) => ({
          ...takenIn(now, content, found.record),
          ...(card === null ? {} : withCard(now, card)),
          ...(readUntilUtc !== null && isSamePlace(now, before.row)
            ? { server: { ...now.server!, readUntilUtc } }
            : {}),
        }));

        const box = outboxFor(patientId);
        const context: MappingContext = {
          patientReference,
          patientId,
          writer: own.card,
          appVersion: ENGINE_VERSION,
          sha256,
          sign: (bytes) => crypto.sign(bytes),
          isKnown: await box.known(),
        };
        const file = { card: own.card, patientId, patientName: row.name };
        const document = await cardDocument(await writeCard(file, crypto), file, context);
        const mapped = [document];
        // Before somebody compared the code, nothing but the card goes out.
        if (row.isConfirmed) {
          const messages = row.content.messages.filter(({ from }) => from === 'clinic');
          mapped.push(...(await resourcesOf({ ...row.content, messages, journal: [] }, context)));
          const newest = row.content.journal.at(-1);
          if (newest !== undefined) {
            const moment = { utcMs: newest.atUtcMs, day: newest.day };
            const kit = checkedKit(row.content.passports[0] ?? null, moment.utcMs);
            mapped.push(await reportResource(row.content.journal, moment, { name: row.name, kit }, context));
          }
        }
        const sentCount = await sendAll(box, client, mapped, progress, signal, stillAgreed);
        await door.behind(async (store) => {
          const now = await store.serverLink.read();
          if (now !== null) await store.serverLink.keep({ ...now, lastExchangeUtc: nowUtc() });
        });
        await note('exchanged', patientId, `${patientReference}: +${newEntryCount}, ${sentCount} sent`);
        return { sentCount, newEntryCount, refused: leftAlone(refused) };
      }),
  };
}

/** By the server's clock; null where nothing came. */
function latestOf(record: readonly FhirResource[]): number | null {
  let latestMs: number | null = null;
  for (const { meta } of record) {
    const writtenMs = Date.parse(meta?.lastUpdated ?? '');
    if (Number.isFinite(writtenMs)) latestMs = Math.max(latestMs ?? writtenMs, writtenMs);
  }
  return latestMs;
}

/** Neither paired anew nor moved to another server while it was read. */
function isSamePlace(now: ClinicPatientRow, before: ClinicPatientRow): boolean {
  return (
    now.server?.baseUrl === before.server?.baseUrl &&
    now.server?.number === before.server?.number &&
    now.card?.signKey === before.card?.signKey
  );
}

function takenIn(
  row: ClinicPatientRow,
  content: HandOverContent,
  record: readonly FhirResource[],
): Partial<ClinicPatientRow> {
  const isSaid = content.journal.length > 0 || content.messages.some(({ from }) => from === 'patient');
  if (!isSaid) return { content: mergeContent(row.content, content) };
  // The clinic's own writing says nothing of how long the patient has been silent.
  const theirs = record.filter((one) => {
    const read = readRecord(fieldOf(one, 'extension'));
    return read.state === 'read' && read.writerId === row.card?.partyId;
  });
  const latestMs = Math.max(latestOf(theirs) ?? 0, Date.parse(row.lastWrittenAtUtc ?? '') || 0);
  return {
    content: mergeContent(row.content, content),
    lastTakenAtUtc: nowUtc(),
    lastWrittenAtUtc: latestMs > 0 ? new Date(latestMs).toISOString() : nowUtc(),
  };
}

/** A card that was compared is not exchanged by one that lies at a server. */
function withCard(row: ClinicPatientRow, card: PartyCard): Partial<ClinicPatientRow> {
  if (row.card !== null && row.isConfirmed) return {};
  return { card, isConfirmed: false };
}

function changeRow(
  door: DoorKeeper,
  patientId: string,
  next: (row: ClinicPatientRow) => Partial<ClinicPatientRow>,
): Promise<ClinicPatientRow> {
  return door.behind(async (store) => {
    const row = await patientRow(store, patientId);
    const changed = { ...row, ...next(row) };
    await store.putPatient(changed);
    return changed;
  });
}

const notHere = () => new Error('This patient is not on this device.');

async function patientRow(store: ClinicStore, patientId: string): Promise<ClinicPatientRow> {
  const row = await store.patient(patientId);
  if (row === null) throw notHere();
  return row;
}

async function identityOf(store: ClinicStore): Promise<ClinicIdentityRow> {
  const own = await store.identity();
  if (own === null) throw new ServerProblem('notAllowed', '', 'This clinic has no name and no keys yet.');
  return own;
}

const LONGEST_NAME = 200;

/** A server may send anything as a name. */
function nameOf(resource: FhirResource): string | null {
  const names = (resource as { readonly name?: unknown }).name;
  const [name] = Array.isArray(names) ? (names as readonly unknown[]) : [];
  if (typeof name !== 'object' || name === null) return null;
  const { text, given, family } = name as Record<string, unknown>;
  if (typeof text === 'string' && text.trim() !== '') return text.slice(0, LONGEST_NAME);
  const parts = [...(Array.isArray(given) ? (given as readonly unknown[]) : []), family];
  const joined = parts.filter((part): part is string => typeof part === 'string').join(' ');
  return joined.trim() === '' ? null : joined.slice(0, LONGEST_NAME);
}

function textOf(resource: FhirResource, field: string): string | null {
  const value = (resource as unknown as Record<string, unknown>)[field];
  return typeof value === 'string' ? value.slice(0, LONGEST_NAME) : null;
}

/** By which this patient, or this clinic on another device, was paired before; undefined: never. */
function thoraIdOf(resource: FhirResource): string | undefined {
  const { identifier } = resource as { readonly identifier?: unknown };
  if (!Array.isArray(identifier)) return undefined;
  for (const one of identifier as readonly unknown[]) {
    if (typeof one !== 'object' || one === null) continue;
    const { system, value } = one as Record<string, unknown>;
    if (system === PATIENT_SYSTEM && typeof value === 'string' && /^[\w-]{1,64}$/.test(value)) return value;
  }
  return undefined;
}
