import { isNameOf } from '../adapters/fhir/mapping/fhir-names.ts';
import { createHandOverCrypto, sha256 } from '../adapters/hand-over/web-crypto.ts';
import type { ClinicIdentityRow, ClinicPatientRow } from '../adapters/session-log/clinic-database.ts';
import type { ClinicStore } from '../adapters/session-log/clinic-store.ts';
import type { DoorKeeper } from '../adapters/session-log/door-keeper.ts';
import { recordingOwner } from '../core/care/clinic/recording-owner.ts';
import type { ExportedFile } from '../core/export/export-session.ts';
import { type AuditDeed, brokenLinks } from '../core/recording/audit-chain.ts';
import { emptyContent, mergeContent, newestPlan, planDigest } from '../core/recording/clinic-record.ts';
import { HAND_OVER_FILE_ENDING, readHandOver, writeHandOver } from '../core/recording/hand-over.ts';
import { HandOverError } from '../core/recording/hand-over-error.ts';
import { CARD_FILE_ENDING, pairCode, readCard, writeCard } from '../core/recording/party-card.ts';
import type { ClinicDesk, ClinicPatient, TakenByClinic } from '../ui/clinic-ports.ts';
import type { ImportedRecording } from '../ui/services.ts';
import { auditTable } from './audit-table.ts';
import { newIdentity } from './clinic-identity.ts';
import { bytesOf, isCardFile, nowUtc, saveAs, saveTable, saveZip, withFileId } from './clinic-files.ts';
import { leaveBehindFiles } from './leave-behind.ts';
import { createSessionId } from './session-id.ts';

const MS_PER_MINUTE = 60_000;
const MS_PER_DAY = 86_400_000;

/** What the desk needs of recordings. */
export interface DeskPorts {
  /** Id of the recording in a file. Rejects with RecordingError. */
  recordingId(file: File): Promise<string>;
  importRecording(file: File): Promise<ImportedRecording>;
  /** For OpenSim. Rejects with ExportError where the session holds nothing that could be written. */
  orientations(sessionId: string): Promise<readonly ExportedFile[]>;
  readonly appVersion: string;
}

/** How long somebody may look at one patient before that is written down again. */
const SEEN_ANEW_AFTER_MS = 600_000;

/** A clinic's patients on this device, and the files to and from them; all of it behind the door. */
export function createClinicDesk(door: DoorKeeper, ports: DeskPorts): ClinicDesk {
  let lastSeen = { patientId: '', who: null as string | null, utcMs: 0 };

  const note = (store: ClinicStore, deed: AuditDeed, patientId: string | null, detail = '') =>
    store.note(door.fact(deed, patientId, detail));
  const change = (
    patientId: string,
    deed: AuditDeed,
    next: (row: ClinicPatientRow) => Partial<ClinicPatientRow>,
    detail = '',
  ) =>
    door.behind(async (store) => {
      const row = await patientRow(store, patientId);
      const changed = { ...row, ...next(row) };
      await store.putPatient(changed);
      await note(store, deed, patientId, detail);
      return changed;
    });
  const describe = async (own: ClinicIdentityRow | null, row: ClinicPatientRow): Promise<ClinicPatient> => {
    const { patientId, name, card, isConfirmed, lastTakenAtUtc, notes = [], recordings = [], content } = row;
    const writtenAtUtc = row.lastWrittenAtUtc ?? lastTakenAtUtc;
    const told = writtenAtUtc === null ? null : { utcMs: Date.parse(writtenAtUtc), day: dayOf(writtenAtUtc) };
    const pairing = card === null ? 'invited' : isConfirmed ? 'paired' : 'compare';
    const code = card === null || own === null ? null : await pairCode(own.card, card, patientId, sha256);
    return { patientId, name, pairing, code, lastTakenAtUtc, told, notes, recordings, content };
  };

  const invitation = (patientId: string) =>
    door.behind(async (store) => {
      const own = await identityOf(store);
      const { name } = await patientRow(store, patientId);
      const bytes = await writeCard({ card: own.card, patientId, patientName: name }, cryptoOf(own));
      await note(store, 'cardSaved', patientId);
      return { bytes, name: `${own.card.name}-${name}` };
    });
  const handOver = (patientId: string) =>
    door.behind(async (store) => {
      const own = await identityOf(store);
      const row = await patientRow(store, patientId);
      const { card, content, name } = row;
      if (card === null) throw new Error('This patient is not paired yet.');
      const sequence = row.sentSequence + 1;
      await store.putPatient({ ...row, sentSequence: sequence });
      const head = {
        fileId: createSessionId(),
        fromId: own.card.partyId,
        toId: card.partyId,
        sequence,
        writtenAtUtc: nowUtc(),
      };
      const messages = content.messages.filter(({ from }) => from === 'clinic');
      const bytes = await writeHandOver(head, { ...content, messages, journal: [] }, card, cryptoOf(own));
      await note(store, 'fileSaved', patientId, String(sequence));
      return { bytes, name: `${own.card.name}-${name}` };
    });

  return {
    who: () => door.who(),
    name: () => door.behind(async (store) => (await store.identity())?.card.name ?? null),
    async setName(name) {
      const own = await newIdentity(name);
      await door.behind(async (store) => {
        await store.addIdentity(own);
        await note(store, 'clinicNamed', null, name);
      });
    },
    list: () =>
      door.behind(async (store) => {
        const own = await store.identity();
        return Promise.all((await store.patients()).map((row) => describe(own, row)));
      }),
    read: (patientId) =>
      door.behind(async (store) => {
        const row = await store.patient(patientId);
        if (row === null) return null;
        const seen = { patientId, who: door.who(), utcMs: Date.now() };
        const isSame = lastSeen.patientId === patientId && lastSeen.who === seen.who;
        if (!isSame || seen.utcMs - lastSeen.utcMs > SEEN_ANEW_AFTER_MS) {
          await note(store, 'patientSeen', patientId);
          lastSeen = seen;
        }
        return describe(await store.identity(), row);
      }),
    async add(name, patientId = createSessionId()) {
      await door.behind(async (store) => {
        if ((await store.patient(patientId)) !== null)
          throw new Error('A patient of this id is on this device already.');
        await store.putPatient({
          patientId,
          name,
          createdAtUtc: nowUtc(),
          card: null,
          isConfirmed: false,
          sentSequence: 0,
          lastSequence: 0,
          takenFileIds: [],
          lastTakenAtUtc: null,
          content: emptyContent(patientId),
        });
        await note(store, 'patientAdded', patientId);
      });
      return patientId;
    },
    async saveInvitation(patientId) {
      const { bytes, name } = await invitation(patientId);
      saveAs(bytes, name, CARD_FILE_ENDING);
    },
    invitationFile: async (patientId) => (await invitation(patientId)).bytes,
    handOverFile: async (patientId) => (await handOver(patientId)).bytes,
    openFile: (patientId, file) =>
      door.behind(async (store) => {
        try {
          const taken = await takeFile(store, patientId, file.name, await bytesOf(file));
          await note(store, taken.kind === 'card' ? 'cardTaken' : 'fileTaken', patientId, file.name);
          return taken;
        } catch (error) {
          const why = error instanceof HandOverError ? error.code : 'unknown';
          await note(store, 'fileRefused', patientId, `${file.name}: ${why}`);
          throw error;
        }
      }),
    async openRecording(patientId, file, isSaidTheirs) {
      const owner = await door.behind(async (store) => {
        const known = (await store.patients()).map((row) => ({
          patientId: row.patientId,
          journal: row.content.journal,
        }));
        const found = recordingOwner(await ports.recordingId(file), patientId, known);
        if (found === 'somebodyElses')
          await note(store, 'fileRefused', patientId, `${file.name}: forSomeoneElse`);
        return found;
      });
      if (owner === 'somebodyElses')
        throw new HandOverError(
          'forSomeoneElse',
          file.name,
          'recordingId',
          'is a session of another patient',
        );
      if (owner === 'unknown' && !isSaidTheirs) return 'notNamed';
      const { stored } = await ports.importRecording(file);
      const { sessionId, startedAtUtc } = stored;
      await change(
        patientId,
        'recordingOpened',
        ({ recordings = [] }) => ({
          recordings: [
            { sessionId, startedAtUtc, isNamed: owner === 'theirs' },
            ...recordings.filter((one) => one.sessionId !== sessionId),
          ].toSorted((a, b) => (a.startedAtUtc < b.startedAtUtc ? 1 : -1)),
        }),
        file.name,
      );
      return 'opened';
    },
    async saveLeaveBehind(patientId, page) {
      const { own, row } = await door.behind(async (store) => ({
        own: await identityOf(store),
        row: await patientRow(store, patientId),
      }));
      const crypto = cryptoOf(own);
      const { appVersion } = ports;
      const context = {
        patientId,
        writer: own.card,
        appVersion,
        sha256,
        sign: (bytes: Uint8Array) => crypto.sign(bytes),
        part: 'all',
      } as const;
      const { files, skippedRecordings } = await leaveBehindFiles(row, page, context, (id) =>
        ports.orientations(id),
      );
      saveZip(files, `${own.card.name}-${row.name}`);
      await door.behind((store) => note(store, 'exported', patientId, 'leave-behind'));
      return { skippedRecordings };
    },
    confirmCode: (patientId, code) =>
      door.behind(async (store) => {
        const row = await patientRow(store, patientId);
        const { card } = row;
        const own = await identityOf(store);
        if (card === null || (await pairCode(own.card, card, patientId, sha256)) !== code)
          throw new HandOverError('codeChanged', row.name, '', 'the code is another by now');
        await store.putPatient({ ...row, isConfirmed: true });
        await note(store, 'codeConfirmed', patientId);
      }),
    async sign(patientId, body, { author, reviewDay, onVersion }) {
      if (author.trim() === '') throw new Error('A plan is signed by somebody with a name.');
      if ((door.who() ?? '') === '') door.introduce(author);
      return door.behind(async (store) => {
        const row = await patientRow(store, patientId);
        const before = newestPlan(row.content.plans);
        // Nobody signs over a version that they did not see.
        if ((before?.version ?? 0) !== onVersion) return null;
        const plan = {
          ...body,
          planId: before?.planId ?? createSessionId(),
          version: (before?.version ?? 0) + 1,
          previousDigest: before === null ? null : await planDigest(before, sha256),
          patientId,
          patientName: row.name,
          author,
          madeAtUtc: nowUtc(),
          reviewDay,
        };
        const only = { ...emptyContent(patientId), plans: [plan] };
        await store.putPatient({ ...row, content: mergeContent(row.content, only) });
        await note(store, 'planSigned', patientId, `v${plan.version}, ${author}`);
        return plan;
      });
    },
    async setPassport(patientId, passport) {
      await change(
        patientId,
        'passportChosen',
        ({ content }) => ({ content: { ...content, passports: [passport] } }),
        passport.kitName,
      );
    },
    async write(patientId, text) {
      const message = { messageId: createSessionId(), from: 'clinic', text, writtenAtUtc: nowUtc() } as const;
      const only = { ...emptyContent(patientId), messages: [message] };
      await change(patientId, 'messageWritten', (row) => ({ content: mergeContent(row.content, only) }));
    },
    async addNote(patientId, text) {
      const written = { noteId: createSessionId(), text, writtenAtUtc: nowUtc() };
      await change(patientId, 'noteWritten', ({ notes = [] }) => ({ notes: [...notes, written] }));
    },
    async saveFile(patientId) {
      const { bytes, name } = await handOver(patientId);
      saveAs(bytes, name, HAND_OVER_FILE_ENDING);
    },
    erase: (patientId) =>
      door.behind(async (store) => {
        await store.erasePatient(patientId, ({ identifier }) => isNameOf(patientId, identifier));
        await note(store, 'patientErased', patientId);
      }),
    draft: (patientId, kind) => door.behind((store) => store.draft(`${patientId} ${kind}`)),
    keepDraft: (patientId, kind, text) =>
      door.behind((store) => store.keepDraft(`${patientId} ${kind}`, text)),
    audit: () =>
      door.behind(async (store) => {
        const entries = await store.audit();
        return { entries, broken: await brokenLinks(entries, sha256) };
      }),
    exportAudit: (entries) =>
      door.behind(async (store) => {
        saveTable(auditTable(entries), 'thora-clinic-log');
        await note(store, 'exported', null, `log: ${entries.length}`);
      }),
    today: () => dayOf(nowUtc()),
    dayOf,
  };
}

const cryptoOf = (own: ClinicIdentityRow) => createHandOverCrypto(own, own.card.agreeKey);

async function identityOf(store: ClinicStore): Promise<ClinicIdentityRow> {
  const own = await store.identity();
  if (own === null) throw new Error('This clinic has no name and no keys yet.');
  return own;
}

async function patientRow(store: ClinicStore, patientId: string): Promise<ClinicPatientRow> {
  const row = await store.patient(patientId);
  if (row === null) throw new Error('This patient is not on this device.');
  return row;
}

/** A card, or a file of results: checked whole before the first of it is kept. */
async function takeFile(
  store: ClinicStore,
  patientId: string,
  fileName: string,
  bytes: Uint8Array,
): Promise<TakenByClinic> {
  const own = await identityOf(store);
  const crypto = cryptoOf(own);
  const row = await patientRow(store, patientId);
  if (isCardFile(bytes)) {
    const { card, patientId: theirs } = await readCard(bytes, fileName, 'patient', crypto);
    if (theirs !== patientId)
      throw new HandOverError('forSomeoneElse', fileName, 'patientId', 'is another patient');
    // A card that was compared is not exchanged by a file that somebody opens.
    const isSame = row.card?.signKey === card.signKey && row.card.agreeKey === card.agreeKey;
    // Who has new keys counts their files from one again.
    const counts = isSame ? {} : { lastSequence: 0, takenFileIds: [], ...readAnew(row) };
    // Nothing goes out before the new code is compared, and what waited neither.
    if (!isSame) await store.forgetSent(({ identifier }) => isNameOf(patientId, identifier));
    await store.putPatient({ ...row, ...counts, card, isConfirmed: row.isConfirmed && isSame });
    return { kind: 'card' };
  }
  if (row.card === null || !row.isConfirmed)
    throw new HandOverError('unknownSender', fileName, 'fromId', 'is not paired with this clinic yet');
  const { head, content, clockAheadMs } = await readHandOver(bytes, fileName, {
    partyId: own.card.partyId,
    crypto,
    peer: row.card,
    patientId,
    lastSequence: row.lastSequence,
    takenFileIds: row.takenFileIds,
    nowUtcMs: Date.now(),
    toUtcMs: Date.parse,
  });
  const known = new Set(row.content.journal.map(({ entryId }) => entryId));
  await store.putPatient({
    ...row,
    content: mergeContent(row.content, content),
    lastSequence: head.sequence,
    takenFileIds: withFileId(row.takenFileIds, head.fileId),
    lastTakenAtUtc: nowUtc(),
    lastWrittenAtUtc: head.writtenAtUtc,
  });
  const newEntryCount = content.journal.filter(({ entryId }) => !known.has(entryId)).length;
  return { kind: 'results', newEntryCount, clockAheadMs };
}

/** What new keys signed may lie at the server for long: all of it is read again. */
function readAnew({ server }: ClinicPatientRow): Pick<ClinicPatientRow, 'server'> {
  return server === undefined ? {} : { server: { baseUrl: server.baseUrl, number: server.number } };
}

function dayOf(utc: string): number {
  const date = new Date(utc);
  return Math.floor((date.getTime() - date.getTimezoneOffset() * MS_PER_MINUTE) / MS_PER_DAY);
}
