/**
 * From measured segment rotations and a base posture to the place and rotation of every bone. No drawing here,
 * nothing is allocated per call. What is not measured is a believable share of what is: drawing, not measurement.
 */
import { Quaternion, Vector3 } from 'three';
import { SEGMENT_ROLES, type SegmentRole } from '../../core/body/segment-role.ts';
import { FIGURE_POSTURES, type FigurePosture } from './figure-posture.ts';
import { solveArm, solveLeg } from './limb-solver.ts';
import { CENTRE_BONES, createRig, type BonePlace, type Rig } from './rig.ts';
import { readQuaternionInto } from './to-three.ts';
import { turnInto, turnPortionInto } from './turn.ts';

/** Rotation of a worn segment; `known` false: fill it in. */
export interface SegmentTurn {
  readonly turn: Quaternion;
  known: boolean;
}

/** Share of the bend and of the turn between pelvis and upper back that an unmeasured lower back takes. */
const LOWER_BACK_BENDING = 0.5;
const LOWER_BACK_TURNING = 0.22;

const base = new Quaternion();
const lumbar = new Quaternion();
const thorax = new Quaternion();
const change = new Quaternion();
const upNow = new Vector3();
const upBase = new Vector3();

export class PoseSolver {
  readonly rig: Rig = createRig();
  /** Trunk rotations after filling in. */
  readonly pelvis = new Quaternion();
  readonly lowerBack = new Quaternion();
  readonly upperBack = new Quaternion();
  private readonly segments: Readonly<Record<SegmentRole, SegmentTurn>>;
  private posture: FigurePosture = FIGURE_POSTURES.standing;
  /** Vector from the bone below to this bone, in the frame of the bone below; bind pose. */
  private readonly links: readonly {
    readonly below: BonePlace;
    readonly bone: BonePlace;
    readonly link: Vector3;
  }[];

  constructor() {
    const create = (): SegmentTurn => ({ turn: new Quaternion(), known: false });
    this.segments = {
      upperBack: create(),
      lowerBack: create(),
      pelvis: create(),
      upperArmLeft: create(),
      upperArmRight: create(),
    };
    const { centre } = this.rig;
    this.links = CENTRE_BONES.slice(1).map((name, i) => {
      const below = centre[CENTRE_BONES[i]!];
      const bone = centre[name];
      return { below, bone, link: bone.position.clone().sub(below.position) };
    });
  }

  setPosture(posture: FigurePosture): void {
    this.posture = posture;
  }

  /** Takes 5 x 4 quaternions (w, x, y, z) in SEGMENT_ROLES order; NaN: not measured. */
  setSegments(qFacingFromSegment: ArrayLike<number>): void {
    for (let i = 0; i < SEGMENT_ROLES.length; i++) {
      const segment = this.segments[SEGMENT_ROLES[i]!];
      segment.known = readQuaternionInto(segment.turn, qFacingFromSegment, 4 * i);
    }
  }

  /** Back to the base posture alone. */
  clearSegments(): void {
    for (const role of SEGMENT_ROLES) this.segments[role].known = false;
  }

  solve(): void {
    const { posture, rig, segments } = this;
    this.solveTrunkTurns();
    this.placeSpine();
    solveLeg(rig, 'left', posture.left.leg);
    solveLeg(rig, 'right', posture.right.leg);
    const { upperArmLeft, upperArmRight } = segments;
    solveArm(rig, 'left', posture.left.arm, upperArmLeft.known ? upperArmLeft.turn : null);
    solveArm(rig, 'right', posture.right.arm, upperArmRight.known ? upperArmRight.turn : null);
  }

  private solveTrunkTurns(): void {
    const { posture, pelvis, lowerBack, upperBack, segments } = this;
    turnInto(base, posture.pelvis);
    turnInto(lumbar, posture.lumbar);
    turnInto(thorax, posture.thorax);
    if (segments.pelvis.known) pelvis.copy(segments.pelvis.turn);
    else {
      pelvis.copy(base);
      if (segments.lowerBack.known || segments.upperBack.known) {
        change.copy(base).multiply(lumbar);
        if (!segments.lowerBack.known) change.multiply(thorax);
        change.conjugate();
        change.multiply(segments.lowerBack.known ? segments.lowerBack.turn : segments.upperBack.turn);
        pelvis.multiply(turnPortionInto(change, posture.follow[0], posture.follow[1]));
      }
    }
    lowerBack.copy(pelvis).multiply(lumbar);
    if (segments.lowerBack.known) lowerBack.copy(segments.lowerBack.turn);
    else if (segments.upperBack.known) {
      change.copy(lowerBack).multiply(thorax).conjugate().multiply(segments.upperBack.turn);
      lowerBack.multiply(turnPortionInto(change, LOWER_BACK_BENDING, LOWER_BACK_TURNING));
    }
    if (segments.upperBack.known) upperBack.copy(segments.upperBack.turn);
    else upperBack.copy(lowerBack).multiply(thorax);
  }

  /** Spreads the trunk rotations over the spine and stacks its bones from the pelvis up. */
  private placeSpine(): void {
    const { posture, pelvis, lowerBack, upperBack } = this;
    const { centre } = this.rig;
    centre.pelvis.turn.copy(pelvis);
    centre.lumbar1.turn.slerpQuaternions(pelvis, lowerBack, 1 / 3);
    centre.lumbar2.turn.slerpQuaternions(pelvis, lowerBack, 2 / 3);
    centre.thorax1.turn.slerpQuaternions(lowerBack, upperBack, 0.25);
    centre.thorax2.turn.slerpQuaternions(lowerBack, upperBack, 0.5);
    centre.thorax3.turn.slerpQuaternions(lowerBack, upperBack, 0.75);
    centre.thorax4.turn.copy(upperBack);
    centre.head.turn.copy(upperBack).multiply(turnInto(change, posture.head));
    centre.neck.turn.slerpQuaternions(upperBack, centre.head.turn, 0.5);
    upNow.set(0, 1, 0).applyQuaternion(pelvis);
    upBase.set(0, 1, 0).applyQuaternion(base);
    const [x, y, z] = posture.at;
    const back = upBase.sub(upNow).multiplyScalar(posture.counter);
    // Who leans as one from the heels comes down with it; who bows keeps the legs straight.
    centre.pelvis.position.set(x + back.x, y + Math.min(0, back.y), z + back.z);
    for (const { below, bone, link } of this.links)
      bone.position.copy(link).applyQuaternion(below.turn).add(below.position);
  }
}
