import type { PostureName } from '../body/posture-name.ts';
import type { SegmentRole } from '../body/segment-role.ts';

/** Exercises of the clinical library that sensors can count. */
export type ExerciseId =
  | 'E01'
  | 'E02'
  | 'E03'
  | 'E04'
  | 'E05'
  | 'E07'
  | 'E08'
  | 'E09'
  | 'E10'
  | 'E11'
  | 'E13'
  | 'E14'
  | 'E15'
  | 'E17'
  | 'E24';
export type Side = 'left' | 'right';

/** The quantity that a movement is measured and counted by. Signs are the app's: flexion, right bend, left turn, elevation positive. */
export type AngleQuantity =
  | 'flexion'
  | 'sideBend'
  | 'rotation'
  /** Turn about the trunk's length by gravity: kneeling, on hands and knees, on the side. */
  | 'lockedRotation'
  /** Of the arm from hanging. */
  | 'armElevation'
  /** Of the arm from where the movement starts. */
  | 'armRise'
  /** Of the arm backwards, from reaching forward. */
  | 'armPull'
  /** Of the arm's length above the level it lay at, face down. */
  | 'armLift'
  /** Of the upper back from upright, whatever the direction. */
  | 'hinge';

/**
 * One exercise's movement. The demonstration figure draws it, the virtual kit performs it, the repetition
 * detector counts it: nothing else in the project says how an exercise moves. Angles are degrees here because a
 * definition is content that people read and edit; they become radians at the first computation.
 */
export interface MotionDefinition {
  readonly exerciseId: ExerciseId;
  /** Name on the command line and in file names: 'seated-rotation'. */
  readonly slug: string;
  readonly posture: PostureName;
  /** Where the start posture depends on the side: lying on the other one. */
  readonly postureOfSide?: Readonly<Record<Side, PostureName>>;
  /** Both upper arms against the upper back at the start; missing: as the posture has them. */
  readonly startArms?: { readonly elevationDeg: number; readonly planeDeg: number };
  readonly quantity: AngleQuantity;
  /** A set is done to one side, then another to the other: one arm, or lying on one side. Otherwise sides take turns. */
  readonly oneSideASet: boolean;
  /** 2 where one repetition is a swing to each direction (cat and camel); a set counts swings. */
  readonly swingsPerRepetition: 1 | 2;
  /** Sign of the primary angle per direction of movement; exercises done to each side list both. */
  readonly directions: readonly MotionDirection[];
  /** A usual personal maximum, deg, > 0: what the demonstration shows and the virtual person reaches. */
  readonly usualMaximumDeg: number;
  /** Segment angles at full movement per degree of primary angle, each relative to its start posture. Linear in the primary angle. */
  readonly couplings: readonly SegmentCoupling[];
  readonly tempo: {
    readonly outS: { readonly min: number; readonly max: number };
    readonly backS: { readonly min: number; readonly max: number };
    readonly holdS: number;
  };
  readonly detection: {
    readonly minimumAmplitudeDeg: number;
    readonly startFraction: number;
    readonly maximumSpeedDegPerS: number;
  };
  /** Sensors that the measurement needs: every role of one of the sets. First match with the worn kit wins. */
  readonly sensorSets: readonly MotionSensorSet[];
}

export interface MotionDirection {
  readonly side: Side | 'forward' | 'backward';
  readonly sign: 1 | -1;
}

/** Degrees of segment angle per degree of primary angle, in the segment's own start frame. */
export interface SegmentCoupling {
  readonly segment: SegmentRole;
  readonly flexion: number;
  readonly sideBend: number;
  readonly rotation: number;
  /** Arms only: elevation and the plane it rises in (0 sideways, 90 forward). */
  readonly elevation: number;
  readonly elevationPlaneDeg: number;
  /** The segment follows only while the primary angle has this sign and stays put otherwise: the elbow that is lifted. */
  readonly onlyTowards?: 1 | -1;
  /** Only the arm that the set is done with follows; the other one is planted. */
  readonly movingArmOnly?: boolean;
}

export interface MotionSensorSet {
  readonly roles: readonly SegmentRole[];
  /** Quality class of the clinical page, section 1.4. */
  readonly qualityClass: 'A' | 'B' | 'C';
  /** Against what it is measured. */
  readonly measure: MeasureName;
}

export type MeasureName =
  | 'upperBackRelativeToLowerBack'
  | 'trunkRelativeToPelvis'
  | 'upperBackLean'
  | 'gravityRotation'
  | 'armRelativeToUpperBack'
  | 'armFromGravity'
  | 'upperBackTwist'
  /** Sinking of the upper back's head end, chest down. */
  | 'upperBackPitch'
  /** Lean of the upper back from upright in any direction. */
  | 'upperBackTilt'
  /** Rise of the arm's length above level. */
  | 'armLiftFromGravity';
