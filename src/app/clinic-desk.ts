import { createHandOverCrypto, createKeys, publicKeys, sha256 } from '../adapters/hand-over/web-crypto.ts';
import {
  type ClinicIdentityRow,
  type ClinicPatientRow,
  createClinicDatabase,
} from '../adapters/session-log/clinic-database.ts';
import { emptyContent, mergeContent, newestPlan, planDigest } from '../core/recording/clinic-record.ts';
import { HAND_OVER_FILE_ENDING, readHandOver, writeHandOver } from '../core/recording/hand-over.ts';
import { HandOverError } from '../core/recording/hand-over-error.ts';
import { CARD_FILE_ENDING, pairCode, readCard, writeCard } from '../core/recording/party-card.ts';
import type { ClinicDesk, ClinicPatient } from '../ui/clinic-ports.ts';
import { bytesOf, isCardFile, nowUtc, saveAs, withFileId } from './clinic-files.ts';
import { createSessionId } from './session-id.ts';

const MS_PER_MINUTE = 60_000;
const MS_PER_DAY = 86_400_000;

/** A clinic's patients on this device, and the files to and from them. */
export function createClinicDesk(): ClinicDesk {
  const database = createClinicDatabase();

  const identity = async (): Promise<ClinicIdentityRow> => {
    const row = await database.identity.get('own');
    if (row === undefined) throw new Error('This clinic has no name and no keys yet.');
    return row;
  };
  const cryptoOf = (own: ClinicIdentityRow) => createHandOverCrypto(own, own.card.agreeKey);
  const rowOf = async (patientId: string): Promise<ClinicPatientRow> => {
    const row = await database.patients.get(patientId);
    if (row === undefined) throw new Error('This patient is not on this device.');
    return row;
  };
  /** Reads and writes in one transaction, so that two tabs lose nothing of each other. */
  const change = (patientId: string, next: (row: ClinicPatientRow) => Partial<ClinicPatientRow>) =>
    database.transaction('rw', database.patients, async () => {
      const row = await rowOf(patientId);
      const changed = { ...row, ...next(row) };
      await database.patients.put(changed);
      return changed;
    });
  const describe = async (row: ClinicPatientRow): Promise<ClinicPatient> => {
    const { patientId, name, card, isConfirmed, lastTakenAtUtc, notes = [], content } = row;
    const writtenAtUtc = row.lastWrittenAtUtc ?? lastTakenAtUtc;
    const told = writtenAtUtc === null ? null : { utcMs: Date.parse(writtenAtUtc), day: dayOf(writtenAtUtc) };
    const pairing = card === null ? 'invited' : isConfirmed ? 'paired' : 'compare';
    const code = card === null ? null : await pairCode((await identity()).card, card, patientId, sha256);
    return { patientId, name, pairing, code, lastTakenAtUtc, told, notes, content };
  };

  return {
    name: async () => (await database.identity.get('own'))?.card.name ?? null,
    async setName(name) {
      const keys = await createKeys(false);
      const card = { partyId: createSessionId(), role: 'clinic', name, ...(await publicKeys(keys)) } as const;
      const { sign, agree } = keys;
      await database.identity.add({
        identityId: 'own',
        card,
        signKey: sign.privateKey,
        agreeKey: agree.privateKey,
      });
    },
    list: async () =>
      Promise.all((await database.patients.orderBy('createdAtUtc').reverse().toArray()).map(describe)),
    async read(patientId) {
      const row = await database.patients.get(patientId);
      return row === undefined ? null : describe(row);
    },
    async add(name) {
      const patientId = createSessionId();
      await database.patients.add({
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
      return patientId;
    },
    async saveInvitation(patientId) {
      const own = await identity();
      const { name } = await rowOf(patientId);
      const content = { card: own.card, patientId, patientName: name };
      saveAs(await writeCard(content, cryptoOf(own)), `${own.card.name}-${name}`, CARD_FILE_ENDING);
    },
    async openFile(patientId, file) {
      const own = await identity();
      const crypto = cryptoOf(own);
      const bytes = await bytesOf(file);
      const row = await rowOf(patientId);
      if (isCardFile(bytes)) {
        const { card, patientId: theirs } = await readCard(bytes, file.name, 'patient', crypto);
        if (theirs !== patientId)
          throw new HandOverError('forSomeoneElse', file.name, 'patientId', 'is another patient');
        // A card that was compared is not exchanged by a file that somebody opens.
        const isSame = row.card?.signKey === card.signKey && row.card.agreeKey === card.agreeKey;
        await change(patientId, ({ isConfirmed }) => ({ card, isConfirmed: isConfirmed && isSame }));
        return { kind: 'card' };
      }
      if (row.card === null || !row.isConfirmed)
        throw new HandOverError('unknownSender', file.name, 'fromId', 'is not paired with this clinic yet');
      const { head, content, clockAheadMs } = await readHandOver(bytes, file.name, {
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
      await change(patientId, (now) => ({
        content: mergeContent(now.content, content),
        // Two tabs may have read two files at once: the later one holds.
        lastSequence: Math.max(now.lastSequence, head.sequence),
        takenFileIds: withFileId(now.takenFileIds, head.fileId),
        lastTakenAtUtc: nowUtc(),
        lastWrittenAtUtc: head.writtenAtUtc,
      }));
      const newEntryCount = content.journal.filter(({ entryId }) => !known.has(entryId)).length;
      return { kind: 'results', newEntryCount, clockAheadMs };
    },
    async confirmCode(patientId) {
      await change(patientId, () => ({ isConfirmed: true }));
    },
    async sign(patientId, body, author, reviewDay) {
      const { content, name } = await rowOf(patientId);
      const before = newestPlan(content.plans);
      const plan = {
        ...body,
        planId: before?.planId ?? createSessionId(),
        version: (before?.version ?? 0) + 1,
        previousDigest: before === null ? null : await planDigest(before, sha256),
        patientId,
        patientName: name,
        author,
        madeAtUtc: nowUtc(),
        reviewDay,
      };
      const only = { ...emptyContent(patientId), plans: [plan] };
      await change(patientId, (row) => ({ content: mergeContent(row.content, only) }));
      return plan;
    },
    async setPassport(patientId, passport) {
      await change(patientId, ({ content }) => ({ content: { ...content, passports: [passport] } }));
    },
    async write(patientId, text) {
      const message = { messageId: createSessionId(), from: 'clinic', text, writtenAtUtc: nowUtc() } as const;
      const only = { ...emptyContent(patientId), messages: [message] };
      await change(patientId, (row) => ({ content: mergeContent(row.content, only) }));
    },
    async addNote(patientId, text) {
      const note = { noteId: createSessionId(), text, writtenAtUtc: nowUtc() };
      await change(patientId, ({ notes = [] }) => ({ notes: [...notes, note] }));
    },
    async saveFile(patientId) {
      const own = await identity();
      const { card, content, sentSequence, name } = await change(patientId, (row) => ({
        sentSequence: row.sentSequence + 1,
      }));
      if (card === null) throw new Error('This patient is not paired yet.');
      const head = {
        fileId: createSessionId(),
        fromId: own.card.partyId,
        toId: card.partyId,
        sequence: sentSequence,
        writtenAtUtc: nowUtc(),
      };
      const messages = content.messages.filter(({ from }) => from === 'clinic');
      const sent = { ...content, messages, journal: [] };
      saveAs(
        await writeHandOver(head, sent, card, cryptoOf(own)),
        `${own.card.name}-${name}`,
        HAND_OVER_FILE_ENDING,
      );
    },
    today: () => dayOf(nowUtc()),
    dayOf,
  };
}

function dayOf(utc: string): number {
  const date = new Date(utc);
  return Math.floor((date.getTime() - date.getTimezoneOffset() * MS_PER_MINUTE) / MS_PER_DAY);
}
