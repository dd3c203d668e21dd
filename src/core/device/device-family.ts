import type { DeviceFamilyName } from '../packet/device-family-name.ts';
import type { SampleBatch } from '../packet/sample-batch.ts';

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

/** A family whose radio part is there too: what the app offers to connect. */
export interface DeviceFamily extends PacketFamily {
  readonly name: DeviceFamilyName;
  readonly defaultRateHz: number;
  readonly gyroFullScaleRadPerS: number;
  readonly accFullScaleMetersPerS2: number;
  /** What the Web Bluetooth adapter needs. UUIDs are full lower-case strings. */
  readonly bluetooth: {
    readonly filters: readonly { readonly services?: readonly string[]; readonly namePrefix?: string }[];
    readonly serviceUuid: string;
    readonly optionalServices: readonly string[];
    /** Carries the samples. */
    readonly dataCharacteristicUuid: string;
    /** Takes commands and notifies replies; null when the family has none. */
    readonly commandCharacteristicUuid: string | null;
    /** Written in order after the subscription, and again after every reconnection. */
    startCommands(rateHz: number): readonly Uint8Array[];
    stopCommands(): readonly Uint8Array[];
    /** Makes the unit show itself, for "which one is this?"; null when it cannot. */
    identifyCommand(): Uint8Array | null;
    /** Asks for the device's clock; `token` (u32) comes back with it. Null when the family does not offer it. */
    readonly clockEchoCommand: ((token: number) => Uint8Array) | null;
    /** What was notified on the command characteristic; null where it makes no sense. */
    readReply(view: DataView): DeviceReply | null;
  };
}
