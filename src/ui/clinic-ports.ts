import type { CareMoment } from '../core/care/care-journal.ts';
import type { ClinicPlan } from '../core/care/clinic/clinic-plan.ts';
import type { PlanBody } from '../core/care/clinic/plan-templates.ts';
import type { AuditEntry, BrokenLink } from '../core/recording/audit-chain.ts';
import type { HandOverContent } from '../core/recording/clinic-record.ts';
import type { KitPassport } from '../core/recording/kit-passport.ts';

/** The ports between the screens and what a clinic and its patients keep of each other; fetched when a page asks. */

/** One patient as the clinic knows them. */
export interface ClinicPatient {
  readonly patientId: string;
  readonly name: string;
  /** 'invited': no card yet; 'compare': both cards are there, and nobody compared the code; 'paired'. */
  readonly pairing: 'invited' | 'compare' | 'paired';
  /** Null before both cards are there. */
  readonly code: string | null;
  readonly lastTakenAtUtc: string | null;
  /** Until when their files tell, by their clock; null: no file came yet. */
  readonly told: CareMoment | null;
  /** Oldest first. The patient never gets them. */
  readonly notes: readonly ClinicNote[];
  /** That were opened here; newest first. */
  readonly recordings: readonly ClinicRecording[];
  readonly content: HandOverContent;
}

export interface ClinicRecording {
  readonly sessionId: string;
  readonly startedAtUtc: string;
  /** The patient's own files name this session; false: somebody at the clinic said that it is theirs. */
  readonly isNamed: boolean;
}

export interface ClinicNote {
  readonly noteId: string;
  readonly text: string;
  readonly writtenAtUtc: string;
}

/** What a clinic does for its patients, with files. Rejects with HandOverError where a file is refused: nothing is kept then. */
export interface ClinicDesk {
  /** Who gave their name in this tab: what is done is written down under it, and plans are signed with it. */
  who(): string | null;
  /** Of this clinic; null before it has one, and no keys. */
  name(): Promise<string | null>;
  setName(name: string): Promise<void>;
  list(): Promise<readonly ClinicPatient[]>;
  read(patientId: string): Promise<ClinicPatient | null>;
  /** Resolves with the id. @param patientId where a clinic gave one before; rejects where it is on this device */
  add(name: string, patientId?: string): Promise<string>;
  saveInvitation(patientId: string): Promise<void>;
  /** The same files as bytes, for a code. */
  invitationFile(patientId: string): Promise<Uint8Array>;
  handOverFile(patientId: string): Promise<Uint8Array>;
  /** The patient's card, or their results. */
  openFile(patientId: string, file: File): Promise<TakenByClinic>;
  /**
   * A recording that the patient exported, to be replayed. One that the files of another patient name is refused; one that no
   * file names is opened only where somebody says whose it is. Rejects with RecordingError where it is none.
   */
  openRecording(patientId: string, file: File, isSaidTheirs: boolean): Promise<'opened' | 'notNamed'>;
  /**
   * Hands the browser one ZIP to keep: this page, the record as FHIR, and the orientations of the recordings.
   *
   * @param page a whole HTML document
   * @returns how many recordings hold nothing that could be written
   */
  saveLeaveBehind(patientId: string, page: string): Promise<{ readonly skippedRecordings: number }>;
  /** @param code that was compared. Rejects with HandOverError where it is another by now */
  confirmCode(patientId: string, code: string): Promise<void>;
  /** Adds the next version to the patient's record. Rejects without an author, who is known in this tab from then on; resolves with null where another version than `onVersion` holds by now. */
  sign(
    patientId: string,
    body: PlanBody,
    signing: { readonly author: string; readonly reviewDay: number; readonly onVersion: number },
  ): Promise<ClinicPlan | null>;
  setPassport(patientId: string, passport: KitPassport): Promise<void>;
  write(patientId: string, text: string): Promise<void>;
  /** For the clinic itself. */
  addNote(patientId: string, text: string): Promise<void>;
  /** Hands everything for this patient to the browser as a download. */
  saveFile(patientId: string): Promise<void>;
  /** Everything of this patient, from this device, for good. */
  erase(patientId: string): Promise<void>;
  /** What was being written when the door closed; null: nothing. */
  draft(patientId: string, kind: DraftKind): Promise<string | null>;
  /** @param text null: it was sent, or given up */
  keepDraft(patientId: string, kind: DraftKind, text: string | null): Promise<void>;
  /** Who did what behind this door, by order, and where the log is not as it was written. */
  audit(): Promise<{ readonly entries: readonly AuditEntry[]; readonly broken: readonly BrokenLink[] }>;
  /** Hands these entries to the browser as a table. */
  exportAudit(entries: readonly AuditEntry[]): Promise<void>;
  /** Days since 1970-01-01 where this device is. */
  today(): number;
  /** The day of a time, where this device is. */
  dayOf(utc: string): number;
}

/** All of the clinic on this device in one sealed file. Rejects with BackupError or StorageError. */
export interface ClinicBackups {
  /** Hands it to the browser as a download. */
  write(passphrase: string): Promise<void>;
  /** Lays in what it holds; nothing that is here is lost, and nothing is kept of a file that is refused. */
  restore(
    file: File,
    passphrase: string,
  ): Promise<{
    readonly patientCount: number;
    /** The keys of before are not here: patients trust those alone. */
    readonly mustPairAnew: boolean;
  }>;
}

export type DraftKind = 'plan' | 'message' | 'note' | 'contact';

export type TakenByClinic =
  | { readonly kind: 'card' }
  | { readonly kind: 'results'; readonly newEntryCount: number; readonly clockAheadMs: number };

/** The person's end. */
export interface ClinicLink {
  look(): Promise<ClinicLinkView | null>;
  /** Reads a file of the clinic and keeps nothing before {@link accept}. */
  openFile(file: File): Promise<FromClinic>;
  /** Keeps what was opened last. */
  accept(): Promise<void>;
  saveCard(): Promise<void>;
  /** The same as bytes, for a code. */
  cardFile(): Promise<Uint8Array>;
  /** Follows the clinic's plan no longer; the clinic hears of it with the next results. */
  stopFollowing(): Promise<void>;
  /** @param code that was compared. Rejects with HandOverError where it is another by now */
  confirmCode(code: string): Promise<void>;
  write(text: string): Promise<void>;
  /** Results and messages for the clinic, as a download. */
  saveResults(): Promise<void>;
}

export interface ClinicLinkView {
  readonly clinicName: string;
  readonly code: string;
  readonly isConfirmed: boolean;
}

export type FromClinic =
  | { readonly kind: 'invitation'; readonly clinicName: string; readonly patientName: string }
  | {
      readonly kind: 'handOver';
      readonly clinicName: string;
      /** Null where the file has none that is newer than the one that holds. */
      readonly plan: ClinicPlan | null;
      readonly before: ClinicPlan | null;
      readonly newMessageCount: number;
      readonly passportCount: number;
      readonly clockAheadMs: number;
    };
