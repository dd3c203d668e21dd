import { type LinkedFile, type LinkedKind, readLinkFragment } from '../core/recording/link-file.ts';
import { forgetLink, waitingLink } from './take-link.ts';

/** What waits, read; null: nothing. Throws LinkError. */
export function peekLinkedFile(): LinkedFile | null {
  const waiting = waitingLink();
  return waiting === null ? null : readLinkFragment(waiting);
}

/** What waits, handed once to the page that takes such files; null where it is of another kind. */
export function takeLinkedFile(...kinds: readonly LinkedKind[]): File | null {
  const linked = peekLinkedFile();
  if (linked === null || !kinds.includes(linked.kind)) return null;
  forgetLink();
  return new File([new Uint8Array(linked.bytes)], 'link', { type: 'application/json' });
}
