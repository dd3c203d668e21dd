import type { Payer } from '../../../core/care/coverage/coverage-search.ts';

/** Of the directory, or of a clinic's server: that has no id here. */
export interface ChosenPayer extends Pick<Payer, 'name' | 'confirmed'> {
  readonly payerId: string | null;
}
