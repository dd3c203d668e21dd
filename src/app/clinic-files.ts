import { zipSync } from 'fflate';
import { download } from '../adapters/files/file-gate.ts';
import { CARD_FORMAT } from '../core/recording/party-card.ts';

const LONGEST_HEAD = 200;

/** Which of the two kinds of file it is; anything else is left to the reader of the other kind to refuse. */
export function isCardFile(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes.subarray(0, LONGEST_HEAD)).includes(CARD_FORMAT);
}

export async function bytesOf(file: File): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer());
}

export function saveAs(bytes: Uint8Array, name: string, ending: string): void {
  const plain = name.replaceAll(/[^\p{L}\p{N}-]+/gu, '-');
  download(new Blob([new Uint8Array(bytes)], { type: 'application/json' }), `${plain}${ending}`);
}

export function saveTable(table: string, name: string): void {
  download(new Blob([table], { type: 'text/csv' }), `${name}-${nowUtc().slice(0, 10)}.csv`);
}

export function saveZip(files: Readonly<Record<string, Uint8Array>>, name: string): void {
  const plain = name.replaceAll(/[^\p{L}\p{N}-]+/gu, '-');
  download(new Blob([new Uint8Array(zipSync({ ...files }))], { type: 'application/zip' }), `${plain}.zip`);
}

/** Files that were taken are remembered so that none is taken twice; older ones are refused by their sequence. */
const MOST_FILE_IDS = 50;

export function withFileId(fileIds: readonly string[], fileId: string): readonly string[] {
  return [...fileIds, fileId].slice(-MOST_FILE_IDS);
}

export function nowUtc(): string {
  return new Date().toISOString();
}
