import { readFileSync } from 'node:fs';
import type { Command } from '../../firmware-protocol/typescript/command.ts';
import type { Reply } from '../../firmware-protocol/typescript/reply.ts';
import type { SampleFault, SampleHeader } from '../../firmware-protocol/typescript/sample-packet.ts';

/** The vectors that both codecs must pass, typed as `firmware-protocol/vectors/` holds them. */
export interface SampleVectors {
  readonly accepted: readonly {
    readonly name: string;
    readonly hex: string;
    readonly header: SampleHeader;
    /** Six or nine counts per sample. */
    readonly counts: readonly (readonly number[])[];
  }[];
  readonly refused: readonly {
    readonly name: string;
    readonly hex: string;
    readonly fault: SampleFault;
    readonly words: string;
  }[];
}

export interface CommandVectors {
  readonly accepted: readonly { readonly name: string; readonly hex: string; readonly command: Command }[];
  readonly refused: readonly {
    readonly name: string;
    readonly hex: string;
    readonly status: string;
    readonly opcode: number;
    readonly reference: number;
    readonly faultyByte: number;
  }[];
}

export interface ReplyVectors {
  readonly accepted: readonly { readonly name: string; readonly hex: string; readonly reply: Reply }[];
  readonly refused: readonly { readonly name: string; readonly hex: string; readonly words: string }[];
}

export interface ScaleVectors {
  readonly conversions: readonly {
    readonly quantity: 'gyro' | 'acc' | 'mag';
    /** SI; null is a missing value. */
    readonly value: number | null;
    readonly count: number;
    readonly note: string;
  }[];
}

function read(name: string): unknown {
  return JSON.parse(
    readFileSync(new URL(`../../firmware-protocol/vectors/${name}.json`, import.meta.url), 'utf8'),
  );
}

export const SAMPLE_VECTORS = read('samples') as SampleVectors;
export const COMMAND_VECTORS = read('commands') as CommandVectors;
export const REPLY_VECTORS = read('replies') as ReplyVectors;
export const SCALE_VECTORS = read('scales') as ScaleVectors;

export function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(hex, 'hex'));
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
