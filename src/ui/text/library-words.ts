import type { MessageDescriptor } from '@lingui/core';
import type { HealthProfile } from '../../core/exercise/exercise-library.ts';

/** Everything that is written about one exercise of the library. */
export interface LibraryWords {
  readonly title: MessageDescriptor;
  readonly why: MessageDescriptor;
  readonly start: MessageDescriptor;
  readonly steps: readonly MessageDescriptor[];
  /** By the codes of the library's variations. */
  readonly harder: Readonly<Record<string, MessageDescriptor>>;
  readonly easier: Readonly<Record<string, MessageDescriptor>>;
  /** When to leave it out or do it otherwise; null where nothing is to be said. */
  readonly avoid: MessageDescriptor | null;
  /** How it is done by people with one of these profiles. */
  readonly changes: Readonly<Partial<Record<HealthProfile, MessageDescriptor>>>;
}
