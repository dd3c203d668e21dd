import type { ProgrammeSessionBegun } from '../programme/programme-event.ts';

/** A question of the safety questions (clinical page, section 4.1). */
export type FlagId = `R-${string}`;

/**
 * Codes of the answers taken, by question; an unasked question is missing. Where a question is covered it is asked as "Is
 * this new or worse since you were seen?": NOT_WORSE is No; WORSE, with the codes of the question in full after it, is Yes.
 */
export type SafetyAnswers = Readonly<Partial<Record<FlagId, readonly string[]>>>;

export const NOT_WORSE = 'notWorse';
export const WORSE = 'worse';

export type SafetyEvent =
  | {
      readonly kind: 'safetyAnswered';
      /** `clearing`: all of them again, so that a lock may open; `single`: one that a session's complaint leads to. */
      readonly form: 'full' | 'short' | 'clearing' | 'single';
      readonly answers: SafetyAnswers;
    }
  /** "I tapped by mistake": the question that locked, asked again. */
  | { readonly kind: 'mistakeSaid'; readonly flagId: FlagId; readonly answers: readonly string[] }
  /** "I was seen and told I may exercise": the person's words, never an approval. */
  | {
      readonly kind: 'seenSaid';
      readonly seenDay: number;
      readonly byWhom: 'doctor' | 'physiotherapist' | 'nurse' | 'hospital' | 'other';
      readonly said: string;
    }
  | { readonly kind: 'clinicianCleared'; readonly by: string }
  /** A session of the person's own began: the form that was answered for it has served. */
  | { readonly kind: 'sessionBegun'; readonly programme?: ProgrammeSessionBegun }
  /** Stands where an entry on the disk was changed from outside and cannot be read: safety is asked for in full again. */
  | { readonly kind: 'entryUnreadable' }
  /** While one is linked, locks open by the clinician alone, not by the person's statement. */
  | { readonly kind: 'clinicianLinked'; readonly isLinked: boolean };
