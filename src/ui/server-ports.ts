import type { FromClinic } from './clinic-ports.ts';

/** The ports between the screens and a FHIR server that a clinic and its patients use; fetched when a page asks. */

export type ServerProblemCode =
  | 'notAnAddress'
  | 'notSecure'
  | 'offline'
  | 'slow'
  | 'busy'
  | 'notFhir'
  | 'serverFault'
  | 'refused'
  | 'loginNeeded'
  | 'loginRefused'
  | 'foreignLogin'
  | 'clockOff'
  | 'notAllowed'
  | 'notFound'
  | 'elsewhere'
  | 'stopped'
  | 'tooLarge'
  | 'notPaired';

/** What came between this device and the server. Nothing that is stored was changed. */
export class ServerProblem extends Error {
  readonly code: ServerProblemCode;
  /** What it is about: an address, a resource, a field. */
  readonly subject: string;

  constructor(code: ServerProblemCode, subject: string, detail: string, cause?: unknown) {
    super(detail, { cause });
    this.name = 'ServerProblem';
    this.code = code;
    this.subject = subject;
  }
}

/** A server that somebody agreed to. */
export interface ServerView {
  readonly address: string;
  /** Its host, for reading. */
  readonly host: string;
  readonly login: 'notNeeded' | 'done' | 'needed';
  /** Still to be sent. */
  readonly waitingCount: number;
  /** What the server would not take, with its words. */
  readonly setAside: readonly SetAside[];
  readonly lastExchangeUtc: string | null;
}

export interface SetAside {
  readonly resourceType: string;
  readonly words: string;
}

/** What answers at an address, before anybody agreed to it. */
export interface ServerOffer {
  readonly address: string;
  readonly host: string;
  /** As the server calls itself; null where it does not say. */
  readonly software: string | null;
  readonly needsLogin: boolean;
}

/** How this app is known at the server; `patientNumber` only where nobody logs in. */
export interface ServerConsent {
  readonly clientId: string;
  readonly patientNumber: string | null;
}

/** Of what is being sent, how much is. */
export type ExchangeProgress = (done: number, of: number) => void;

export type LeftAloneCode =
  'foreignPlan' | 'otherPatient' | 'notSigned' | 'altered' | 'invalid' | 'newerVersion' | 'replayed';

/** A resource of the server that was left alone, and why. */
export interface RefusedFromServer {
  readonly what: string;
  readonly code: LeftAloneCode;
}

export interface ServerConnection {
  /** Null before anybody agreed to a server. */
  look(): Promise<ServerView | null>;
  /** Asks what is there, and keeps nothing. Rejects with {@link ServerProblem}, as all of these. */
  offer(address: string): Promise<ServerOffer>;
  /** Keeps the server; where it wants a login, the page is left for it. */
  connect(offer: ServerOffer, consent: ServerConsent): Promise<void>;
  /** Leaves the page for the server's login. */
  logIn(): Promise<void>;
  /** Forgets the server, the login and what waits. What was sent stays there. */
  leave(): Promise<void>;
}

/** Who might pay for care, as a clinic's server lists them. Being listed says nothing of whether they do. */
export interface ServerPayer {
  readonly payerId: string;
  readonly name: string;
  readonly kind: 'organization' | 'insurancePlan';
}

/** A recording file at the server. */
export interface RecordingAtServer {
  /** The id of the Binary there. */
  readonly binaryNumber: string;
  /** SHA-256, hexadecimal, as whoever sent it says. */
  readonly digest: string;
  readonly startedAtUtc: string;
}

/** The person's end. */
export interface PersonServer extends ServerConnection {
  /** Sends what was typed to the server: only where the person asks for it. */
  payers(name: string): Promise<readonly ServerPayer[]>;
  /** Everything the sensors sent in one session. @returns false: it is there already */
  sendRecording(sessionId: string, signal: AbortSignal): Promise<boolean>;
  /** Fetches what the clinic wrote, and sends what is new. */
  exchange(
    progress: ExchangeProgress,
    signal: AbortSignal,
  ): Promise<{
    readonly sentCount: number;
    readonly refused: readonly RefusedFromServer[];
    /** Nothing of it is kept before the link accepts it; null where nothing is new. */
    readonly fromClinic: FromClinic | null;
  }>;
}

/** One patient as the server lists them. */
export interface PanelPatient {
  readonly number: string;
  readonly name: string;
  readonly birthDate: string | null;
  /** Where they are on this device already. */
  readonly patientId: string | null;
}

export interface PanelPage {
  readonly patients: readonly PanelPatient[];
  /** Null on the last page. */
  readonly next: string | null;
}

/** The clinic's end. */
export interface ClinicServer extends ServerConnection {
  /** One page of the server's patients, by name. @param next of the page before */
  search(name: string, next: string | null): Promise<PanelPage>;
  /** Takes a patient of the server to this device. Resolves with the id here. */
  bring(patient: PanelPatient): Promise<string>;
  /** Whom the record system has open: takes them to this device. Resolves with the id here. */
  bringNumber(number: string): Promise<string>;
  /** The number of a patient of this device at the server; null: not there. */
  numberOf(patientId: string): Promise<string | null>;
  /** What the patient sent of what their sensors recorded, newest first. */
  recordings(patientId: string): Promise<readonly RecordingAtServer[]>;
  /** The file of one of them, to be opened as one that was given. */
  recordingFile(recording: RecordingAtServer): Promise<File>;
  /** Adds a patient of this device to the server; one that is there already stays one. */
  add(patientId: string): Promise<void>;
  exchange(
    patientId: string,
    progress: ExchangeProgress,
    signal: AbortSignal,
  ): Promise<{
    readonly sentCount: number;
    readonly newEntryCount: number;
    readonly refused: readonly RefusedFromServer[];
  }>;
}

/** What brought the browser back to this app from a server, or to it from a record system. */
export type ServerArrival =
  | { readonly kind: 'nothing' }
  /** The login is done; whose it was. */
  | {
      readonly kind: 'loggedIn';
      readonly party: 'patient' | 'clinic';
      /** The page on which it was begun. */
      readonly from: string | null;
      /** Of whom the record system had open; null: of nobody. */
      readonly patientNumber: string | null;
    }
  /** A record system opens this app: somebody has to agree to it first. */
  | {
      readonly kind: 'launch';
      readonly host: string;
      readonly isKnown: boolean;
      /** As this app is known there, where it is known here. */
      readonly clientId: string | null;
    };

export interface ServerArrivals {
  /** Finishes what can be finished. Rejects with {@link ServerProblem}. */
  take(): Promise<ServerArrival>;
  /** Goes on to the login of the system that opened this app. */
  agree(clientId: string): Promise<void>;
}
