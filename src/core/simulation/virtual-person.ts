import { postureOrientationInto } from '../body/posture.ts';
import { fromArmElevationInto, fromTrunkAnglesInto } from '../body/angles.ts';
import type { PostureName } from '../body/posture-name.ts';
import { SEGMENT_ROLES, segmentRoleIndex, type SegmentRole } from '../body/segment-role.ts';
import type { LibraryExerciseId } from '../exercise/exercise-library.ts';
import {
  armRole,
  hasMotion,
  isArmMovement,
  matchSensorSet,
  motionDefinition,
} from '../exercise/motion-definitions.ts';
import type { ExerciseId, MeasureName, Side } from '../exercise/motion-definition.ts';
import { segmentPoseInto } from '../exercise/motion-pose.ts';
import { stillPosture } from '../exercise/still-posture.ts';
import { createQuaternion } from '../math/quaternion.ts';
import type { SensorDescription, SensorPacket } from '../packet/packet.ts';
import { BodyMotion, type PoseAt } from './body-motion.ts';
import { USUAL_CONDITIONS, type SimulationConditions } from './conditions.ts';
import {
  planRepetitions,
  plannedAngleRad,
  plannedShare,
  planSwings,
  repetitionEndS,
  type PlannedRepetition,
} from './movement-plan.ts';
import { createPacketWriter, type PacketWriter, type SimulatedFamily } from './packet-writer.ts';
import { addBesideInto, addCoughInto, type PerformanceStyle } from './performance-style.ts';
import { Random } from './random.ts';
import { VirtualRadio } from './virtual-radio.ts';
import { VirtualSensor, type VirtualSensorTruth } from './virtual-sensor.ts';

/** What a virtual person can be told to do. */
export type PersonAction =
  | { readonly kind: 'lieOnTable' }
  | { readonly kind: 'standTall' }
  | { readonly kind: 'bow'; readonly repetitions: number }
  | { readonly kind: 'armRaise'; readonly repetitions: number; readonly side: Side }
  /** Standing, they take the sensor off this arm and strap it on the other one. */
  | { readonly kind: 'changeArm'; readonly from: Side }
  | { readonly kind: 'takeStartPosture'; readonly exerciseId: LibraryExerciseId; readonly side: Side | null }
  | {
      readonly kind: 'exercise';
      readonly exerciseId: ExerciseId;
      /** Null: both directions, taking turns. */
      readonly side: Side | null;
      /** Excursions altogether. */
      readonly repetitions: number;
      /** Missing: the usual way. */
      readonly style?: PerformanceStyle;
    };

export interface PersonOptions {
  readonly conditions?: Partial<SimulationConditions>;
  /** What single sensors and their links suffer instead, in the order of the roles. */
  readonly sensorConditions?: readonly Partial<SimulationConditions>[];
  /** Default 104. */
  readonly rateHz?: number;
  /** Default 4; of no account in families that fix it. */
  readonly samplesPerPacket?: number;
  /** Whose bytes the sensors send; default thora-nano33. */
  readonly family?: SimulatedFamily;
  /** Host time at which this person's time begins, ms. Default 0. */
  readonly startHostTimeMs?: number;
}

/** A set as it truly was. Times in s since the person's beginning. */
export interface PerformedSet {
  readonly exerciseId: ExerciseId;
  readonly side: Side | null;
  readonly startS: number;
  readonly endS: number;
  readonly plan: readonly PlannedRepetition[];
  /** How the worn sensors measure it; null when they cannot. */
  readonly measure: MeasureName | null;
}

/** A person who wears simulated sensors and does what is asked; seeded, driven by the caller's clock alone. */
export interface VirtualPerson {
  /** One per role, in the order given. */
  readonly sensors: readonly SensorDescription[];
  readonly sensorTruths: readonly VirtualSensorTruth[];
  readonly performedSets: readonly PerformedSet[];
  /** Begins 150 ms after the newest moment asked for and takes over smoothly from whatever runs; host times, ms. */
  perform(action: PersonAction): { readonly startHostTimeMs: number; readonly endHostTimeMs: number };
  /** Hands over every packet that arrives until this time, in order of arrival. Time never runs back. */
  advanceTo(hostTimeMs: number, onPacket: (packet: SensorPacket) => void): void;
  /** True segments, 5 x (w, x, y, z) qFacingFromSegment, at a time already reached. */
  segmentsInto(out: Float64Array, hostTimeMs: number): Float64Array;
}

const REACTION_S = 0.15;
/** From its reset until a unit sends again. */
const RESTART_S = 1.5;
/** A strap is undone, carried over and done up again. */
const CHANGE_ARM_S = 6;
const BOW_DEG = 42;
const ARM_RAISE_DEG = 88;
const ROLE_NAMES: Readonly<Record<SegmentRole, string>> = {
  upperBack: 'upper back',
  lowerBack: 'lower back',
  pelvis: 'pelvis',
  upperArmLeft: 'left arm',
  upperArmRight: 'right arm',
};

/** @param roles as the person says they are worn; condition `swapped` wears the first two in each other's place */
export function createVirtualPerson(
  roles: readonly SegmentRole[],
  seed: number,
  options: PersonOptions = {},
): VirtualPerson {
  const conditions: SimulationConditions = { ...USUAL_CONDITIONS, ...options.conditions };
  const rateHz = options.rateHz ?? 104;
  const family = options.family ?? 'thora-nano33';
  const startHostTimeMs = options.startHostTimeMs ?? 0;
  const body = new BodyMotion(new Random(seed, 1), conditions.swayDeg);
  const movementRandom = new Random(seed, 2);
  const wornRoles = [...roles];
  if (conditions.swapped >= 1 && wornRoles.length >= 2)
    [wornRoles[0], wornRoles[1]] = [wornRoles[1], wornRoles[0]];
  const conditionsOf = wornRoles.map((_, i) => ({ ...conditions, ...options.sensorConditions?.[i] }));
  const chips = wornRoles.map(
    (role, i) => new VirtualSensor(role, i, body, conditionsOf[i], new Random(seed, 10 + 2 * i)),
  );
  const createWriter = ({ magnetMicroTesla }: SimulationConditions): PacketWriter =>
    createPacketWriter(family, rateHz, magnetMicroTesla > 0, options.samplesPerPacket ?? null);
  const radios = chips.map((chip, i) => {
    const radio = { rateHz, writer: createWriter(conditionsOf[i]) };
    return new VirtualRadio(chip, conditionsOf[i], radio, new Random(seed, 11 + 2 * i), i);
  });
  const performedSets: PerformedSet[] = [];
  /** As the person says they are worn by now. */
  const worn = [...roles];
  let nowS = 0;
  let isWorn = false;
  body.append(-1, 0.5, standingAt);

  function toHostMs(timeS: number): number {
    return startHostTimeMs + 1000 * timeS;
  }

  function putOn(startS: number): number {
    if (isWorn) return startS;
    isWorn = true;
    body.wear(startS, 3.5, true);
    return startS + 3.5;
  }

  function performSwings(plan: readonly PlannedRepetition[], startS: number, poseAt: PoseAt): number {
    body.append(startS, 0.8, poseAt);
    return plan.length > 0 ? repetitionEndS(plan[plan.length - 1]) : startS + 0.8;
  }

  function perform(action: PersonAction): number {
    const startS = nowS + REACTION_S;
    const variation = conditions.variationPercent / 100;
    switch (action.kind) {
      case 'lieOnTable':
        if (isWorn) body.wear(startS, 2.5, false);
        isWorn = false;
        return startS + 2.5;
      case 'standTall': {
        const wornS = putOn(startS);
        body.append(startS, 1.5, standingAt);
        return Math.max(wornS, startS + 1.5);
      }
      case 'bow': {
        const wornS = putOn(startS);
        const plan = planSwings(BOW_DEG, action.repetitions, wornS + 1, variation, movementRandom);
        return performSwings(plan, startS, (out, timeS) => bowInto(out, plannedAngleRad(plan, timeS)));
      }
      case 'armRaise': {
        const wornS = putOn(startS);
        const plan = planSwings(ARM_RAISE_DEG, action.repetitions, wornS + 1, variation, movementRandom);
        return performSwings(plan, startS, (out, timeS) =>
          armRaiseInto(out, plannedAngleRad(plan, timeS), action.side),
        );
      }
      case 'changeArm': {
        const wornS = putOn(startS);
        body.append(wornS, 1.5, standingAt);
        const at = worn.indexOf(armRole(action.from));
        if (at < 0) return wornS + 1.5;
        const role = armRole(action.from === 'left' ? 'right' : 'left');
        chips[at].wearElsewhere(role, wornS + 1.5, CHANGE_ARM_S);
        worn[at] = role;
        return wornS + 1.5 + CHANGE_ARM_S;
      }
      case 'takeStartPosture': {
        const wornS = putOn(startS);
        const { exerciseId, side } = action;
        body.append(wornS - 0.5, 2.5, (out) => {
          if (hasMotion(exerciseId)) segmentPoseInto(out, motionDefinition(exerciseId), 0, side);
          else postureInto(out, stillPosture(exerciseId, side));
        });
        return wornS + 2;
      }
      case 'exercise':
        return performExercise(action, putOn(startS), variation);
    }
  }

  /** The first sensor is silent for so long in the middle of one movement after the other. */
  function silence(plan: readonly PlannedRepetition[], silencesS: readonly number[]): void {
    radios[0].silences.push(
      ...silencesS.slice(0, plan.length).map((lengthS, i): readonly [number, number] => {
        const fromS = plan[i].startS + 0.4 * plan[i].outS;
        return [fromS, fromS + lengthS];
      }),
    );
  }

  function performExercise(
    action: Extract<PersonAction, { kind: 'exercise' }>,
    startS: number,
    variation: number,
  ): number {
    const definition = motionDefinition(action.exerciseId);
    const side = sideFor(action.exerciseId, action.side, worn);
    const plan = planRepetitions(
      definition,
      side,
      action.repetitions,
      startS + 2.5,
      variation,
      movementRandom,
      conditions.backwardPercent / 100,
      action.style,
    );
    const beside = action.style?.beside ?? [];
    const coughEveryS = action.style?.coughEveryS;
    const endS = plan.length > 0 ? repetitionEndS(plan[plan.length - 1]) : startS + 2.5;
    body.append(startS, 1.2, (out, timeS) => {
      segmentPoseInto(out, definition, plannedAngleRad(plan, timeS), armNow(plan, side, timeS));
      if (beside.length > 0) addBesideInto(out, beside, plannedShare(plan, timeS));
      if (coughEveryS !== undefined) addCoughInto(out, timeS, coughEveryS);
    });
    silence(plan, action.style?.silencesS ?? []);
    if (performedSets.length === 0) {
      const middleS = startS + 0.55 * (endS - startS);
      if (conditions.slipDeg > 0) chips[0].slipAtS = middleS;
      if (conditions.gapS > 0) radios[0].silences.push([middleS, middleS + conditions.gapS]);
      if (conditions.restart >= 1) {
        radios[0].silences.push([middleS, middleS + RESTART_S]);
        radios[0].restartAtS = middleS + RESTART_S;
      }
      if (conditions.deadBattery >= 1) radios[0].silences.push([middleS, Infinity]);
      if (conditions.magnetMicroTesla > 0) chips[0].magnetS = [middleS, endS];
    }
    const measure = matchSensorSet(definition, worn, isArmMovement(definition) ? side : null);
    performedSets.push({
      exerciseId: action.exerciseId,
      side: action.side,
      startS,
      endS,
      plan,
      measure: measure?.measure ?? null,
    });
    return endS;
  }

  return {
    sensors: roles.map((role, i) => ({
      sensorIndex: i,
      sensorId: `virtual-${role}`,
      family,
      stream: createWriter(conditionsOf[i]).stream,
      name: `Virtual ${ROLE_NAMES[role]}`,
      firmware: 'simulated',
      nominalRateHz: rateHz,
      simulated: true,
    })),
    sensorTruths: chips.map((chip) => chip.truth),
    performedSets,
    perform(action) {
      const endS = perform(action);
      return { startHostTimeMs: toHostMs(nowS + REACTION_S), endHostTimeMs: toHostMs(endS) };
    },
    advanceTo(hostTimeMs, onPacket) {
      const untilS = (hostTimeMs - startHostTimeMs) / 1000;
      if (untilS <= nowS) return;
      for (const radio of radios) radio.runUntil(untilS);
      nowS = untilS;
      for (;;) {
        let next = 0;
        for (let i = 1; i < radios.length; i++)
          if (radios[i].nextArrivalS < radios[next].nextArrivalS) next = i;
        const arrivalS = radios.length > 0 ? radios[next].nextArrivalS : Infinity;
        if (arrivalS > untilS) return;
        const packet = radios[next].takeNext(next, toHostMs(arrivalS));
        if (packet !== null) onPacket(packet);
      }
    },
    segmentsInto(out, hostTimeMs) {
      return body.segmentsInto(out, (hostTimeMs - startHostTimeMs) / 1000);
    },
  };
}

/** An arm movement without a stated side goes to the arm that wears a sensor; with both or none they take turns. */
function sideFor(exerciseId: ExerciseId, side: Side | null, roles: readonly SegmentRole[]): Side | null {
  if (side !== null || !isArmMovement(motionDefinition(exerciseId))) return side;
  const hasLeft = roles.includes(armRole('left'));
  const hasRight = roles.includes(armRole('right'));
  return hasLeft === hasRight ? null : hasLeft ? 'left' : 'right';
}

/** Which arm an arm movement raises now. */
function armNow(plan: readonly PlannedRepetition[], side: Side | null, timeS: number): Side | null {
  if (side !== null) return side;
  for (const repetition of plan) {
    if (timeS < repetitionEndS(repetition))
      return repetition.side === 'left' || repetition.side === 'right' ? repetition.side : null;
  }
  return null;
}

function standingAt(out: Float64Array): void {
  postureInto(out, 'standing');
}

function postureInto(out: Float64Array, posture: PostureName): void {
  SEGMENT_ROLES.forEach((role, i) => {
    postureOrientationInto(segment, posture, role);
    out.set(segment, 4 * i);
  });
}

/** Bow from hips and back. The arms hang on. */
function bowInto(out: Float64Array, angleRad: number): void {
  standingAt(out);
  const shares: readonly (readonly [SegmentRole, number])[] = [
    ['pelvis', 0.5],
    ['lowerBack', 0.8],
    ['upperBack', 1],
    ['upperArmLeft', 0.12],
    ['upperArmRight', 0.12],
  ];
  for (const [role, share] of shares)
    out.set(fromTrunkAnglesInto(segment, share * angleRad, 0, 0), 4 * segmentRoleIndex(role));
}

/** Thumb up, straight forward. */
function armRaiseInto(out: Float64Array, angleRad: number, side: Side): void {
  standingAt(out);
  fromArmElevationInto(segment, angleRad, Math.PI / 2, side === 'left' ? -1 : 1);
  out.set(segment, 4 * segmentRoleIndex(armRole(side)));
}

const segment = createQuaternion();
