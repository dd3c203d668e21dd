/** Words for the recordings that ship with the app; an example without words here shows its own. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';

export function exampleWords(
  id: string,
): { readonly title: MessageDescriptor; readonly detail: MessageDescriptor } | null {
  switch (id) {
    case 'seated-turn':
      return {
        title: msg`Seated turn, two sensors`,
        detail: msg`Six turns, left and right, with sensors on the upper and lower back.`,
      };
    case 'kneeling-turn':
      return {
        title: msg`Kneeling turn, one sensor`,
        detail: msg`Six turns with the lower back locked, measured from gravity by one sensor.`,
      };
    case 'reach-up':
      return {
        title: msg`Reach up, upper back and arm`,
        detail: msg`Four reaches with the right arm, measured against the upper back.`,
      };
    default:
      return null;
  }
}
