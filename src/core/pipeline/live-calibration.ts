import {
  BOW_PLANARITY,
  ARM_RAISE_PLANARITY,
  describeMounting,
  forwardFromRightAxis,
  forwardFromUsualMounting,
  GestureTracker,
  LARGEST_AXIS_SPREAD_RAD,
  LARGEST_AXIS_TILT_RAD,
  LEAST_ARM_RAISE_RAD,
  LEAST_BOW_RAD,
  LEAST_LOWER_BOW_RAD,
  type GestureAxis,
} from '../body/functional-calibration.ts';
import {
  describeBenchNeed,
  RestTracker,
  STANDING_GATES,
  TABLE_GATES,
} from '../body/calibration-step-rest.ts';
import type { PostureName } from '../body/posture-name.ts';
import type { SegmentRole } from '../body/segment-role.ts';
import { DEG_PER_RAD, RAD_PER_DEG } from '../math/angle.ts';
import { normalizeInto, upChangeRad } from '../math/quaternion.ts';
import { describeBiasWander, isBiasWandering } from '../quality/bias-doubt.ts';
import type { QualityFlag } from '../quality/quality-flag.ts';
import type { LiveBody } from './live-body.ts';
import { HEADING_MARK, type LiveSensor } from './live-sensor.ts';
import type { CalibrationStep } from './pipeline-command.ts';
import type { PipelineFact, SensorFinding, StepRefusal } from './pipeline-fact.ts';
import { nothingKnown, type SensorKnowledge } from './sensor-knowledge.ts';
import { isArm, mendRoles, offerExchange, type MovedSensor } from './role-exchange.ts';

const PROGRESS_EVERY_MS = 250;
/** A sensor that sends nothing for this long while a step runs ends the step. */
const SILENT_LIMIT_MS = 5000;
/** Longest wait for the other sensors' way back once one has made all gestures, ms. */
const HOMECOMING_MS = 2000;
/** A movement that has not come after this long is asked for anew. */
const GESTURE_LIMIT_MS = 60_000;
/** Gestures may be made this many times more often than asked before they are judged as they are. */
const PATIENCE = 2;
/** An up direction this far from the last neutral's is another way of wearing the unit. */
const REMOUNTED_RAD = 15 * RAD_PER_DEG;

/** The axis of a gesture this far from that of the last check is another way of wearing the unit, too. */
const MOVED_AXIS_RAD = 10 * RAD_PER_DEG;

interface RunningStep {
  readonly step: CalibrationStep;
  readonly startMs: number;
  readonly rest: Map<number, RestTracker>;
  readonly gestures: Map<number, GestureTracker>;
  progressMs: number;
  /** Since when one sensor has made all gestures; NaN before. */
  enoughSinceMs: number;
  /** Gestures made by all sensors, and since when. */
  made: number;
  madeMs: number;
}

/** Runs the guided steps one at a time and keeps what they found. */
export class LiveCalibration {
  /** 0 to 1 while a step runs, else NaN. */
  fraction = NaN;
  isStill = false;
  findings: readonly SensorFinding[] = [];
  quality: number | null = null;

  private readonly sensors: readonly LiveSensor[];
  private readonly body: LiveBody;
  private readonly emit: (fact: PipelineFact) => void;
  private readonly raise: (flag: QualityFlag) => void;
  private readonly knowledge = new Map<number, SensorKnowledge>();
  private running: RunningStep | null = null;

  constructor(
    sensors: readonly LiveSensor[],
    body: LiveBody,
    emit: (fact: PipelineFact) => void,
    raise: (flag: QualityFlag) => void,
  ) {
    this.sensors = sensors;
    this.body = body;
    this.emit = emit;
    this.raise = raise;
  }

  get isRunning(): boolean {
    return this.running !== null;
  }

  needsBench(sensorIndex: number): boolean {
    return this.knowledge.get(sensorIndex)?.needsBench ?? false;
  }

  begin(step: CalibrationStep, timeMs: number): void {
    this.running = null;
    const concerned = this.concerned(step);
    if (concerned.length === 0) {
      this.refuse(step, 'noSensors', null);
      return;
    }
    if (step.name === 'bow' || step.name === 'armRaise') {
      const missing = concerned.find((sensor) => this.known(sensor).neutral === null);
      if (missing !== undefined) {
        this.refuse(step, 'neutralMissing', missing.description.sensorIndex);
        return;
      }
    }
    const running: RunningStep = {
      step,
      startMs: timeMs,
      rest: new Map(),
      gestures: new Map(),
      progressMs: timeMs,
      enoughSinceMs: NaN,
      made: 0,
      madeMs: timeMs,
    };
    for (const sensor of concerned) {
      const index = sensor.description.sensorIndex;
      if (step.name === 'still') running.rest.set(index, new RestTracker(TABLE_GATES));
      else if (step.name === 'neutral') running.rest.set(index, new RestTracker(STANDING_GATES));
      else running.gestures.set(index, new GestureTracker());
    }
    this.running = running;
    this.fraction = 0;
    this.isStill = false;
  }

  cancel(): void {
    this.running = null;
    this.fraction = NaN;
    this.isStill = false;
  }

  /** One sample of one sensor, as it left the filter. */
  takeSample(sensor: LiveSensor): void {
    const running = this.running;
    if (running === null) return;
    const { sample, sampleStepS: dtS } = sensor;
    const index = sensor.description.sensorIndex;
    const bias = sensor.filter.gyroBiasRadPerS,
      q = sensor.filter.qEarthFromSensor;
    if (q[0] !== q[0]) return;
    running.rest.get(index)?.push(dtS, sample, bias, q);
    const gesture = running.gestures.get(index);
    if (gesture !== undefined && sample[0] === sample[0])
      gesture.push(dtS, q, sample[0] - bias[0], sample[1] - bias[1], sample[2] - bias[2]);
  }

  /** One instant of the common axis. */
  update(timeMs: number): void {
    const running = this.running;
    if (running === null) return;
    for (const sensor of this.concerned(running.step))
      if (timeMs - Math.max(sensor.usableMs, running.startMs) > SILENT_LIMIT_MS) {
        this.cancel();
        this.refuse(running.step, 'noSignal', sensor.description.sensorIndex);
        return;
      }
    if (running.step.name === 'still' || running.step.name === 'neutral') this.updateRest(running, timeMs);
    else this.updateGesture(running, timeMs);
  }

  /** The role of a sensor changed: what its movements showed is read anew for the new segment. */
  rolesChanged(): void {
    this.body.assign(this.sensors);
    for (const sensor of this.sensors) this.applyTo(sensor);
  }

  /** The person gave a sensor another role after it had been found somewhere: it was exchanged, and is mended. */
  roleGiven(sensor: LiveSensor): void {
    this.rolesChanged();
    if (sensor.role === null) return;
    const { sensorIndex } = sensor.description;
    this.findings = this.findings.map((found) =>
      found.sensorIndex === sensorIndex && found.role !== sensor.role
        ? { ...finding(sensor, 'swapped', found.movedRad), formerRole: found.role }
        : found,
    );
  }

  /** Another unit takes this place: what was found of the one before says nothing of it. */
  forgetSensor(sensorIndex: number): void {
    this.knowledge.delete(sensorIndex);
    this.findings = this.findings.filter((found) => found.sensorIndex !== sensorIndex);
    if (this.running?.rest.has(sensorIndex) === true || this.running?.gestures.has(sensorIndex) === true) {
      const { step } = this.running;
      this.cancel();
      this.refuse(step, 'noSignal', sensorIndex);
    }
  }

  private sensorAt(index: number): LiveSensor {
    const sensor = this.sensors.find((candidate) => candidate.description.sensorIndex === index);
    if (sensor === undefined) throw new RangeError(`No sensor ${index} in this session.`);
    return sensor;
  }

  private known(sensor: LiveSensor): SensorKnowledge {
    const index = sensor.description.sensorIndex;
    let found = this.knowledge.get(index);
    if (found === undefined) {
      found = nothingKnown();
      this.knowledge.set(index, found);
    }
    return found;
  }

  /** A table step concerns every unit, the others what is worn. */
  private concerned(step: CalibrationStep): readonly LiveSensor[] {
    const connected = this.sensors.filter((sensor) => sensor.connected);
    return step.name === 'still' ? connected : connected.filter((sensor) => sensor.role !== null);
  }

  private updateRest(running: RunningStep, timeMs: number): void {
    const step = running.step as Extract<CalibrationStep, { durationS: number }>;
    let restS = Infinity,
      isStill = true;
    for (const tracker of running.rest.values()) {
      restS = Math.min(restS, tracker.hasData ? tracker.restS : 0);
      if (tracker.isMoving) isStill = false;
    }
    this.isStill = isStill && restS > 0;
    this.fraction = Math.min(1, restS / step.durationS);
    if (timeMs - running.progressMs >= PROGRESS_EVERY_MS) {
      running.progressMs = timeMs;
      const movingSensors = [...running.rest]
        .filter(([, tracker]) => tracker.isMoving)
        .map(([index]) => index);
      this.emit({ kind: 'stepProgressed', step: step.name, fraction: this.fraction, movingSensors });
    }
    if (restS < step.durationS) return;
    this.cancel();
    if (step.name === 'still') this.completeStill(running, timeMs);
    else this.completeNeutral(running, step.posture, timeMs);
  }

  private completeStill(running: RunningStep, timeMs: number): void {
    const findings: SensorFinding[] = [];
    for (const [index, tracker] of running.rest) {
      const sensor = this.sensorAt(index);
      this.known(sensor).needsBench = tracker.needsBench;
      this.watchBias(sensor, tracker, running.startMs, timeMs);
      findings.push(finding(sensor, tracker.needsBench ? 'needsBenchCalibration' : 'biasTaken', null));
      if (tracker.needsBench)
        this.raise({
          name: 'NEEDS_BENCH_CALIBRATION',
          sensorIndex: index,
          startMs: running.startMs,
          endMs: timeMs,
          detail: describeBenchNeed(tracker),
        });
    }
    this.emit({ kind: 'stepCompleted', step: 'still', findings });
  }

  private completeNeutral(running: RunningStep, posture: PostureName, timeMs: number): void {
    const findings: SensorFinding[] = [];
    this.body.assign(this.sensors);
    this.body.headingDoubtRad = 0;
    for (const [index, tracker] of running.rest) {
      const sensor = this.sensorAt(index);
      const known = this.known(sensor);
      const qNeutral = normalizeInto(new Float64Array(4), tracker.qSum);
      const turnedRad = known.neutral === null ? 0 : upChangeRad(known.neutral.qEarthFromSensor, qNeutral);
      // Put elsewhere on purpose it has not slipped, and what its gestures found is of the place before.
      const isElsewhere = known.judgedAs !== null && known.judgedAs !== sensor.role;
      const isRemounted = known.neutral?.posture === posture && turnedRad > REMOUNTED_RAD;
      if (isElsewhere || isRemounted) known.bow = known.armRaise = null;
      if (isRemounted && !isElsewhere) {
        this.raise({
          name: 'SLIP',
          sensorIndex: index,
          startMs: running.startMs,
          endMs: timeMs,
          detail: `sits ${(turnedRad * DEG_PER_RAD).toFixed(0)} deg differently than at the last neutral`,
        });
      }
      this.watchBias(sensor, tracker, running.startMs, timeMs);
      sensor.filter.takeGuidedRest(tracker.meanRateInto(new Float64Array(3)));
      const headingMark = new Float64Array(HEADING_MARK.length);
      sensor.markHeading(headingMark);
      sensor.filter.restartHeading();
      known.neutral = {
        qEarthFromSensor: qNeutral,
        posture,
        headingMark,
        stretch: sensor.stretch,
      };
      this.applyTo(sensor);
      findings.push(finding(sensor, 'inPlace', null));
    }
    this.quality = this.calibrationQuality();
    this.emit({ kind: 'stepCompleted', step: 'neutral', findings });
  }

  /** Between two rests the rate of a sensor at rest may change by what breathing does, not by more. */
  private watchBias(sensor: LiveSensor, tracker: RestTracker, startMs: number, timeMs: number): void {
    const known = this.known(sensor);
    const rateRadPerS = tracker.meanRateInto(new Float64Array(3));
    known.firstRest ??= { rateRadPerS, startMs };
    const wander = Math.hypot(
      ...rateRadPerS.map((rate, i) => rate - (known.firstRest?.rateRadPerS[i] ?? NaN)),
    );
    if (!isBiasWandering(wander)) return;
    this.raise({
      name: 'NOT_SETTLED',
      sensorIndex: sensor.description.sensorIndex,
      startMs: known.firstRest.startMs,
      endMs: timeMs,
      detail: describeBiasWander(wander),
    });
  }

  private updateGesture(running: RunningStep, timeMs: number): void {
    const step = running.step as Extract<CalibrationStep, { repetitions: number }>;
    const leastRad = step.name === 'bow' ? LEAST_BOW_RAD : LEAST_ARM_RAISE_RAD;
    let reached = 0,
      made = 0,
      sum = 0,
      isUnderWay = false;
    for (const gesture of running.gestures.values()) {
      reached = Math.max(reached, gesture.countReaching(leastRad));
      made = Math.max(made, gesture.gestureCount);
      sum += gesture.gestureCount;
      isUnderWay ||= gesture.isUnderWay;
    }
    if (sum > running.made) {
      running.made = sum;
      running.madeMs = timeMs;
    }
    this.fraction = Math.min(1, reached / step.repetitions);
    if (timeMs - running.progressMs >= PROGRESS_EVERY_MS) {
      running.progressMs = timeMs;
      this.emit({ kind: 'stepProgressed', step: step.name, fraction: this.fraction, movingSensors: [] });
    }
    if (reached >= step.repetitions && Number.isNaN(running.enoughSinceMs)) running.enoughSinceMs = timeMs;
    // Segments come back one after the other: the first one home does not speak for the rest.
    if (reached >= step.repetitions && (!isUnderWay || timeMs - running.enoughSinceMs > HOMECOMING_MS)) {
      this.cancel();
      this.judgeGesture(running, step, timeMs);
    } else if (
      reached < step.repetitions &&
      (made >= PATIENCE * step.repetitions || timeMs - running.madeMs > GESTURE_LIMIT_MS)
    ) {
      this.cancel();
      this.refuse(step, 'notEnoughMovement', null);
    }
  }

  private judgeGesture(
    running: RunningStep,
    step: Extract<CalibrationStep, { repetitions: number }>,
    timeMs: number,
  ): void {
    const isBow = step.name === 'bow';
    const before = new Map<LiveSensor, GestureAxis | null>();
    for (const [index, gesture] of running.gestures) {
      const known = this.known(this.sensorAt(index));
      before.set(this.sensorAt(index), isBow ? known.bow : known.armRaise);
      if (isBow) known.bow = gesture.axis(LEAST_LOWER_BOW_RAD);
      else known.armRaise = gesture.axis(LEAST_ARM_RAISE_RAD / 2);
    }
    const former = new Map(this.sensors.map((sensor) => [sensor, sensor.role]));
    const worn = this.wornIn(running);
    const { isExplained, exchange } = mendRoles(worn, step);
    if (!isExplained) {
      this.raise({
        name: 'SWAP_SUSPECT',
        sensorIndex: null,
        startMs: running.startMs,
        endMs: timeMs,
        detail: 'what moved is not what the roles say; check who wears what',
      });
      this.refuse(step, 'gestureContradictsRoles', null, exchange);
      return;
    }
    const proof = this.proofSensor(running, step);
    const axis = proof === null ? null : isBow ? this.known(proof).bow : this.known(proof).armRaise;
    const refusal =
      proof === null || axis === null
        ? 'notEnoughMovement'
        : this.axisRefusal(proof, axis, isBow ? BOW_PLANARITY : ARM_RAISE_PLANARITY);
    if (refusal !== null) {
      for (const [sensor, role] of former) sensor.role = role;
      this.forget(running, isBow);
      this.rolesChanged();
      this.refuse(step, refusal, proof?.description.sensorIndex ?? null);
      return;
    }
    this.rolesChanged();
    for (const [sensor, axis] of before) {
      if (isArm(sensor.role) === isBow) continue;
      const known = this.known(sensor);
      // A strap that went to another place on purpose has not slipped.
      if (known.judgedAs === sensor.role) this.compareAxis(sensor, axis, running.startMs, timeMs);
      known.judgedAs = sensor.role;
    }
    const findings: SensorFinding[] = [];
    for (const [index, gesture] of running.gestures) {
      const sensor = this.sensorAt(index);
      const formerRole = former.get(sensor) ?? null;
      const movedRad = gesture.largestRad;
      if (formerRole !== sensor.role) findings.push({ ...finding(sensor, 'swapped', movedRad), formerRole });
      else if (isArm(sensor.role) !== isBow)
        findings.push(finding(sensor, this.mountingOf(sensor), movedRad));
    }
    if (isBow) offerExchange(worn, findings);
    this.findings = [
      ...this.findings.filter((old) => !findings.some((found) => found.sensorIndex === old.sensorIndex)),
      ...findings,
    ];
    this.quality = this.calibrationQuality();
    this.emit({ kind: 'stepCompleted', step: step.name, findings });
  }

  /** A check that is made again finds the axis where it was, or the sensor has moved on its strap since. */
  private compareAxis(sensor: LiveSensor, before: GestureAxis | null, startMs: number, timeMs: number): void {
    const now = this.usableAxis(sensor);
    if (before === null || now === null) return;
    let dot = 0;
    for (let k = 0; k < 3; k++) dot += before.axisInSensor[k] * now.axisInSensor[k];
    const movedRad = Math.acos(Math.max(-1, Math.min(1, dot)));
    if (!(movedRad > MOVED_AXIS_RAD)) return;
    this.raise({
      name: 'SLIP',
      sensorIndex: sensor.description.sensorIndex,
      startMs,
      endMs: timeMs,
      detail: `the axis of this check lies ${(movedRad * DEG_PER_RAD).toFixed(0)} deg from where the one before found it`,
    });
  }

  private wornIn(running: RunningStep): readonly MovedSensor[] {
    return [...running.gestures].map(([index, { largestRad }]) => ({
      sensor: this.sensorAt(index),
      movedRad: largestRad,
    }));
  }

  /** The sensor whose axis the gesture is about. */
  private proofSensor(running: RunningStep, step: CalibrationStep): LiveSensor | null {
    const worn = this.wornIn(running).map(({ sensor }) => sensor);
    if (step.name === 'armRaise') {
      const wanted: SegmentRole = step.side === 'left' ? 'upperArmLeft' : 'upperArmRight';
      return worn.find((sensor) => sensor.role === wanted) ?? null;
    }
    return (
      worn.find((sensor) => sensor.role === 'upperBack') ??
      worn.find((sensor) => !isArm(sensor.role)) ??
      worn[0] ??
      null
    );
  }

  private axisRefusal(sensor: LiveSensor, axis: GestureAxis, leastPlanarity: number): StepRefusal | null {
    if (axis.planarity < leastPlanarity) return 'movementNotInOnePlane';
    if (axis.spreadRad > LARGEST_AXIS_SPREAD_RAD) return 'axisDisagrees';
    const neutral = this.known(sensor).neutral;
    if (neutral === null) return 'neutralMissing';
    const { axisTiltRad } = forwardFromRightAxis(axis.axisInSensor, neutral.qEarthFromSensor);
    return Math.abs(axisTiltRad) > LARGEST_AXIS_TILT_RAD ? 'axisDisagrees' : null;
  }

  private forget(running: RunningStep, isBow: boolean): void {
    for (const index of running.gestures.keys()) {
      const known = this.known(this.sensorAt(index));
      if (isBow) known.bow = null;
      else known.armRaise = null;
    }
  }

  /** The gesture's axis that a sensor's role is calibrated by, when it is good enough. */
  private usableAxis(sensor: LiveSensor): GestureAxis | null {
    const known = this.known(sensor);
    const axis = isArm(sensor.role) ? known.armRaise : known.bow;
    if (axis === null) return null;
    return this.axisRefusal(sensor, axis, isArm(sensor.role) ? ARM_RAISE_PLANARITY : BOW_PLANARITY) === null
      ? axis
      : null;
  }

  private forwardHeadingRad(sensor: LiveSensor): number {
    const neutral = this.known(sensor).neutral;
    if (neutral === null || sensor.role === null) return NaN;
    const axis = this.usableAxis(sensor);
    if (axis === null) return forwardFromUsualMounting(sensor.role, neutral.qEarthFromSensor).headingRad;
    // Bowing turns about the left-pointing axis, raising an arm about the right-pointing one.
    const right = isArm(sensor.role) ? axis.axisInSensor : axis.axisInSensor.map((value) => -value);
    return forwardFromRightAxis(right, neutral.qEarthFromSensor).headingRad;
  }

  private applyTo(sensor: LiveSensor): void {
    const neutral = this.known(sensor).neutral;
    if (neutral === null || sensor.role === null) return;
    this.body.calibrate(
      sensor.role,
      neutral.posture,
      this.forwardHeadingRad(sensor),
      neutral.qEarthFromSensor,
      neutral.headingMark,
      neutral.stretch,
      this.usableAxis(sensor) === null ? 'neutralPose' : 'functional',
    );
  }

  private mountingOf(sensor: LiveSensor): SensorFinding['kind'] {
    const neutral = this.known(sensor).neutral;
    if (neutral === null || sensor.role === null || this.usableAxis(sensor) === null) return 'axisUnclear';
    return describeMounting(sensor.role, this.forwardHeadingRad(sensor), neutral.qEarthFromSensor);
  }

  /** 0 to 100: full marks for axes that are plane, level and repeatable; 60 from the neutral pose alone. */
  private calibrationQuality(): number | null {
    let sum = 0,
      count = 0;
    for (const sensor of this.sensors) {
      const neutral = this.known(sensor).neutral;
      if (sensor.role === null || neutral === null) continue;
      count++;
      const axis = this.usableAxis(sensor);
      if (axis === null) {
        sum += 60;
        continue;
      }
      const { axisTiltRad } = forwardFromRightAxis(axis.axisInSensor, neutral.qEarthFromSensor);
      sum +=
        100 -
        100 * (1 - axis.planarity) -
        (15 * Math.abs(axisTiltRad)) / LARGEST_AXIS_TILT_RAD -
        (10 * axis.spreadRad) / LARGEST_AXIS_SPREAD_RAD;
    }
    return count === 0 ? null : Math.round(sum / count);
  }

  private refuse(
    step: CalibrationStep,
    reason: StepRefusal,
    sensorIndex: number | null,
    exchange: readonly [number, number] | null = null,
  ): void {
    this.fraction = NaN;
    this.emit({ kind: 'stepRefused', step: step.name, reason, sensorIndex, exchange });
  }
}

function finding(sensor: LiveSensor, kind: SensorFinding['kind'], movedRad: number | null): SensorFinding {
  return { sensorIndex: sensor.description.sensorIndex, role: sensor.role, kind, movedRad, formerRole: null };
}
