import type { GuidedStep } from '../core/bench/bench-step.ts';
import type { ExportFormat } from '../core/export/export-session.ts';
import type { PostureName } from '../core/body/posture-name.ts';
import type { Payer } from '../core/care/coverage/coverage-search.ts';
import type { SegmentRole } from '../core/body/segment-role.ts';
import type { CareEvent, CareMoment, JournalEntry } from '../core/care/care-journal.ts';
import type { LibraryExerciseId } from '../core/exercise/exercise-library.ts';
import type { ExerciseId } from '../core/exercise/motion-definition.ts';
import type { SensorDescription } from '../core/packet/packet.ts';
import type { PipelineCommand } from '../core/pipeline/pipeline-command.ts';
import type { PipelineFact } from '../core/pipeline/pipeline-fact.ts';
import type { FaultName } from '../core/simulation/faults.ts';
import type { SimulatedFamily } from '../core/simulation/packet-writer.ts';
import type { SessionResult } from '../core/pipeline/session-result.ts';
import type { DeviceHealth } from '../core/device/device-health.ts';
import type { FamilyCaution, FamilyEvidence } from '../core/device/device-family.ts';
import type { PacketSource, SensorPacket } from '../core/packet/packet.ts';
import type { CheckedUnit, KitPassport } from '../core/recording/kit-passport.ts';
import type { ClinicBackups, ClinicDesk, ClinicLink } from './clinic-ports.ts';
import type { ClinicServer, PersonServer, ServerArrivals } from './server-ports.ts';
import type { BenchFault } from '../core/simulation/virtual-bench.ts';
import type { SensorError } from '../core/packet/sensor-error.ts';

/**
 * The ports through which the screens reach the world. `app/services.ts` supplies them; screens never import an
 * adapter. Tests supply their own.
 */
export interface ThoraServices {
  readonly kit: KitConnector;
  readonly session: LiveSession;
  readonly log: SessionLog;
  readonly files: FileGate;
  readonly recomputing: Recomputing;
  readonly avatar: AvatarLoader;
  readonly people: People;
  /** Fetched when its door is opened. */
  loadDoorLock(): Promise<DoorLock>;
  readonly places: SensorPlaces;
  readonly guardian: Guardian;
  readonly journal: CareJournal;
  /** Fetched when a page asks for kits. */
  loadPassports(): Promise<KitPassports>;
  /** Fetched when who looks after patients, or a patient, asks for it. */
  loadClinicDesk(): Promise<ClinicDesk>;
  loadClinicBackups(): Promise<ClinicBackups>;
  loadClinicLink(): Promise<ClinicLink>;
  readonly loadPersonServer: () => Promise<PersonServer>;
  readonly loadClinicServer: () => Promise<ClinicServer>;
  readonly loadServerArrivals: () => Promise<ServerArrivals>;
  /** The directory that came with the app. Rejects where it cannot be read or is not one. */
  loadPayers(): Promise<readonly Payer[]>;
}

/** Bench checks of the chosen person's kits. Rejects with StorageError. */
export interface KitPassports {
  /** Newest first. */
  list(): Promise<readonly KitPassport[]>;
  /** Seals what a finished check found, and keeps it. */
  keep(check: {
    readonly kitName: string;
    readonly checkedBy: string;
    readonly units: readonly CheckedUnit[];
  }): Promise<KitPassport>;
  remove(passport: KitPassport): Promise<void>;
  /** Hands it to the browser as a download. */
  exportFile(passport: KitPassport): void;
  /** The same as bytes, for a code. */
  fileOf(passport: KitPassport): Uint8Array;
  /** Reads, checks and keeps one; nothing is kept when it is refused (rejects with PassportError). */
  importFile(file: File): Promise<KitPassport>;
  /** By the clock of this device, as passports tell the time. */
  nowUtc(): string;
}

/** What the chosen person said, did and was given: entries are added, never changed. Rejects with StorageError. */
export interface CareJournal {
  /** In the order of writing. */
  read(): Promise<readonly JournalEntry[]>;
  /**
   * Resolves once the disk holds it.
   *
   * @param day what it belongs to, where that is not the day that it is written on
   */
  append(event: CareEvent, day?: number): Promise<JournalEntry>;
  /** By the clock of this device. */
  now(): CareMoment;
  /** Of entries, from another tab too. Returns the unsubscribe. */
  onChange(listener: () => void): () => void;
}

/** Something that was done to what is kept: that it was, and when; no names. */
export interface DataEvent {
  readonly atUtc: string;
  readonly event: AuditEvent;
}

export type AuditEvent =
  | 'personAdded'
  | 'personErased'
  | 'lockSet'
  | 'lockChanged'
  | 'lockRemoved'
  | 'doorLockSet'
  | 'doorLockChanged'
  | 'doorLockRemoved'
  | 'doorGivenUp'
  | 'backupWritten'
  | 'backupChecked'
  | 'backupRestored'
  | 'packetsRemoved';

/** How the chosen person's data stand. */
export interface DataView {
  /** Whether the browser promised never to clear them by itself; null where it does not say. */
  readonly isKept: boolean | null;
  readonly sessionCount: number;
  readonly usedBytes: number;
  /** How many more sessions like those so far fit; null where the browser does not say. */
  readonly sessionsLeft: number | null;
  readonly backup: {
    readonly writtenAtUtc: string;
    /** When a backup was last opened again and compared; null: never. */
    readonly checkedAtUtc: string | null;
    /** Sessions that it does not hold. */
    readonly newerCount: number;
  } | null;
  readonly keepPacketsOf: number | null;
  /** Recordings that the rule would remove and that no checked backup holds: they stay until somebody says so. */
  readonly unsafeToRemoveCount: number;
  /** Sessions whose recordings were removed: only a backup of before holds them. */
  readonly onlyResultsCount: number;
  /** Of this device, newest first. */
  readonly events: readonly DataEvent[];
}

/** What a backup holds against what the store holds. */
export interface BackupComparison {
  readonly createdAtUtc: string;
  /** Sessions that are in both, to the byte. */
  readonly sameIds: readonly string[];
  readonly differentIds: readonly string[];
  readonly onlyInBackupCount: number;
  readonly onlyInStoreCount: number;
  /** Entries of the care journal that the backup does not hold as they are here. */
  readonly newAnswerCount: number;
}

/** Looks after what one person has on this device. Backups reject with BackupError or StorageError. */
export interface Guardian {
  look(): Promise<DataView>;
  /** Asks the browser for its promise; resolves with the answer. */
  askToKeep(): Promise<boolean>;
  /** Hands one sealed file with everything to the browser as a download. @param onProgress share done, 0 to 1 */
  writeBackup(passphrase: string, onProgress: (share: number) => void): Promise<void>;
  /** Opens a backup and compares every session in it with what is here; stores nothing. */
  checkBackup(file: File, passphrase: string, onProgress: (share: number) => void): Promise<BackupComparison>;
  /** Adds what the backup holds and is not here; resolves with the count. */
  restoreBackup(file: File, passphrase: string, onProgress: (share: number) => void): Promise<number>;
  /** Keeps recordings of the newest sessions alone, null: of all. Results always stay. */
  keepPacketsOf(count: number | null): Promise<void>;
  /** Follows that rule, as far as a checked backup holds the recordings. */
  tidy(): Promise<void>;
  /** Removes what {@link DataView.unsafeToRemoveCount} counts. */
  removeUnsafePackets(): Promise<void>;
}

/** Why the store refused; `code` of a StorageError. */
export type StorageErrorCode =
  | 'sessionMissing'
  | 'sessionRunning'
  | 'personMissing'
  /** The data are sealed, and nobody has unlocked them. */
  | 'locked'
  /** Sealed data that their key does not open: changed from outside. */
  | 'damaged'
  /** Only the results of a session are left. */
  | 'packetsRemoved'
  | 'storageFull'
  | 'storageFailed';

/** Why a backup file cannot be used; `code` of a BackupError. Nothing of it was stored. */
export type BackupErrorCode =
  'notABackup' | 'wrongPassphrase' | 'cut' | 'damaged' | 'newerVersion' | 'fieldInvalid';

export interface Person {
  readonly personId: string;
  /** '' while nobody was asked: whoever is alone on a device needs no name. */
  readonly name: string;
  readonly hasPassphrase: boolean;
}

export type UnlockSecret =
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  /** From the paper. */
  | { readonly kind: 'code'; readonly code: string };

/** 'wait': too many were wrong, and it is too early for the next. */
export type UnlockAnswer = 'open' | 'wrong' | 'wait';

export type PeopleState =
  | { readonly kind: 'opening' }
  /** Written by a newer Thora: nothing is read or changed. */
  | { readonly kind: 'newerData' }
  | { readonly kind: 'choosing'; readonly people: readonly Person[] }
  /** What is theirs is sealed until the passphrase comes. */
  | {
      readonly kind: 'locked';
      readonly person: Person;
      readonly people: readonly Person[];
      readonly failedCount: number;
      /** Until the next try is taken, ms. */
      readonly waitMs: number;
    }
  | {
      readonly kind: 'ready';
      readonly person: Person;
      readonly people: readonly Person[];
      /** A passphrase that was being set or removed when the page ended; nothing is lost, and it is not done. */
      readonly unfinishedMove: 'set' | 'remove' | null;
    };

/** Who uses this device. Everything that the other ports store and read belongs to the person who is chosen. */
export interface People {
  state(): PeopleState;
  /** Returns the unsubscribe. */
  onChange(listener: () => void): () => void;
  /** Rejects with StorageError 'sessionRunning' while a session is recorded. */
  choose(personId: string): Promise<void>;
  /** Back to the choice; the same refusal. */
  leave(): Promise<void>;
  /** Adds somebody and chooses them. */
  add(name: string): Promise<void>;
  rename(personId: string, name: string): Promise<void>;
  /** Removes the chosen person with everything of them, for good. */
  erase(): Promise<void>;
  unlock(secret: UnlockSecret): Promise<UnlockAnswer>;
  /** Forgets the key; rejects with 'sessionRunning' while a session is recorded. */
  lock(): Promise<void>;
  /** Whether whoever is there knows the lock that is in force: asked before it is changed or removed. */
  confirm(secret: UnlockSecret): Promise<UnlockAnswer>;
  /** A new passphrase, not in force before {@link setPassphrase}. Resolves with the recovery code, which is shown this once. */
  preparePassphrase(passphrase: string): Promise<string>;
  /** Seals everything under what was prepared. @param onProgress share done, 0 to 1 */
  setPassphrase(onProgress: (share: number) => void): Promise<void>;
  /** Both reject with StorageError 'locked' where there is a lock that was not confirmed just before. */
  removePassphrase(onProgress: (share: number) => void): Promise<void>;
  /** Ends a {@link setPassphrase} or {@link removePassphrase} that was cut off. */
  continueMove(passphrase: string, onProgress: (share: number) => void): Promise<UnlockAnswer>;
  /** Leaves everything as it was before it. */
  giveUpMove(): Promise<void>;
}

export type DoorState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'none' }
  /** @see PeopleState */
  | { readonly kind: 'locked'; readonly waitMs: number }
  | { readonly kind: 'open' };

/** A passphrase on the door of who looks after patients, beside those of people. Changing and removing want {@link confirm} first. */
export interface DoorLock {
  state(): DoorState;
  /** Returns the unsubscribe. */
  onChange(listener: () => void): () => void;
  /** @param who the name that is given with it; what is done in this tab is written down under it */
  unlock(secret: UnlockSecret, who?: string): Promise<UnlockAnswer>;
  /** Who gave their name in this tab; null: nobody. */
  who(): string | null;
  introduce(who: string): void;
  /** Minutes without a touch after which the door closes. */
  idleMinutes(): number;
  setIdleMinutes(minutes: number): Promise<void>;
  lock(): Promise<void>;
  confirm(secret: UnlockSecret): Promise<UnlockAnswer>;
  /** A new passphrase, not in force before {@link set}. Resolves with the recovery code, which is shown this once. */
  prepare(passphrase: string): Promise<string>;
  /** Seals the patients under what was prepared. */
  set(): Promise<void>;
  remove(): Promise<void>;
  /** Deletes what lies behind it, and its lock: for who has lost the passphrase and the code. */
  giveUp(): Promise<void>;
}

/** Which sensor the chosen person last wore in each place. Never rejects. */
export interface SensorPlaces {
  known(): Promise<ReadonlyMap<SegmentRole, string>>;
  remember(role: SegmentRole, sensorId: string): Promise<void>;
}

export { SensorError } from '../core/packet/sensor-error.ts';

export interface ConnectedSensor {
  /** As it is asked for its samples now. */
  readonly description: SensorDescription;
  /** What its rate can be changed to; null where it has but one. */
  readonly rates: SensorRates | null;
  readonly source: PacketSource;
  /** As read when it was connected; null where the unit does not tell. */
  readonly batteryPercent: number | null;
  /** Newer readings, where the unit sends them; returns the unsubscribe. */
  onBattery?(listener: (percent: number) => void): () => void;
  /** What its family's layout was checked against; 'simulated' for the virtual kit. */
  readonly evidence: FamilyEvidence | 'simulated';
  readonly cautions: readonly FamilyCaution[];
  /** Blinks the unit's light; null when the family cannot. */
  identify: (() => Promise<void>) | null;
  /** Sets the heading of the vendor's own orientation to zero; null where it has none. Ours does not use it. */
  readonly resetHeading: (() => Promise<void>) | null;
  /** Whether units like it can follow one clock among themselves, see {@link KitConnector.shareClock}. */
  readonly canShareClock: boolean;
  /** What went wrong on the unit itself; null when it does not tell. */
  readonly readHealth: (() => Promise<DeviceHealth | null>) | null;
  /** The link fell (false) or is back (true); returns the unsubscribe. */
  onLinkChange(listener: (connected: boolean) => void): () => void;
  /** What goes wrong without anybody having asked for something; returns the unsubscribe. */
  onTrouble(listener: (error: SensorError) => void): () => void;
  disconnect(): Promise<void>;
}

export interface SensorRates {
  /** Samples a second. */
  readonly offeredHz: readonly number[];
  /** Ends the stream; the next start of the source asks for this rate, and the description says so already. */
  ask(rateHz: number): Promise<void>;
}

export interface KitConnector {
  /** What this browser can do, for the page that says so in words. */
  bluetoothAvailability(): Promise<'available' | 'unsupported' | 'off'>;
  /**
   * Opens the browser's chooser; needs a user gesture. Rejects with {@link SensorError}.
   * @param rateHz samples a second to ask for, where the sensor offers them; its usual rate without
   */
  connectBluetooth(sensorIndex: number, rateHz?: number): Promise<ConnectedSensor>;
  /**
   * Connects a sensor that this browser was let use before, without a chooser and without a gesture.
   * @returns null where the browser does not remember it, or it does not answer
   */
  reconnectBluetooth(sensorIndex: number, sensorId: string): Promise<ConnectedSensor | null>;
  /** Lets sensors that are connected go and connects them again in this order, without a chooser; link changes tell. */
  renewBluetooth(sensorIndexes: readonly number[]): Promise<void>;
  /** Has sensors follow the clock of the first of them; their links fall and come back. Rejects with {@link SensorError}. */
  shareClock(sensorIndexes: readonly number[]): Promise<void>;
  /** A simulated kit that performs what it is told; by the same door as the radio. */
  createVirtualKit(
    roles: readonly SegmentRole[],
    seed: number,
    options?: VirtualKitOptions,
  ): Promise<VirtualKit>;
  /** Fetched when it is asked for. */
  createVirtualBench(
    unitCount: number,
    seed: number,
    fault: BenchFault,
    onPacket: (packet: SensorPacket) => void,
  ): Promise<VirtualBenchKit>;
}

/** A simulated kit on a bench, with a hand that does what each step asks for. Its time runs faster than the window's. */
export interface VirtualBenchKit {
  readonly units: readonly {
    readonly description: SensorDescription;
    readonly batteryPercent: number | null;
  }[];
  /** Lays the kit as the step begins; at once. */
  prepare(step: GuidedStep): void;
  /** What the step asks for, from now on. */
  perform(step: GuidedStep): void;
  dispose(): void;
}

export interface VirtualKitOptions {
  readonly faults?: readonly FaultName[];
  /** Whose bytes its sensors send; the kit's own unless stated. */
  readonly family?: SimulatedFamily;
}

export interface VirtualKit {
  readonly sensors: readonly ConnectedSensor[];
  /** What the virtual person does next. */
  perform(action: VirtualAction): void;
  dispose(): void;
}

export type VirtualAction =
  | { readonly kind: 'lieOnTable' }
  | { readonly kind: 'standTall' }
  | { readonly kind: 'bow'; readonly repetitions: number }
  | { readonly kind: 'armRaise'; readonly repetitions: number; readonly side: 'left' | 'right' }
  | {
      readonly kind: 'takeStartPosture';
      readonly exerciseId: LibraryExerciseId;
      readonly side: 'left' | 'right' | null;
    }
  | {
      readonly kind: 'exercise';
      readonly exerciseId: ExerciseId;
      readonly side: 'left' | 'right' | null;
      readonly repetitions: number;
    };

/** Main-thread end of the pipeline worker. One session runs at a time. */
export interface LiveSession {
  /** Starts a new session (and its recording); resolves with its id once the worker answers. */
  start(options: { readonly simulated: boolean; readonly record: boolean }): Promise<string>;
  /** Attaches the sensor, subscribes to its source and forwards its packets. */
  attach(sensor: ConnectedSensor, role: SegmentRole | null): Promise<void>;
  command(command: PipelineCommand): void;
  onFact(listener: (fact: PipelineFact) => void): () => void;
  /** Newest values in the layout of LIVE_FRAME, or null before the first. Valid until the next animation frame: read, do not keep. */
  latestFrame(): Float64Array | null;
  /** Finishes and saves; resolves with the stored result. */
  finish(): Promise<SessionResult>;
  /** Leaves without finishing; what was recorded stays as an unfinished session. */
  abandon(): Promise<void>;
  /** Failures without a caller: storage full, worker lost. */
  onTrouble(listener: (trouble: SessionTrouble) => void): () => void;
}

export type SessionTrouble =
  | { readonly kind: 'workerLost' }
  /** `keepsResult`: what comes of the session is kept all the same. */
  | { readonly kind: 'storageFull'; readonly keepsResult: boolean }
  | { readonly kind: 'recordingElsewhere' }
  | { readonly kind: 'storageFailed'; readonly detail: string };

export interface StoredSession {
  readonly sessionId: string;
  readonly startedAtUtc: string;
  readonly durationS: number;
  readonly simulated: boolean;
  readonly state: 'finished' | 'unfinished' | 'imported';
  readonly roles: readonly SegmentRole[];
  /** What the screen showed. */
  readonly result: SessionResult | null;
  /** The same with the whole recording known; null until it was computed. */
  readonly report: SessionResult | null;
  /** What other engines said of it before, newest first. */
  readonly earlierReports: readonly SessionResult[];
  /** Why the person stopped, as recorded; null where they did not. Only `read` looks it up. */
  readonly stopReason: string | null;
}

/** Which sessions are wanted, newest first. */
export interface HistoryQuery {
  /** Continue below this one; null begins at the newest. */
  readonly after: HistoryPlace | null;
  /** Bounds of the start, ISO 8601 in UTC, both included; null is open. */
  readonly fromUtc: string | null;
  readonly toUtc: string | null;
  /** Rows to read. */
  readonly limit: number;
}

export interface HistoryPlace {
  readonly startedAtUtc: string;
  readonly sessionId: string;
}

export interface HistoryPage {
  readonly sessions: readonly StoredSession[];
  /** Where the next page begins; null at the end. */
  readonly next: HistoryPlace | null;
}

export interface SessionLog {
  /** All of them, newest first. */
  list(): Promise<readonly StoredSession[]>;
  /** Some of them, without reading the others. */
  page(query: HistoryQuery): Promise<HistoryPage>;
  read(sessionId: string): Promise<StoredSession | null>;
  /** Whether a session is being recorded in another tab of this browser; takes up to two seconds to say so. */
  isRecordedElsewhere(): Promise<boolean>;
  /** Deletes it; the function that is returned puts it back as it was, while this page lives. */
  remove(sessionId: string): Promise<() => Promise<void>>;
  /** Turns an unfinished session into a finished one by replaying what was saved. */
  recover(sessionId: string): Promise<StoredSession>;
  /**
   * Plays the stored packets through the chain again.
   * @param onProgress share done, 0 to 1
   */
  replay(sessionId: string, onProgress?: (share: number) => void): Promise<ReplayedSession>;
  /**
   * What the whole recording says of a session that ended with `live`; stored beside it. Resolves with `live` itself
   * where the recording is not whole.
   */
  report(sessionId: string, live: SessionResult): Promise<SessionResult>;
}

/** Works through all sessions with today's engine, one after another, in a worker. Goes on after a reload. */
export interface Recomputing {
  state(): RecomputingState;
  /** Returns the unsubscribe. */
  onChange(listener: () => void): () => void;
  start(): void;
  stop(): void;
}

export type RecomputingState =
  | { readonly kind: 'idle' }
  /** `waits`: a session is being recorded, or another tab is at it. */
  | { readonly kind: 'running'; readonly done: number; readonly total: number; readonly waits: boolean }
  /** Ids of those whose numbers are others now, and of those that could not be computed. */
  | {
      readonly kind: 'finished';
      readonly total: number;
      readonly changed: readonly string[];
      readonly failed: readonly string[];
    };

export interface ReplayedSession {
  /** As the screen showed it: computed from what was known at each moment. */
  readonly live: SessionResult;
  /** With the whole recording known: what is reported. The series below belong to it. */
  readonly result: SessionResult;
  /** Time axis, s, and one row per LIVE_ANGLE_NAMES entry, rad, NaN in gaps: the same grid for all. */
  readonly timeS: Float64Array;
  readonly anglesRad: readonly Float64Array[];
  readonly halfWidths95Rad: readonly Float64Array[];
}

export type RecordingErrorCode =
  'notARecording' | 'cut' | 'damaged' | 'newerVersion' | 'tooLarge' | 'fieldInvalid' | 'sizeMismatch';

export interface ImportedRecording {
  readonly stored: StoredSession;
  /** The same recording lay on this device already: nothing was stored. */
  readonly wasHere: boolean;
}

export interface FileGate {
  /** Writes the recording file and hands it to the browser as a download. */
  exportSession(sessionId: string): Promise<void>;
  /** The same file, to be given to somebody by another way. */
  recordingFile(sessionId: string): Promise<File>;
  /**
   * Computes the session anew and hands it to the browser in a format of other programs; several files come in one ZIP.
   * Rejects with ExportError where the session holds nothing that the format could say.
   */
  exportAs(sessionId: string, format: ExportFormat, onProgress: (share: number) => void): Promise<void>;
  /** Reads, checks and stores a recording; nothing is stored when it is refused (rejects with RecordingError). */
  importRecording(file: File): Promise<ImportedRecording>;
  /** Recordings that ship with the app: simulated, with known truth. */
  listExamples(): Promise<
    readonly { readonly id: string; readonly title: string; readonly description: string }[]
  >;
  importExample(id: string): Promise<StoredSession>;
}

/** Loads three.js and the body when a screen first needs them. */
export interface AvatarLoader {
  load(): Promise<AvatarFactory>;
}

export interface AvatarFactory {
  /** Whether this device has no graphics card for it, and draws slowly. */
  drawsInSoftware(): boolean;
  mount(canvas: HTMLCanvasElement, options: AvatarOptions): Avatar;
}

export interface AvatarOptions {
  readonly theme: 'light' | 'dark';
  readonly reducedMotion: boolean;
}

export interface Avatar {
  setPosture(posture: PostureName): void;
  setWorn(roles: readonly SegmentRole[]): void;
  /** 5 x 4 quaternions in LIVE_FRAME order (NaN: not measured). */
  setSegments(qFacingFromSegment: Float64Array): void;
  /**
   * The figure itself does an exercise, with hands and view as the exercise asks for them. `side`: see {@link setArc}; without
   * it the movement's sign decides.
   */
  setDemonstration(pose: {
    readonly exerciseId: ExerciseId;
    readonly primaryRad: number;
    readonly side?: 'left' | 'right' | null;
  }): void;
  /** The ghost of the perfect movement; null hides it. `side`: see {@link setArc}. */
  setGhost(
    pose: {
      readonly exerciseId: ExerciseId;
      readonly primaryRad: number;
      readonly side?: 'left' | 'right' | null;
    } | null,
  ): void;
  /**
   * The arc with its target zone and bead; null hides it. `side` is the arm that rises or the elbow that lifts; without
   * it the target's sign and the worn arm sensor decide.
   */
  setArc(
    arc: {
      readonly exerciseId: ExerciseId;
      readonly primaryRad: number;
      readonly targetRad: number | null;
      readonly lastPeakRad: number | null;
      readonly side?: 'left' | 'right' | null;
    } | null,
  ): void;
  setTheme(theme: 'light' | 'dark'): void;
  /** Draws now; the caller owns the animation frame. */
  render(): void;
  /** Draws anew what was drawn before, so that nobody sees an empty picture. */
  resize(widthPx: number, heightPx: number, pixelRatio: number): void;
  dispose(): void;
}
