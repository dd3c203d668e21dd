import {
  createHandOverCrypto,
  createKeys,
  exportKeys,
  importKeys,
  publicKeys,
  sha256,
  verifySignature,
} from '../adapters/hand-over/web-crypto.ts';
import type { PeopleKeeper } from '../adapters/session-log/people-keeper.ts';
import type { ClinicLinkRow } from '../adapters/session-log/session-database.ts';
import { followedPlan } from '../core/care/clinic/followed-plan.ts';
import { entriesOf } from '../core/care/care-journal.ts';
import type { ClinicPlan } from '../core/care/clinic/clinic-plan.ts';
import { canonical } from '../core/recording/canonical-json.ts';
import {
  emptyContent,
  type HandOverContent,
  newestPlan,
  planDigest,
} from '../core/recording/clinic-record.ts';
import {
  HAND_OVER_FILE_ENDING,
  type HandOverHead,
  readHandOver,
  writeHandOver,
} from '../core/recording/hand-over.ts';
import { HandOverError } from '../core/recording/hand-over-error.ts';
import type { KeptJournalEntry } from '../core/recording/journal-schema.ts';
import {
  CARD_FILE_ENDING,
  type CardFile,
  pairCode,
  readCard,
  writeCard,
} from '../core/recording/party-card.ts';
import { readPassport, writePassport } from '../core/recording/passport-file.ts';
import type { ClinicLink, FromClinic } from '../ui/clinic-ports.ts';
import type { CareJournal } from '../ui/services.ts';
import { bytesOf, isCardFile, nowUtc, saveAs, withFileId } from './clinic-files.ts';
import { createSessionId } from './session-id.ts';

type Opened =
  | { readonly kind: 'card'; readonly file: CardFile }
  | {
      readonly kind: 'handOver';
      /** Its name; '' where it came from the clinic's server. */
      readonly file: string;
      readonly link: ClinicLinkRow;
      readonly content: HandOverContent;
      /** Of a file; null: from the server, which counts nothing. */
      readonly head: HandOverHead | null;
    };

/** The link with its other door: what came from a clinic's server is shown and taken in as a file is. */
export interface ClinicLinkWithServer extends ClinicLink {
  openCard(card: CardFile): FromClinic;
  /** @returns null where nothing in it is new */
  openContent(content: HandOverContent): Promise<FromClinic | null>;
  /** What the person sends: their messages and their journal. */
  ownContent(): Promise<HandOverContent>;
  /** The plans that were taken so far, oldest first. */
  takenPlans(): Promise<readonly ClinicPlan[]>;
}

/** The chosen person's link to their clinic, and the files both ways. */
export function createClinicLink(people: PeopleKeeper, journal: CareJournal): ClinicLinkWithServer {
  let opened: Opened | null = null;
  // What one person has opened is not for the next.
  people.onChange(() => (opened = null));

  const keeper = async () => (await people.storage()).clinicLink;
  const entries = async (): Promise<readonly KeptJournalEntry[]> => (await people.storage()).journal.read();
  const linked = async (): Promise<ClinicLinkRow> => {
    const link = await (await keeper()).read();
    if (link === null) throw new Error('There is no clinic yet.');
    return link;
  };
  const cryptoOf = async ({ signKey, agreeKey, card }: ClinicLinkRow) =>
    createHandOverCrypto(await importKeys({ sign: signKey, agree: agreeKey }), card.agreeKey);

  const pair = async ({ card: clinic, patientId, patientName }: CardFile): Promise<void> => {
    const keys = await createKeys(true);
    const stored = await exportKeys(keys);
    const card = {
      partyId: patientId,
      role: 'patient',
      name: patientName,
      ...(await publicKeys(keys)),
    } as const;
    const { clinicLink, outbox } = await people.storage();
    // Nothing goes out before the new code is compared, and what waited neither.
    await outbox.clear();
    await clinicLink.keep({
      linkId: 'clinic',
      card,
      signKey: stored.sign,
      agreeKey: stored.agree,
      clinic,
      patientId,
      isConfirmed: false,
      sentSequence: 0,
      lastSequence: 0,
      takenFileIds: [],
    });
  };

  const newIn = async (content: HandOverContent) => {
    const known = await entries();
    const before = followedPlan(known);
    const newest = newestPlan(content.plans);
    const digest = newest === null ? null : await planDigest(newest, sha256);
    const ids = new Set(entriesOf(known, 'clinicMessage').map(({ event }) => event.messageId));
    const kept = new Set((await (await people.storage()).passports.list()).map(canonical));
    return {
      before: before?.plan ?? null,
      plan: newest !== null && digest !== null && digest !== before?.digest ? { newest, digest } : null,
      messages: content.messages.filter(({ messageId }) => !ids.has(messageId)),
      passports: content.passports.filter((passport) => !kept.has(canonical(passport))),
      /** A plan that was taken once and then left is not offered anew by a server. */
      wasTaken: entriesOf(known, 'clinicPlanTaken').some(({ event }) => event.digest === digest),
    };
  };

  const show = async (clinicName: string, content: HandOverContent, clockAheadMs: number) => {
    const { before, plan, messages, passports } = await newIn(content);
    return {
      kind: 'handOver',
      clinicName,
      plan: plan?.newest ?? null,
      before,
      newMessageCount: messages.length,
      passportCount: passports.length,
      clockAheadMs,
    } as const;
  };

  const take = async ({
    file,
    link: { clinic },
    content,
    head,
  }: Extract<Opened, { kind: 'handOver' }>): Promise<void> => {
    // Another tab may have taken a later file, or paired anew, since this one was opened.
    const link = await linked();
    if (link.clinic.partyId !== clinic.partyId)
      throw new HandOverError('unknownSender', file, 'fromId', 'is not paired with this device any more');
    if (head !== null && head.sequence <= link.lastSequence)
      throw new HandOverError('olderFile', file, 'sequence', 'is older than a file that was taken since');
    const { plan, messages, passports } = await newIn(content);
    for (const passport of passports) await (await people.storage()).passports.keep(passport);
    for (const message of messages) await journal.append({ kind: 'clinicMessage', ...message });
    if (plan !== null)
      await journal.append({
        kind: 'clinicPlanTaken',
        plan: plan.newest,
        digest: plan.digest,
        clinicName: link.clinic.name,
      });
    if (head === null) return;
    // Last: what was cut off before can be taken again, and adds nothing twice.
    const { sequence, fileId } = head;
    const takenFileIds = withFileId(link.takenFileIds, fileId);
    await (await keeper()).keep({ ...(await linked()), lastSequence: sequence, takenFileIds });
  };

  const openCard = (card: CardFile): FromClinic => {
    opened = { kind: 'card', file: card };
    return { kind: 'invitation', clinicName: card.card.name, patientName: card.patientName };
  };

  const cardBytes = async (): Promise<Uint8Array> => {
    const link = await linked();
    const { card, patientId } = link;
    return writeCard({ card, patientId, patientName: card.name }, await cryptoOf(link));
  };

  const ownContent = async (): Promise<HandOverContent> => {
    const { patientId } = await linked();
    const all = await entries();
    const messages = entriesOf(all, 'clinicMessage').flatMap(({ event: { kind: _kind, ...message } }) =>
      message.from === 'patient' ? [message] : [],
    );
    return { ...emptyContent(patientId), messages, journal: all };
  };

  return {
    async look() {
      const link = await (await keeper()).read();
      if (link === null) return null;
      const code = await pairCode(link.clinic, link.card, link.patientId, sha256);
      return { clinicName: link.clinic.name, code, isConfirmed: link.isConfirmed };
    },
    async openFile(file) {
      opened = null;
      const bytes = await bytesOf(file);
      if (isCardFile(bytes)) {
        const card = await readCard(bytes, file.name, 'clinic', { verify: verifySignature });
        return openCard(card);
      }
      const link = await (await keeper()).read();
      if (link?.isConfirmed !== true)
        throw new HandOverError('unknownSender', file.name, 'fromId', 'is not paired with this device yet');
      const read = await readHandOver(bytes, file.name, {
        partyId: link.card.partyId,
        crypto: await cryptoOf(link),
        peer: link.clinic,
        patientId: link.patientId,
        lastSequence: link.lastSequence,
        takenFileIds: link.takenFileIds,
        nowUtcMs: Date.now(),
        toUtcMs: Date.parse,
      });
      // By its own seal as well: a kit is trusted for that alone.
      for (const passport of read.content.passports)
        await readPassport(writePassport(passport), file.name, sha256);
      opened = { kind: 'handOver', file: file.name, link, content: read.content, head: read.head };
      return show(link.clinic.name, read.content, read.clockAheadMs);
    },
    openCard,
    async openContent(content) {
      const link = await linked();
      const { plan, messages, passports, wasTaken } = await newIn(content);
      const isNewPlan = plan !== null && !wasTaken;
      if (!isNewPlan && messages.length === 0 && passports.length === 0) return null;
      const fresh = isNewPlan ? content : { ...content, plans: [] };
      opened = { kind: 'handOver', file: '', link, content: fresh, head: null };
      return show(link.clinic.name, fresh, 0);
    },
    ownContent,
    takenPlans: async () => entriesOf(await entries(), 'clinicPlanTaken').map(({ event }) => event.plan),
    async accept() {
      const accepted = opened;
      opened = null;
      if (accepted?.kind === 'card') await pair(accepted.file);
      if (accepted?.kind === 'handOver') await take(accepted);
    },
    async saveCard() {
      saveAs(await cardBytes(), (await linked()).card.name, CARD_FILE_ENDING);
    },
    cardFile: cardBytes,
    async stopFollowing() {
      const followed = followedPlan(await entries());
      if (followed === null) return;
      const { planId, version } = followed.plan;
      await journal.append({ kind: 'clinicPlanLeft', planId, version });
    },
    async confirmCode(code) {
      const link = await linked();
      if ((await pairCode(link.clinic, link.card, link.patientId, sha256)) !== code)
        throw new HandOverError('codeChanged', link.clinic.name, '', 'the code is another by now');
      await (await keeper()).keep({ ...link, isConfirmed: true });
    },
    async write(text) {
      await journal.append({
        kind: 'clinicMessage',
        messageId: createSessionId(),
        from: 'patient',
        text,
        writtenAtUtc: nowUtc(),
      });
    },
    async saveResults() {
      const link = await linked();
      const sequence = link.sentSequence + 1;
      await (await keeper()).keep({ ...link, sentSequence: sequence });
      const head = {
        fileId: createSessionId(),
        fromId: link.card.partyId,
        toId: link.clinic.partyId,
        sequence,
        writtenAtUtc: nowUtc(),
      };
      const content = await ownContent();
      saveAs(
        await writeHandOver(head, content, link.clinic, await cryptoOf(link)),
        link.card.name,
        HAND_OVER_FILE_ENDING,
      );
    },
  };
}
