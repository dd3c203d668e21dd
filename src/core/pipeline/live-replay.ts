import type { RecordedSensor, SessionRecording } from '../recording/session-recording.ts';
import { ENGINE_VERSION } from './engine-version.ts';
import { LIVE_ANGLE_NAMES } from './live-frame.ts';
import { LivePipeline, type LivePipelineOptions } from './live-pipeline.ts';
import type { PipelineFact } from './pipeline-fact.ts';
import type { SessionResult } from './session-result.ts';

/**
 * What a session was, played through the chain again: `result.engineVersion` names the engine that computed it now,
 * not the one that recorded. Rows in LIVE_ANGLE_NAMES order, NaN where not measured.
 */
export interface SessionReplay {
  readonly result: SessionResult;
  readonly facts: readonly PipelineFact[];
  readonly timeS: Float64Array;
  readonly anglesRad: readonly Float64Array[];
  readonly halfWidths95Rad: readonly Float64Array[];
}

export interface ReplayOptions {
  readonly onGrid?: LivePipelineOptions['onGrid'];
  readonly family?: LivePipelineOptions['family'];
  readonly createFilter?: LivePipelineOptions['createFilter'];
}

/**
 * Feeds the recorded inputs to a new pipeline in the order they had. A recording without 'finish' gives what there
 * was until it broke off.
 */
export function replaySession(recording: SessionRecording, options: ReplayOptions = {}): SessionReplay {
  const series = new AngleSeries();
  const pipeline = new LivePipeline({
    ...options,
    engineVersion: ENGINE_VERSION,
    onGrid: (timeMs, body, running) => {
      series.add(timeMs, body.anglesRad, body.halfWidths95Rad);
      options.onGrid?.(timeMs, body, running);
    },
  });
  const facts: PipelineFact[] = [];
  const cursors = recording.sensors.map(() => 0);
  let nextCommand = 0;
  for (;;) {
    const command = recording.commands[nextCommand];
    let order = command === undefined ? Infinity : command.order,
      from = -1;
    for (let s = 0; s < recording.sensors.length; s++) {
      const log = recording.sensors[s].packets;
      if (cursors[s] < log.count && log.order[cursors[s]] < order) {
        order = log.order[cursors[s]];
        from = s;
      }
    }
    if (from >= 0) pushPacket(pipeline, recording.sensors[from], cursors[from]++);
    else if (command !== undefined) {
      pipeline.command(command.command, command.hostTimeMs);
      nextCommand++;
    } else break;
    for (const fact of pipeline.drainFacts()) facts.push(fact);
  }
  return { result: pipeline.result(), facts, ...series.finished() };
}

function pushPacket(pipeline: LivePipeline, sensor: RecordedSensor, i: number): void {
  const log = sensor.packets;
  pipeline.push({
    sensorIndex: sensor.description.sensorIndex,
    hostTimeMs: log.hostTimeMs[i],
    bytes: log.bytes.subarray(log.offsets[i], log.offsets[i + 1]),
  });
}

const ROWS = LIVE_ANGLE_NAMES.length;

class AngleSeries {
  private count = 0;
  private timeS = new Float64Array(4096);
  private angles = Array.from({ length: ROWS }, () => new Float64Array(4096));
  private widths = Array.from({ length: ROWS }, () => new Float64Array(4096));

  add(timeMs: number, anglesRad: Float64Array, halfWidths95Rad: Float64Array): void {
    if (this.count === this.timeS.length) {
      this.timeS = doubled(this.timeS);
      this.angles = this.angles.map(doubled);
      this.widths = this.widths.map(doubled);
    }
    this.timeS[this.count] = timeMs / 1000;
    for (let k = 0; k < ROWS; k++) {
      this.angles[k][this.count] = anglesRad[k];
      this.widths[k][this.count] = halfWidths95Rad[k];
    }
    this.count++;
  }

  finished(): Pick<SessionReplay, 'timeS' | 'anglesRad' | 'halfWidths95Rad'> {
    const cut = (values: Float64Array): Float64Array => values.slice(0, this.count);
    return {
      timeS: cut(this.timeS),
      anglesRad: this.angles.map(cut),
      halfWidths95Rad: this.widths.map(cut),
    };
  }
}

function doubled(values: Float64Array): Float64Array<ArrayBuffer> {
  const out = new Float64Array(2 * values.length);
  out.set(values);
  return out;
}
