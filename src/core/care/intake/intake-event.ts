import type { BodyPosition, Equipment, KitPlace } from '../../exercise/exercise-library.ts';

export type GoalModule = 'desk' | 'lifting' | 'overhead' | 'sport' | 'sleep' | 'breathing';

/** What a person tells about themselves before the programme; every field may be left open. */
export interface Intake {
  readonly ageYears: number;
  /** How long the pain has been there. */
  readonly painSince: 'days' | 'weeks' | 'months' | 'years';
  /** 0 to 10. */
  readonly painNow: number;
  readonly painAverage24h: number;
  readonly painWorst24h: number;
  /** How long it takes to settle after activity. */
  readonly settles: 'under30min' | 'under2h' | 'over2h';
  readonly wakesAtNight: 'no' | 'someNights' | 'mostNights';
  readonly activeMinutesPerWeek: 'under60' | '60to150' | 'over150';
  /** At most two. */
  readonly goals: readonly GoalModule[];
  /** Up to three things that the upper back makes hard, in the person's words. */
  readonly hardThings: readonly string[];
  readonly work: 'desk' | 'standing' | 'manual' | 'care' | 'none';
  /** Kinds of equipment at home. */
  readonly equipment: readonly Equipment[];
  /** Positions that the person can take and leave alone. */
  readonly positions: readonly BodyPosition[];
  readonly arms: 'both' | 'left' | 'right' | 'neither';
  /** Where sensors are worn at most at one time; none: without sensors. */
  readonly sensorPlaces: readonly KitPlace[];
  /** Worry that moves hurt, 0 to 10; see the measure `worry`. */
  readonly worry: number;
  readonly confidence: number;
}

export type IntakeEvent =
  /** Saved as it goes; a later answer to the same field counts. */
  | { readonly kind: 'intakeAnswered'; readonly answers: Partial<Intake> }
  /** Asked, and not answered. */
  | { readonly kind: 'intakeDeclined'; readonly field: keyof Intake }
  | { readonly kind: 'consentGiven'; readonly textVersion: string }
  /** Who covers the care; never a promise that anybody does. */
  | {
      readonly kind: 'coverageSaid';
      readonly state: 'named' | 'notFound' | 'self';
      /** Of the directory's entry; null where none was chosen. */
      readonly payerId: string | null;
      readonly payerName: string;
    }
  | { readonly kind: 'cameIn' };
