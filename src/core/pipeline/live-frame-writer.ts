import type { RepetitionPhase } from '../exercise/repetition-machine.ts';
import { LIVE_FRAME, LIVE_SENSOR, MAX_SENSORS, REPETITION_PHASE, SESSION_PHASE } from './live-frame.ts';
import type { LivePipeline } from './live-pipeline.ts';

/** Fills a live frame from the pipeline's present state; NaN where nothing is known. Allocates nothing. */
export function writeLiveFrame(out: Float64Array, pipeline: LivePipeline): void {
  out.fill(NaN);
  const { body, calibration, set } = pipeline;
  out[LIVE_FRAME.sessionTimeMs] = pipeline.timeMs;
  out[LIVE_FRAME.hostTimeMs] = pipeline.lastHostTimeMs;
  out[LIVE_FRAME.phase] = sessionPhase(pipeline);
  out[LIVE_FRAME.stepFraction] = calibration.fraction;
  out[LIVE_FRAME.still] = calibration.isStill ? 1 : 0;
  out[LIVE_FRAME.countedRepetitions] = 0;
  out[LIVE_FRAME.repetitionPhase] = REPETITION_PHASE.none;
  out[LIVE_FRAME.expectedSign] = 0;
  if (set !== null) {
    const machine = set.machine;
    out[LIVE_FRAME.primaryRad] = set.angleRad;
    out[LIVE_FRAME.primaryHalfWidth95Rad] = set.halfWidth95Rad;
    out[LIVE_FRAME.targetRad] = machine.targetRad;
    out[LIVE_FRAME.lastPeakRad] = machine.lastPeakRad;
    out[LIVE_FRAME.countedRepetitions] = machine.countedRepetitions;
    out[LIVE_FRAME.repetitionPhase] = REPETITION_PHASE[phaseOf(machine.phase)];
    out[LIVE_FRAME.holdS] = machine.holdS;
    out[LIVE_FRAME.expectedSign] = machine.expectedSign;
  }
  for (let i = 0; i < body.segments.length; i++) {
    const segment = body.segments[i];
    if (!segment.isValid) continue;
    for (let k = 0; k < 4; k++)
      out[LIVE_FRAME.qFacingFromSegment + 4 * i + k] = segment.qFacingFromSegment[k];
  }
  for (let k = 0; k < 6; k++) {
    out[LIVE_FRAME.angles + k] = body.anglesRad[k];
    out[LIVE_FRAME.angles + 6 + k] = body.halfWidths95Rad[k];
  }
  for (let i = 0; i < pipeline.sensors.length; i++) {
    const sensor = pipeline.sensors[i];
    const index = sensor.description.sensorIndex;
    if (index < 0 || index >= MAX_SENSORS || !sensor.hasStreamed) continue;
    sensor.writeInto(out, LIVE_FRAME.sensors + LIVE_SENSOR.stride * index, pipeline.lastHostTimeMs);
  }
}

function phaseOf(phase: RepetitionPhase): keyof typeof REPETITION_PHASE {
  return phase;
}

function sessionPhase(pipeline: LivePipeline): number {
  if (pipeline.isFinished) return SESSION_PHASE.finished;
  if (pipeline.set !== null)
    switch (pipeline.set.phase) {
      case 'waitingForStart':
        return SESSION_PHASE.waitingForStart;
      case 'running':
        return SESSION_PHASE.set;
      case 'paused':
        return SESSION_PHASE.paused;
      case 'ended':
        break;
    }
  if (pipeline.calibration.isRunning) return SESSION_PHASE.step;
  return pipeline.calibration.quality === null ? SESSION_PHASE.idle : SESSION_PHASE.ready;
}
