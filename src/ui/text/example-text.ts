/** Words for the recordings that ship with the app; an example without words here shows its own. */
import type { MessageDescriptor } from '@lingui/core';

export function exampleWords(
  _id: string,
): { readonly title: MessageDescriptor; readonly detail: MessageDescriptor } | null {
  return null;
}
