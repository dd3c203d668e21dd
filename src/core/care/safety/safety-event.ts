/** A question of the safety questions (clinical page, section 4.1). */
export type FlagId = `R-${string}`;

/** Codes of the answers taken, by question; an unasked question is missing. */
export type SafetyAnswers = Readonly<Partial<Record<FlagId, readonly string[]>>>;

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
  | { readonly kind: 'clinicianCleared'; readonly by: string };
