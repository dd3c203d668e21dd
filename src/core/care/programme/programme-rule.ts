/** Every rule that can change or keep a plan, by the number that its firing is logged under. */
export type ProgrammeRuleId =
  /** First plan. */
  | 'ENTRY'
  /** A plan of the person's clinic takes the place of the present one. */
  | 'C1'
  /** The person follows their clinic's plan no longer. */
  | 'C2'
  /** An impossible plan on record was left out. */
  | 'X1'
  /** The clock was set back: what was written before moves back with it. */
  | 'X2'
  /** A profile takes an exercise out or changes how it is done. */
  | 'P1'
  /** Changed answers change the exercises. */
  | 'I1'
  /** Phases. */
  | 'PH1'
  | 'PH2'
  | 'PH3'
  | 'PH4'
  /** Irritability judged again at a review. */
  | 'W1'
  | 'G1'
  | 'G2'
  | 'G3'
  | 'G4'
  | 'G5'
  | 'G6'
  | 'G7'
  | 'G8'
  | 'G9'
  | 'G10'
  | 'G11'
  | 'G12'
  | 'G13'
  /** Twice stopped for pain within a week. */
  | 'G4W'
  | 'A1'
  | 'A2'
  | 'A3'
  | 'A4'
  | 'A5'
  /** Flare: back at half, a step of the ladder, not settling, the third in four weeks. */
  | 'F2'
  | 'F3'
  | 'F4'
  | 'F5'
  | 'R-24'
  /** Discharge to maintenance, and back into the programme. */
  | 'D1'
  | 'M1';

/** Why an exercise is in the plan. */
export type ReasonId =
  | 'CALM'
  | 'START'
  | 'MOVE'
  | 'RESTORE'
  | 'BUILD'
  | 'KEEP'
  | 'MAINTAIN'
  | 'FIT'
  /** In place of one that cannot be done, by what stands against that one. */
  | 'INSTEAD-health'
  | 'INSTEAD-arms'
  | 'INSTEAD-position'
  | 'INSTEAD-equipment'
  | 'GOAL-desk'
  | 'GOAL-lifting'
  | 'GOAL-overhead'
  | 'GOAL-sport'
  | 'GOAL-sleep'
  | 'GOAL-breathing'
  | 'PICK-side'
  | 'PICK-extend'
  | 'PICK-reach'
  | 'PICK-hold'
  | 'PICK-bone'
  | 'FLARE'
  /** The person's clinic put it there. */
  | 'CLINIC';

/** Rules after which the person is shown the page for a doctor; nothing locks. */
export const SHOWN_TO_A_DOCTOR: readonly ProgrammeRuleId[] = ['R-24', 'G4W', 'G10', 'F4', 'F5'];
