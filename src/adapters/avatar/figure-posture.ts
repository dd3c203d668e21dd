/**
 * Where pelvis, trunk, feet and hands of the figure rest when nothing is measured. Metres and degrees: this is
 * content that people read and edit. Places are of the scene (x forward, y up, z right, floor at y 0).
 */
import { POSTURE_ANGLES } from '../../core/body/posture.ts';
import type { PostureName } from '../../core/body/posture-name.ts';

/** Either a place (x, y, z) or a turn: [flexion, bend to the right, turn to the left] in degrees, the app's signs. */
export type Triple = readonly [number, number, number];

/** A leg planted by its ankle: the knee points towards `knee`, `foot` is the foot's turn in the scene. */
export interface LegSpec {
  readonly ankle: Triple;
  readonly knee: Triple;
  readonly foot: Triple;
}

/** An arm that hangs from the chest. */
export interface HangingArm {
  /** Flexion forward, abduction, inward twist. */
  readonly hang: Triple;
  readonly elbowDeg: number;
  /** 1: hangs by gravity when the chest leans; 0: stays in line with it. */
  readonly loose: number;
  /** Where the upper arm is measured: the elbow is bent up to shoulder height, and the forearm is turned inwards. */
  readonly fixedElbow?: { readonly inwardDeg: number };
}

/** An arm whose wrist is held at a place, of the scene or relative to a part of the body (chest: the neck's root). */
export interface PlacedArm {
  readonly wrist: Triple;
  readonly of: 'scene' | 'chest' | 'head' | 'pelvis';
  /** Where the elbow points, in the same frame. */
  readonly elbowTo: Triple;
  /** Turn of the hand: relative to the forearm, or in the scene when it lies flat. */
  readonly hand: Triple;
  readonly flat?: boolean;
}
export type ArmSpec = HangingArm | PlacedArm;

export interface LimbSpecs {
  readonly arm: ArmSpec;
  readonly leg: LegSpec;
}

export type PropName = 'stool' | 'chair' | 'mat' | 'heelMat' | 'sideMatRight' | 'sideMatLeft';

export interface FigurePosture {
  /** Place of the pelvis. */
  readonly at: Triple;
  readonly pelvis: Triple;
  /** Lower back relative to pelvis, upper back relative to lower back, head relative to upper back. */
  readonly lumbar: Triple;
  readonly thorax: Triple;
  readonly head: Triple;
  readonly left: LimbSpecs;
  readonly right: LimbSpecs;
  /** Share of a measured trunk movement that an unmeasured pelvis follows: bending, turning. Drawing, not measurement. */
  readonly follow: readonly [bending: number, turning: number];
  /** Metres that the pelvis moves back when the trunk bows by 90 degrees. */
  readonly counter: number;
  readonly prop: PropName | null;
}

const NONE: Triple = [0, 0, 0];

/** The trunk of a start posture: the same numbers that measurement and simulation use. */
function trunkOf(posture: PostureName): Pick<FigurePosture, 'pelvis' | 'lumbar' | 'thorax'> {
  const { pelvis, lumbar, thorax } = POSTURE_ANGLES[posture];
  return { pelvis, lumbar, thorax };
}

function mirrorTurn([flexion, bend, turn]: Triple): Triple {
  return [flexion, -bend, -turn];
}
function mirrorPlace([x, y, z]: Triple): Triple {
  return [x, y, -z];
}
function mirrorArm(arm: ArmSpec): ArmSpec {
  if ('hang' in arm) return arm;
  return {
    ...arm,
    wrist: mirrorPlace(arm.wrist),
    elbowTo: mirrorPlace(arm.elbowTo),
    hand: mirrorTurn(arm.hand),
  };
}
function mirrorLeg(leg: LegSpec): LegSpec {
  return { ankle: mirrorPlace(leg.ankle), knee: mirrorPlace(leg.knee), foot: mirrorTurn(leg.foot) };
}
function mirrorLimbs(limbs: LimbSpecs): LimbSpecs {
  return { arm: mirrorArm(limbs.arm), leg: mirrorLeg(limbs.leg) };
}

/** The same posture with left and right exchanged. */
function mirrorPosture(posture: FigurePosture, prop: PropName | null): FigurePosture {
  return {
    ...posture,
    at: mirrorPlace(posture.at),
    pelvis: mirrorTurn(posture.pelvis),
    lumbar: mirrorTurn(posture.lumbar),
    thorax: mirrorTurn(posture.thorax),
    head: mirrorTurn(posture.head),
    left: mirrorLimbs(posture.right),
    right: mirrorLimbs(posture.left),
    prop,
  };
}

/** Both sides from the right one. */
function both(arm: ArmSpec, leg: LegSpec): { left: LimbSpecs; right: LimbSpecs } {
  const right = { arm, leg };
  return { left: mirrorLimbs(right), right };
}

const STANDING_LEG: LegSpec = { ankle: [-0.015, 0.085, 0.112], knee: [1, 0, 0.14], foot: [0, 0, -8] };
const SITTING_LEG: LegSpec = { ankle: [0.42, 0.085, 0.13], knee: [0.5, 1, 0.1], foot: [0, 0, -8] };
const SITTING_TRUNK = {
  at: [0, 0.565, 0],
  ...trunkOf('sitting'),
  head: NONE,
  follow: [0.2, 0.1],
  counter: 0,
  prop: 'stool',
} as const;

const standing: FigurePosture = {
  at: [0, 0.918, 0],
  ...trunkOf('standing'),
  head: NONE,
  ...both({ hang: [4, 9, 8], elbowDeg: 14, loose: 0.85 }, STANDING_LEG),
  follow: [0.25, 0.25],
  counter: 0.16,
  prop: null,
};

/** Forearms up along the wall in front. */
const wallSlide: FigurePosture = {
  ...standing,
  ...both({ hang: [80, 10, 0], elbowDeg: 84, loose: 0, fixedElbow: { inwardDeg: 0 } }, STANDING_LEG),
};

/** Goal posts: forearms up beside the head. */
const wallAngel: FigurePosture = {
  ...standing,
  ...both({ hang: [0, 78, 0], elbowDeg: 84, loose: 0, fixedElbow: { inwardDeg: -84 } }, STANDING_LEG),
};

/** Straight towards the anchor, bent at the ribs. */
const bandRow: FigurePosture = {
  ...standing,
  ...both({ hang: [70, 4, 0], elbowDeg: 95, loose: 0 }, STANDING_LEG),
};

/** One line from the heels, hands on the wall; the hips go with the lean. */
const wallLean: FigurePosture = {
  at: [0.145, 0.9, 0],
  ...trunkOf('wallLean'),
  head: NONE,
  ...both(
    { wrist: [0.72, 1.3, 0.19], of: 'scene', elbowTo: [-0.3, -0.8, 1], hand: [90, 0, 0], flat: true },
    STANDING_LEG,
  ),
  follow: [1, 0.1],
  counter: -0.83,
  prop: null,
};

const sitting: FigurePosture = {
  ...SITTING_TRUNK,
  ...both(
    {
      wrist: [0.265, 0.05, 0.115],
      of: 'pelvis',
      elbowTo: [-1, -0.3, 0.75],
      hand: [0, -84, 78],
      flat: true,
    },
    SITTING_LEG,
  ),
};

const sittingArmsCrossed: FigurePosture = {
  ...SITTING_TRUNK,
  right: {
    arm: { wrist: [0.185, -0.155, -0.025], of: 'chest', elbowTo: [0.15, -1, 0.9], hand: [0, 0, 10] },
    leg: SITTING_LEG,
  },
  left: {
    arm: { wrist: [0.205, -0.185, 0.025], of: 'chest', elbowTo: [0.15, -1, -0.9], hand: [0, 0, -10] },
    leg: mirrorLeg(SITTING_LEG),
  },
};

const HAND_AT_NECK: ArmSpec = {
  wrist: [-0.055, 0.075, 0.125],
  of: 'head',
  elbowTo: [0.25, 0.1, 1],
  hand: [30, 0, 0],
};

/** Bent over to the right: that hand holds the seat, the other elbow opens to the ceiling. */
const sideBendLeftElbowUp: FigurePosture = {
  ...SITTING_TRUNK,
  right: {
    arm: {
      wrist: [0.03, -0.02, 0.25],
      of: 'pelvis',
      elbowTo: [-0.7, 0, 1],
      hand: [0, 0, 0],
    },
    leg: SITTING_LEG,
  },
  left: mirrorLimbs({ arm: HAND_AT_NECK, leg: SITTING_LEG }),
};

/** Over the back of a chair: hands behind the head, elbows forward. */
const sittingHandsBehindHead: FigurePosture = {
  ...SITTING_TRUNK,
  ...both(
    { wrist: [0.0, 0.06, 0.125], of: 'head', elbowTo: [0.85, 0.15, 0.75], hand: [-50, 0, 0] },
    SITTING_LEG,
  ),
  prop: 'chair',
};

const HEEL_LEG: LegSpec = { ankle: [-0.125, 0.06, 0.082], knee: [1, 0.1, 0.12], foot: [164, 0, 0] };

const heelSitRightElbowUp: FigurePosture = {
  at: [-0.11, 0.208, 0],
  ...trunkOf('heelSit'),
  head: [-18, 0, 0],
  right: { arm: HAND_AT_NECK, leg: HEEL_LEG },
  left: {
    arm: {
      wrist: [0.73, 0.05, -0.03],
      of: 'scene',
      elbowTo: [-0.5, -1, -0.25],
      hand: [0, 90, -80],
      flat: true,
    },
    leg: mirrorLeg(HEEL_LEG),
  },
  follow: [0.2, 0.1],
  counter: 0,
  prop: 'heelMat',
};

const quadruped: FigurePosture = {
  at: [0, 0.49, 0],
  ...trunkOf('quadruped'),
  head: [-14, 0, 0],
  ...both(
    { wrist: [0.485, 0.05, 0.18], of: 'scene', elbowTo: [-1, 0, 0.45], hand: [0, -90, 86], flat: true },
    { ankle: [-0.37, 0.055, 0.105], knee: [0.6, -1, 0], foot: [164, 0, 0] },
  ),
  follow: [0.3, 0.15],
  counter: 0,
  prop: 'mat',
};

const sideLyingRight: FigurePosture = {
  at: [0, 0.165, 0],
  ...trunkOf('sideLyingRight'),
  head: [6, -8, 0],
  right: {
    arm: { wrist: [0.56, 0.05, 0.36], of: 'scene', elbowTo: [0, -0.6, -1], hand: NONE },
    leg: { ankle: [0.21, 0.055, -0.5], knee: [1, 0, 0.35], foot: [-20, 90, 0] },
  },
  left: {
    arm: { wrist: [0.54, 0.115, 0.36], of: 'scene', elbowTo: [-0.2, 1, -0.5], hand: NONE },
    leg: { ankle: [0.21, 0.255, -0.5], knee: [1, 0, 0.35], foot: [-20, 90, 0] },
  },
  follow: [0.2, 0.12],
  counter: 0,
  prop: 'sideMatRight',
};

const supine: FigurePosture = {
  at: [0, 0.105, 0],
  ...trunkOf('supine'),
  head: [6, 0, 0],
  ...both(
    { hang: [-2, 20, 20], elbowDeg: 12, loose: 0 },
    { ankle: [0.4, 0.085, 0.11], knee: [0.4, 1, 0], foot: [0, 0, -4] },
  ),
  follow: [0.2, 0.2],
  counter: 0,
  prop: 'mat',
};

const prone: FigurePosture = {
  at: [0, 0.105, 0],
  ...trunkOf('prone'),
  head: [-6, 0, 0],
  ...both(
    { hang: [0, 84, -30], elbowDeg: 4, loose: 0 },
    { ankle: [-0.82, 0.06, 0.12], knee: [0, -1, 0], foot: [166, 0, 0] },
  ),
  follow: [0.2, 0.2],
  counter: 0,
  prop: 'mat',
};

/** Every drawn posture; more than the app's start postures, since some exercises place the arms in their own way. */
export const FIGURE_POSTURES = {
  standing,
  wallLean,
  wallSlide,
  wallAngel,
  bandRow,
  sitting,
  sittingArmsCrossed,
  sittingHandsBehindHead,
  sideBendLeftElbowUp,
  sideBendRightElbowUp: mirrorPosture(sideBendLeftElbowUp, 'stool'),
  heelSitRightElbowUp,
  heelSitLeftElbowUp: mirrorPosture(heelSitRightElbowUp, 'heelMat'),
  quadruped,
  sideLyingRight,
  sideLyingLeft: mirrorPosture(sideLyingRight, 'sideMatLeft'),
  supine,
  prone,
} as const;
export type FigurePostureName = keyof typeof FIGURE_POSTURES;
