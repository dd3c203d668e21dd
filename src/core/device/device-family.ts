import type { DeviceFamilyName } from '../packet/device-family-name.ts';
import type { SampleBatch } from '../packet/sample-batch.ts';
import type { DeviceHealth } from './device-health.ts';
import type { Dialogue } from './dialogue.ts';
import type { LiveStream } from './live-stream.ts';

/** What a decoder says of one notification. `rejected` is counted, never thrown. */
export type DecodeOutcome = 'samples' | 'partial' | 'reply' | 'rejected';

/** Bytes to samples for one sensor's stream. Holds what a stream needs between packets (a joined two-part frame). */
export interface DeviceDecoder {
  /** Fills `out` when the outcome is 'samples'. Reads through the view: its byteOffset and byteLength count. */
  decode(view: DataView, out: SampleBatch): DecodeOutcome;
  /** Why the last packet was rejected, in plain words with the byte or field named; '' when it was not. */
  readonly rejection: string;
  /** Whether bytes of the last packet wait for the next; absent in families whose packets stand alone. */
  readonly waiting?: boolean;
  /** Why waiting bytes were given up during the last call; '' when they were not. */
  readonly givenUp?: string;
  reset(): void;
}

/** What a device answered on its command characteristic. */
export type DeviceReply =
  | {
      readonly kind: 'clockEcho';
      readonly token: number;
      /** The device's clock when it read the question, and when it handed over the answer; ticks as sent. */
      readonly receivedTicks: number;
      readonly sentTicks: number;
    }
  /** 0 to 100; null where it does not know. */
  | { readonly kind: 'battery'; readonly percent: number | null }
  | { readonly kind: 'health'; readonly health: DeviceHealth }
  /** It did what that command asked for. */
  | { readonly kind: 'done'; readonly command: string }
  /** It would not, and why; '' where it could not tell the command. */
  | { readonly kind: 'refused'; readonly command: string; readonly reason: string };

/** What turns a family's bytes to samples: pure facts and functions. */
export interface PacketFamily {
  readonly name: string;
  /** Ticks of the device clock per millisecond and where it wraps; null when the family has no device clock. */
  readonly clock: { readonly ticksPerMs: number; readonly wrapTicks: number } | null;
  /** What can be subscribed to, in the family's own words; the first is what '' stands for. */
  readonly streams: readonly string[];
  /** `stream` is '' or one of `streams`. */
  createDecoder(stream: string): DeviceDecoder;
}

/** A family whose recorded packets can be read, whether or not the app can connect it. */
export interface DecodableFamily extends PacketFamily {
  /** What it is and what its packets were checked against; one line for people. */
  readonly summary: string;
  /** Other words for a stream, in lower case. */
  readonly aliases?: Readonly<Record<string, string>>;
}

/** What a family's layout was checked against; nothing of it was tried on hardware. */
export type FamilyEvidence =
  /** A protocol of our own, with test vectors that both ends share. */
  | 'ownSpecification'
  /** Packets of real units that others published together with their values. */
  | 'realPackets'
  /** Frames of the vendor's own tests. */
  | 'vendorTests'
  /** A published layout or source, and packets built from it. */
  | 'publishedLayout';

/** What an engineer should know before trusting its numbers. */
export type FamilyCaution =
  /** No gyroscope: it shows how it lies, not how it turns. */
  | 'tiltOnly'
  /** Where the axes lie on the case, or which hand they follow, nobody published. */
  | 'axesUnpublished'
  /** Neither time nor count is sent: times come from arrivals, and a loss leaves no trace. */
  | 'noTime'
  /** The scale is what a text says, or may be wrong on some boards. */
  | 'scaleUnconfirmed';

/** A family whose radio part is there too: what the app offers to connect. */
export interface DeviceFamily extends DecodableFamily {
  readonly name: DeviceFamilyName;
  readonly evidence: FamilyEvidence;
  readonly cautions: readonly FamilyCaution[];
  /** The axis (0 x, 1 y, 2 z) whose sign makes accelerometer and gyroscope right-handed; null where they are as sent. */
  readonly mirroredAxis: 0 | 1 | 2 | null;
  /** What the app subscribes to; the first unless another rate is asked for. */
  readonly liveStreams: readonly [LiveStream, ...LiveStream[]];
  /** Has shorter packets, for a link that cuts the usual ones; null where there is none. */
  readonly narrowStream: LiveStream | null;
  readonly gyroFullScaleRadPerS: number;
  readonly accFullScaleMetersPerS2: number;
  readonly bluetooth: FamilyRadio;
}

/** What the Web Bluetooth adapter needs. UUIDs are full lower-case strings. */
export interface FamilyRadio {
  readonly filters: readonly { readonly services?: readonly string[]; readonly namePrefix?: string }[];
  readonly serviceUuid: string;
  /** A device that was found by one of these beginnings of a name, but lacks the service, has too old a firmware. */
  readonly namePrefixes: readonly string[];
  /** Carry the samples. Of more than one, each packet goes behind a byte that says which, counted from 0. */
  readonly dataCharacteristicUuids: readonly [string, ...string[]];
  /** Takes commands; null when the family has none. */
  readonly commandCharacteristicUuid: string | null;
  /** Where answers to commands are notified. */
  readonly repliesOn: 'command' | 'data' | null;
  /** Whether answers on the command characteristic belong among the packets: the decoder needs them. */
  readonly recordsReplies: boolean;
  /** Where the charge is read where no command tells it: percent in the first byte. */
  readonly batteryValue: GattPlace;
  /** Characteristics of the service that only somebody else's version of the firmware has. */
  readonly foreignCharacteristicUuids: readonly string[];
  createDialogue(): Dialogue;
  stopCommands(): readonly Uint8Array[];
  /** Makes the unit show itself, for "which one is this?"; null when it cannot. */
  readonly identify: DeviceWrite | null;
  /** Sets the heading of the vendor's own orientation to zero, in order; null where there is none to set. */
  readonly resetHeading: readonly DeviceWrite[] | null;
  /** Lets units of the family follow one clock; null where they cannot. */
  readonly sync: FamilySync | null;
  /** Null when the family does not offer its clock. */
  readonly clockEcho: ClockEchoCommands | null;
  /** Asks for the charge; null where only the standard service tells it. */
  batteryCommand(): Uint8Array | null;
  /** Asks what went wrong on the device; null where it does not tell. */
  healthCommand(): Uint8Array | null;
  /** What was notified on the characteristic of the replies; null where it answers none of the commands above. */
  readReply(view: DataView): DeviceReply | null;
}

/** Where something is read or written beside samples and commands. */
export interface GattPlace {
  readonly serviceUuid: string;
  readonly characteristicUuid: string;
}

/** The maker's own way to one clock. The stream is stopped first, and all units are disconnected in between. */
export interface FamilySync {
  /** Read from the unit whose clock the others follow. */
  readonly address: GattPlace;
  /** Written to every unit, the followed one too. */
  readonly request: GattPlace;
  /** Read from every unit once it is connected again. */
  readonly outcome: GattPlace;
  /** How long the units are left alone, ms. */
  readonly aloneMs: number;
  /** From what was read at `address`; null where that is no address. */
  requestOf(view: DataView): Uint8Array<ArrayBuffer> | null;
  /** Null when it worked, else why not, for the log. */
  outcomeOf(view: DataView): string | null;
}

/** A value to write. */
export interface DeviceWrite {
  /** Null: the characteristic that takes commands. */
  readonly characteristic: GattPlace | null;
  readonly value: Uint8Array;
}

/** The standard battery service. */
export const BATTERY_SERVICE = {
  serviceUuid: '0000180f-0000-1000-8000-00805f9b34fb',
  characteristicUuid: '00002a19-0000-1000-8000-00805f9b34fb',
} as const;

/** What most families share: nothing is answered, and the standard service tells the charge. */
export const SILENT_RADIO = {
  namePrefixes: [],
  commandCharacteristicUuid: null,
  repliesOn: null,
  recordsReplies: false,
  batteryValue: BATTERY_SERVICE,
  foreignCharacteristicUuids: [],
  stopCommands: () => [],
  identify: null,
  resetHeading: null,
  sync: null,
  clockEcho: null,
  batteryCommand: () => null,
  healthCommand: () => null,
  readReply: () => null,
} as const satisfies Partial<FamilyRadio>;

export interface ClockEchoCommands {
  /** Tokens count up to here and begin anew. */
  readonly tokenModulus: number;
  /** So many questions without an answer may be under way; with more the asking ends. */
  readonly mostUnanswered: number;
  /** Asks for the device's clock; `token` comes back with it. */
  command(token: number): Uint8Array;
}
