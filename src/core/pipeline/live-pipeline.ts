import { CLOCK_UNSURE_MS } from '../clock/clock-doubt.ts';
import { THRESHOLDS_VERSION } from '../exercise/coaching-thresholds.ts';
import { matchSensorSet, motionDefinition } from '../exercise/motion-definitions.ts';
import type { MotionDefinition } from '../exercise/motion-definition.ts';
import type { DeviceFamily } from '../device/device-family.ts';
import { deviceFamily } from '../device/registry.ts';
import { SAMPLE, SIGMA_OFFSET, type OrientationFilter } from '../fusion/orientation-filter.ts';
import { recallGyroBias, type RememberedGyroBias } from '../fusion/remembered-bias.ts';
import { createThoraFilter, type InitialGyroBias } from '../fusion/thora-filter.ts';
import { THORA_PRESETS, type ThoraFilterParams } from '../fusion/thora-parameters.ts';
import { tiltRad, upInSegmentInto } from '../body/angles.ts';
import type { SegmentRole } from '../body/segment-role.ts';
import type { SensorDescription, SensorPacket } from '../packet/packet.ts';
import type { SensorCalibration } from '../packet/sensor-calibration.ts';
import { isOtherStream, isOtherUnit } from '../recording/attachments.ts';
import { biasSigmaRadPerS } from '../quality/bias-doubt.ts';
import type { QualityFlag } from '../quality/quality-flag.ts';
import { FallWatch } from './fall-watch.ts';
import { LiveBody } from './live-body.ts';
import { LiveCalibration } from './live-calibration.ts';
import { writeLiveFrame } from './live-frame-writer.ts';
import { LiveSensor, type GapReport, type SampleListener, type SessionAxis } from './live-sensor.ts';
import { LiveSet } from './live-set.ts';
import { HoldWatch, type HoldWatchResult, type PostureZero } from './hold-watch.ts';
import type { HoldWatchPlan, PipelineCommand, SessionNote, SetPlan } from './pipeline-command.ts';
import type { CoachingDecision } from '../exercise/session-controller.ts';
import { PainTapWatch } from './pain-tap-watch.ts';
import type { PipelineFact } from './pipeline-fact.ts';
import type { SaidOfSet, SessionResult, SetResult, UnmeasuredSetResult } from './session-result.ts';
import { SessionStopwatch } from './session-stopwatch.ts';

/** The common axis on which all sensors are read together. */
export const GRID_RATE_HZ = 100;
const GRID_STEP_MS = 1000 / GRID_RATE_HZ;
/** A sensor whose newest sample is older than the others' by more than this is no longer waited for. */
const WAIT_MS = 200;
/** A device that slept for a night is stepped over: whatever waits for a sensor has given up long before. */
const LONGEST_SILENCE_MS = 600_000;
const REJECTED_REPORT_EVERY = 20;
const MOST_FLAGS = 500;
const NO_FACTS: readonly PipelineFact[] = Object.freeze([]);

export interface LivePipelineOptions {
  readonly engineVersion: string;
  /** Called at every instant of the common axis (100 Hz) once angles may exist; must not keep what it reads. */
  readonly onGrid?: ((timeMs: number, body: LiveBody, pipeline: LivePipeline) => void) | undefined;
  /** Where a family comes from; the registry unless a test brings its own. */
  readonly family?: ((description: SensorDescription) => DeviceFamily) | undefined;
  /** The orientation filter of a sensor; Thora's own for worn sensors unless told otherwise. */
  readonly createFilter?:
    ((family: DeviceFamily, initial: InitialGyroBias | null) => OrientationFilter) | undefined;
}

/** How the filter of a worn sensor of this family is set. */
export function wornFilterParams(family: DeviceFamily): ThoraFilterParams {
  return {
    ...THORA_PRESETS.worn,
    gyroFullScaleRadPerS: family.gyroFullScaleRadPerS,
    accFullScaleMetersPerS2: family.accFullScaleMetersPerS2,
  };
}

/**
 * The one chain of a running session: decode, clock, fuse, segment, angle, repetition. A deterministic function of
 * its inputs in their order: it has no clock and no randomness, so a recording played again gives the same bits.
 */
export class LivePipeline {
  readonly sensors: LiveSensor[] = [];
  readonly body = new LiveBody();
  readonly calibration: LiveCalibration;
  set: LiveSet | null = null;
  private pain: PainTapWatch | null = null;
  isFinished = false;
  /** Session time of the last instant read, ms. */
  timeMs = 0;
  lastHostTimeMs = NaN;

  private readonly options: LivePipelineOptions;
  private readonly sensorAt = new Map<number, LiveSensor>();
  private readonly onSample: SampleListener;
  private readonly falls = new FallWatch();
  private readonly up = new Float64Array(3);
  private readonly raiseFlag = (flag: QualityFlag): void => this.raise(flag);
  private readonly axis: SessionAxis = { startHostTimeMs: NaN };
  private readonly gap: GapReport = { startMs: NaN, endMs: NaN };
  private readonly setResults: SetResult[] = [];
  private readonly flags: QualityFlag[] = [];
  private readonly decisions: CoachingDecision[] = [];
  private readonly stopwatch = new SessionStopwatch();
  private readonly unsureClocks = new Set<number>();
  private facts: PipelineFact[] = [];
  private gridIndex = -1;
  private painBefore: number | null = null;
  private painAfter: number | null = null;
  private painDuring: number | null = null;
  private readonly unmeasuredSets: UnmeasuredSetResult[] = [];
  /** The one that ended last, measured or not: what is said in the rest after it belongs to it. */
  private lastSet: SetResult | UnmeasuredSetResult | null = null;
  private readonly saidOfSets = new Map<SetResult | UnmeasuredSetResult, SaidOfSet>();
  private hold: HoldWatch | null = null;
  /** Of the set by the clock that runs. */
  private holds: HoldWatchResult[] = [];
  private readonly postureZero: PostureZero = { flexionRad: NaN, sideBendRad: NaN, phaseRad: NaN };
  private finished: SessionResult | null = null;

  constructor(options: LivePipelineOptions) {
    this.options = options;
    const emit = (fact: PipelineFact): void => {
      this.stopwatch.takeFact(fact, this.timeMs);
      this.facts.push(fact);
    };
    this.calibration = new LiveCalibration(this.sensors, this.body, emit, this.raiseFlag);
    this.onSample = (sensor) => {
      this.calibration.takeSample(sensor);
      if (sensor.role !== 'upperBack') return;
      const { sample } = sensor;
      const at = SAMPLE.accMetersPerS2;
      this.falls.feel(sensor.latestMs, Math.hypot(sample[at], sample[at + 1], sample[at + 2]));
    };
  }

  /** One notification. The bytes are read and not kept. */
  push(packet: SensorPacket): void {
    const sensor = this.sensorAt.get(packet.sensorIndex);
    if (sensor === undefined || this.isFinished) return;
    this.begin(packet.hostTimeMs);
    const had = sensor.hasStreamed;
    if (!sensor.push(packet, this.axis, this.onSample, this.gap)) {
      this.reportRejection(sensor);
      return;
    }
    this.lastHostTimeMs = packet.hostTimeMs;
    if (!had) this.facts.push({ kind: 'sensorStreaming', sensorIndex: packet.sensorIndex });
    if (this.gap.endMs === this.gap.endMs) {
      const { startMs, endMs } = this.gap;
      this.facts.push({ kind: 'gap', sensorIndex: packet.sensorIndex, startMs, endMs });
      this.raise({
        name: 'GAP',
        sensorIndex: packet.sensorIndex,
        startMs,
        endMs,
        detail: `${((endMs - startMs) / 1000).toFixed(2)} s without samples`,
      });
    }
    sensor.watch.raiseEnded(sensor.latestMs, this.raiseFlag);
    this.advance();
  }

  command(command: PipelineCommand, hostTimeMs: number): void {
    if (this.isFinished) return;
    this.begin(hostTimeMs);
    this.stopwatch.takeCommand(command, hostTimeMs - this.axis.startHostTimeMs);
    switch (command.kind) {
      case 'attachSensor':
        this.attach(command.sensor, command.role, command.gyroBias, command.calibration ?? null);
        return;
      case 'assignRole': {
        const sensor = this.sensorAt.get(command.sensorIndex);
        if (sensor === undefined) return;
        sensor.role = command.role;
        this.calibration.roleGiven(sensor);
        return;
      }
      case 'linkChanged':
        this.sensorAt.get(command.sensorIndex)?.linkChanged(command.connected);
        return;
      case 'clockEcho':
        this.sensorAt.get(command.sensorIndex)?.takeEcho(command, this.axis);
        return;
      case 'beginStep':
        this.calibration.begin(command.step, Math.max(this.timeMs, 0));
        return;
      case 'cancelStep':
        this.calibration.cancel();
        return;
      case 'beginSet':
        this.beginSet(command.set);
        return;
      case 'pauseSet':
        this.set?.pause('person', this.timeMs);
        return;
      case 'resumeSet':
        this.set?.resume();
        return;
      case 'endSet':
        this.endSet();
        return;
      case 'retarget':
        this.set?.retarget(command.targetFraction);
        return;
      case 'beginHold':
        this.beginHold(command.hold, hostTimeMs - this.axis.startHostTimeMs);
        return;
      case 'endHold':
        this.endHold(command.isKept, hostTimeMs - this.axis.startHostTimeMs);
        return;
      case 'annotate':
        this.takeNote(command.note);
        return;
      case 'finish':
        this.finish(hostTimeMs - this.axis.startHostTimeMs);
        return;
    }
  }

  private noteOfLastSet(about: 'painDuring' | 'effort', value: number): void {
    if (this.lastSet === null) return;
    const said = this.saidOfSets.get(this.lastSet) ?? {};
    this.saidOfSets.set(this.lastSet, { ...said, [about]: Math.max(said[about] ?? 0, value) });
  }

  private withWords<T extends SetResult | UnmeasuredSetResult>(set: T): T {
    const said = this.saidOfSets.get(set);
    return said === undefined ? set : { ...set, ...said };
  }

  private takeNote(note: SessionNote): void {
    switch (note.about) {
      case 'painBefore':
        this.painBefore = note.value;
        return;
      case 'painAfter':
        this.painAfter = note.value;
        return;
      case 'painDuring':
        this.painDuring = Math.max(this.painDuring ?? 0, note.value);
        this.noteOfLastSet('painDuring', note.value);
        return;
      case 'effort':
        this.noteOfLastSet('effort', note.value);
        return;
      case 'coaching':
        this.decisions.push(note.decision);
        return;
      case 'unmeasuredSet': {
        const { about: _, ...set } = note;
        this.lastSet = this.holds.length === 0 ? set : { ...set, holds: this.holds };
        this.unmeasuredSets.push(this.lastSet);
        this.holds = [];
        return;
      }
      case 'painPlace':
        if (this.lastSet !== null)
          this.saidOfSets.set(this.lastSet, { ...this.saidOfSets.get(this.lastSet), painPlace: note.place });
        return;
      case 'stopReason':
      case 'appOpened':
        return;
    }
  }

  /** What happened since the last call, oldest first. */
  drainFacts(): readonly PipelineFact[] {
    if (this.facts.length === 0) return NO_FACTS;
    const drained = this.facts;
    this.facts = [];
    return drained;
  }

  /** The fast values, in the layout of LIVE_FRAME. */
  writeFrame(out: Float64Array): void {
    writeLiveFrame(out, this);
  }

  /** What the session has come to so far; after 'finish' what it came to. */
  result(): SessionResult {
    if (this.finished !== null) return this.finished;
    const running = this.set;
    const sets = this.setResults.map((set) => this.withWords(set));
    // A set that was cut off keeps its repetitions; nothing is ended by asking.
    if (running !== null && running.phase !== 'ended' && running.repetitions.length > 0) {
      const soFar = running.soFar(this.timeMs);
      sets.push(this.pain?.addTo(soFar) ?? soFar);
    }
    return {
      engineVersion: this.options.engineVersion,
      thresholdsVersion: THRESHOLDS_VERSION,
      sensors: this.sensors.map((sensor) => ({
        sensorIndex: sensor.description.sensorIndex,
        role: sensor.role,
        sampleCount: sensor.sampleCount,
        rateHz: Number.isFinite(sensor.rateHz) ? sensor.rateHz : 0,
        missingFraction:
          sensor.sampleCount > 0 ? sensor.missingCount / (sensor.sampleCount + sensor.missingCount) : 0,
        gyroBiasRadPerS: [
          sensor.filter.gyroBiasRadPerS[0],
          sensor.filter.gyroBiasRadPerS[1],
          sensor.filter.gyroBiasRadPerS[2],
        ],
        gyroBiasSigmaRadPerS: biasSigmaRadPerS(sensor.filter.sigma, SIGMA_OFFSET.gyroBiasRadPerS),
        rejectedPacketCount: sensor.rejectedPacketCount,
      })),
      sets,
      flags: [...this.flags, ...this.openFlags()],
      findings: this.calibration.findings,
      calibrationQuality: this.calibration.quality,
      painBefore: this.painBefore,
      painAfter: this.painAfter,
      coaching: [...this.decisions],
      times: this.stopwatch.read(sets),
      ...(this.painDuring !== null && { painDuring: this.painDuring }),
      ...(this.unmeasuredSets.length > 0 && {
        unmeasuredSets: this.unmeasuredSets.map((set) => this.withWords(set)),
      }),
    };
  }

  /** The session's axis begins with its first input. */
  private begin(hostTimeMs: number): void {
    if (!Number.isFinite(this.axis.startHostTimeMs)) this.axis.startHostTimeMs = hostTimeMs;
  }

  private attach(
    description: SensorDescription,
    role: SegmentRole | null,
    gyroBias: RememberedGyroBias | undefined,
    calibration: SensorCalibration | null,
  ): void {
    const index = description.sensorIndex;
    const existing = this.sensorAt.get(index);
    if (existing !== undefined && !isOtherUnit(existing.description, description)) {
      // The same unit again is a reconnection that forgot to say so.
      existing.role = role;
      existing.linkChanged(false);
      existing.linkChanged(true);
      if (isOtherStream(existing.description, description)) existing.changeStream(description);
    } else {
      const family = this.options.family?.(description) ?? deviceFamily(description.family);
      const initial = gyroBias === undefined ? null : recallGyroBias(gyroBias);
      const filter =
        this.options.createFilter?.(family, initial) ?? createThoraFilter(wornFilterParams(family), initial);
      const sensor = new LiveSensor(description, role, family, filter, calibration);
      if (existing === undefined) this.sensors.push(sensor);
      else {
        this.sensors[this.sensors.indexOf(existing)] = sensor;
        this.calibration.forgetSensor(index);
      }
      this.sensorAt.set(index, sensor);
    }
    this.calibration.rolesChanged();
    this.facts.push({ kind: 'sensorAttached', sensorIndex: index });
  }

  private beginSet(plan: SetPlan): void {
    this.endSet();
    const motion = motionDefinition(plan.exerciseId);
    const calibrated = this.body.segments.filter(
      ({ sensor, isCalibrated }) => sensor !== null && isCalibrated,
    );
    const worn = calibrated.map(({ role }) => role);
    const heard = calibrated.filter(({ sensor }) => sensor?.connected).map(({ role }) => role);
    // What is measured without the sensor that is gone need not wait for it.
    const set = matchSensorSet(motion, heard, plan.side) ?? matchSensorSet(motion, worn, plan.side);
    if (set === null) {
      this.facts.push({ kind: 'setRefused', plan, missingRoles: missingRoles(motion, worn, plan) });
      return;
    }
    const needsBench = set.roles.some((role) => {
      const sensor = this.body.segment(role).sensor;
      return sensor !== null && this.calibration.needsBench(sensor.description.sensorIndex);
    });
    this.pain = new PainTapWatch(plan.exerciseId, this.body);
    this.set = new LiveSet(
      plan,
      motion,
      set,
      needsBench,
      this.body,
      GRID_RATE_HZ,
      (fact) => this.facts.push(fact),
      this.raiseFlag,
    );
  }

  private endSet(): void {
    const set = this.set;
    if (set === null) return;
    if (set.phase === 'ended') this.keepSet(set);
    else {
      set.end(this.timeMs);
      this.keepSet(set);
    }
  }

  /** @param timeMs session time of the command: the instants stand still while every sensor is silent */
  private beginHold(plan: HoldWatchPlan, timeMs: number): void {
    this.hold = new HoldWatch(plan, this.body, GRID_RATE_HZ, timeMs, this.postureZero, (fact) =>
      this.facts.push(fact),
    );
  }

  private endHold(isKept: boolean, timeMs: number): void {
    const hold = this.hold?.end(timeMs);
    this.hold = null;
    if (hold === undefined || !isKept) return;
    this.holds.push(hold);
    this.facts.push({ kind: 'holdEnded', hold });
  }

  private keepSet(set: LiveSet): void {
    const result = set.end(this.timeMs);
    const kept = this.pain?.addTo(result) ?? result;
    this.setResults.push(kept);
    this.lastSet = kept;
    this.set = null;
    for (const { sensor } of set.measure.needed)
      if (sensor !== null) this.raiseUnsureClock(sensor, result.startMs, result.endMs);
  }

  private finish(commandMs: number): void {
    this.endSet();
    this.calibration.cancel();
    for (const flag of this.openFlags()) this.raise(flag);
    for (const sensor of this.sensors) this.raiseUnsureClock(sensor, sensor.firstMs, commandMs);
    this.isFinished = true;
    this.finished = this.result();
    this.facts.push({ kind: 'sessionFinished', result: this.finished });
  }

  /** What lasts until now, as if the session ended here. */
  private openFlags(): QualityFlag[] {
    return this.isFinished ? [] : this.sensors.flatMap((sensor) => sensor.watch.openFlags());
  }

  /** Once for each sensor: a clock is found unsure where a set used it, or at the end. */
  private raiseUnsureClock(sensor: LiveSensor, startMs: number, endMs: number): void {
    const index = sensor.description.sensorIndex;
    if (!sensor.hasStreamed || !(sensor.clockBoundMs > CLOCK_UNSURE_MS) || this.unsureClocks.has(index))
      return;
    this.unsureClocks.add(index);
    this.raise({
      name: 'CLOCK_UNSURE',
      sensorIndex: index,
      startMs,
      endMs,
      detail: `its samples may be placed ${sensor.clockBoundMs.toFixed(0)} ms off in time`,
    });
  }

  private reportRejection(sensor: LiveSensor): void {
    if (sensor.rejection === '') return;
    const count = sensor.rejectedPacketCount;
    if (count === 1 || count % REJECTED_REPORT_EVERY === 0)
      this.facts.push({
        kind: 'packetsRejected',
        sensorIndex: sensor.description.sensorIndex,
        reason: sensor.rejection,
        count,
      });
    sensor.rejection = '';
  }

  private raise(flag: QualityFlag): void {
    if (this.flags.length >= MOST_FLAGS) return;
    this.flags.push(flag);
    this.facts.push({ kind: 'flagRaised', flag });
  }

  private watchFall(): void {
    const upper = this.body.segment('upperBack');
    if (!upper.isValid || upper.sensor === null) return;
    const tilt = tiltRad(upInSegmentInto(this.up, upper.qFacingFromSegment));
    if (this.falls.step(this.timeMs, tilt, upper.sensor.speedRadPerS))
      this.facts.push({ kind: 'fallSuspected', timeMs: this.timeMs });
  }

  /** Reads the common axis as far as every sensor that keeps up has come. */
  private advance(): void {
    let newestMs = -Infinity;
    for (let i = 0; i < this.sensors.length; i++)
      if (this.sensors[i].usableMs > newestMs) newestMs = this.sensors[i].usableMs;
    let untilMs = newestMs;
    for (let i = 0; i < this.sensors.length; i++) {
      const usableMs = this.sensors[i].usableMs;
      if (this.sensors[i].connected && usableMs >= newestMs - WAIT_MS && usableMs < untilMs)
        untilMs = usableMs;
    }
    if (untilMs === -Infinity) return;
    if (this.gridIndex < 0) this.gridIndex = Math.ceil(untilMs / GRID_STEP_MS) - 1;
    const asleepFromMs = this.gridIndex * GRID_STEP_MS + LONGEST_SILENCE_MS;
    while ((this.gridIndex + 1) * GRID_STEP_MS <= untilMs) {
      this.gridIndex++;
      if (this.gridIndex * GRID_STEP_MS > asleepFromMs) this.gridIndex = Math.floor(untilMs / GRID_STEP_MS);
      this.timeMs = this.gridIndex * GRID_STEP_MS;
      this.body.update(this.timeMs);
      this.calibration.update(this.timeMs);
      this.watchFall();
      this.hold?.follow(this.timeMs);
      const set = this.set;
      if (set !== null) {
        set.update(this.timeMs);
        const tap = this.pain?.follow(this.timeMs, set) ?? null;
        if (tap !== null) this.facts.push({ kind: 'painTapped', tap });
        if (set.phase === 'ended') this.keepSet(set);
      }
      this.options.onGrid?.(this.timeMs, this.body, this);
    }
  }
}

/** The roles that would let the first sensor set of the motion be used. */
function missingRoles(motion: MotionDefinition, worn: readonly SegmentRole[], plan: SetPlan): SegmentRole[] {
  const usable = motion.sensorSets.filter((set) => matchSensorSet(motion, set.roles, plan.side) !== null);
  const nearest = [...usable].sort(
    (a, b) =>
      a.roles.filter((r) => !worn.includes(r)).length - b.roles.filter((r) => !worn.includes(r)).length,
  )[0];
  return (nearest?.roles ?? []).filter((role) => !worn.includes(role));
}
