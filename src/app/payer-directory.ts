import type { Payer } from '../core/care/coverage/coverage-search.ts';
import { parsePayerDirectory } from '../core/care/coverage/payer-directory.ts';

/** The file beside the app; whoever hosts it may put another one there. */
export async function readPayerDirectory(): Promise<readonly Payer[]> {
  const answer = await fetch(new URL(`${import.meta.env.BASE_URL}coverage/directory.json`, document.baseURI));
  if (!answer.ok) throw new Error(`The directory cannot be read: ${answer.status}`);
  return parsePayerDirectory(await answer.json());
}
