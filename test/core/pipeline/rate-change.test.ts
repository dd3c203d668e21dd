import { describe, expect, it } from 'vitest';
import { samplesCsv } from '../../../src/core/export/session-csv.ts';
import type { SensorDescription } from '../../../src/core/packet/packet.ts';
import { ENGINE_VERSION } from '../../../src/core/pipeline/engine-version.ts';
import { LIVE_FRAME, LIVE_SENSOR } from '../../../src/core/pipeline/live-frame.ts';
import { LivePipeline } from '../../../src/core/pipeline/live-pipeline.ts';
import { replaySession } from '../../../src/core/pipeline/live-replay.ts';
import type { PipelineCommand } from '../../../src/core/pipeline/pipeline-command.ts';
import type { PipelineFact } from '../../../src/core/pipeline/pipeline-fact.ts';
import { imuSeriesFromPackets } from '../../../src/core/pipeline/sensor-timeline.ts';
import { readRecordingFile, writeRecordingFile } from '../../../src/core/recording/recording-file.ts';
import type { SessionRecording } from '../../../src/core/recording/session-recording.ts';
import { PacketLogBuilder } from '../../../src/core/simulation/packet-log-builder.ts';
import { Random } from '../../../src/core/simulation/random.ts';
import { createPacketWriter } from '../../../src/core/simulation/packet-writer.ts';

const LATENCY_MS = 30;
const TURN_RAD_PER_S = 0.3;

/** One Movesense unit that turns slowly about the vertical, and what the session is told, both recorded. */
class Unit {
  readonly pipeline = new LivePipeline({ engineVersion: ENGINE_VERSION });
  readonly facts: PipelineFact[] = [];
  readonly commands: { order: number; hostTimeMs: number; command: PipelineCommand }[] = [];
  readonly log = new PacketLogBuilder();
  nowMs = 0;
  description: SensorDescription | null = null;
  private order = 0;
  private readonly random = new Random(1);

  attach(rateHz: number, sensorId = 'one'): void {
    this.description = {
      sensorIndex: 0,
      sensorId,
      family: 'movesense',
      stream: `/Meas/IMU9/${rateHz}`,
      name: 'Movesense 1',
      firmware: null,
      nominalRateHz: rateHz,
      simulated: true,
    };
    this.command({ kind: 'attachSensor', sensor: this.description, role: 'upperBack' });
  }

  command(command: PipelineCommand): void {
    this.commands.push({ order: this.order++, hostTimeMs: this.nowMs, command });
    this.pipeline.command(command, this.nowMs);
    this.facts.push(...this.pipeline.drainFacts());
  }

  /** The unit's clock begins with its subscription and is that of the session here. */
  send(rateHz: number, durationS: number, gyroZ = TURN_RAD_PER_S): void {
    const writer = createPacketWriter('movesense', rateHz, true, null);
    const count = writer.samplesPerPacket;
    // A sensor's last digit is never still.
    const rows = (row: readonly number[]) =>
      Float64Array.from({ length: 3 * count }, (_, i) => row[i % 3]! + 1e-3 * random.between(-1, 1));
    const { random } = this;
    const beganMs = this.nowMs;
    for (let packet = 0; packet < 13 * durationS; packet++) {
      const place = { sequence: packet, firstSample: packet * count, count, startUs: 1000 * beganMs };
      const lastMs = beganMs + (1000 * ((packet + 1) * count - 1)) / rateHz;
      this.nowMs = lastMs + LATENCY_MS;
      for (const bytes of writer.write(
        place,
        rows([0, 0, gyroZ]),
        rows([0, 0, 9.80665]),
        rows([20, 0, -40]),
      )) {
        this.log.add(this.order++, this.nowMs, bytes);
        this.pipeline.push({ sensorIndex: 0, hostTimeMs: this.nowMs, bytes: bytes.slice() });
        this.facts.push(...this.pipeline.drainFacts());
      }
    }
  }

  frame(): { rateHz: number; rejected: number; restarts: number } {
    const frame = new Float64Array(LIVE_FRAME.length);
    this.pipeline.writeFrame(frame);
    const of = (offset: number) => frame[LIVE_FRAME.sensors + offset]!;
    return {
      rateHz: of(LIVE_SENSOR.rateHz),
      rejected: of(LIVE_SENSOR.rejectedPackets),
      restarts: of(LIVE_SENSOR.restarts),
    };
  }

  recording(): SessionRecording {
    const recording = {
      recordingId: 'r',
      startedAtUtc: '2026-11-26T00:00:00Z',
      simulated: true,
      engineVersion: ENGINE_VERSION,
      sensors: [{ description: this.description!, role: 'upperBack' as const, packets: this.log.build() }],
      commands: this.commands,
      result: null,
    };
    return readRecordingFile(writeRecordingFile(recording), 'r');
  }
}

/** 104 samples a second for 20 s, a pause of 0.4 s, and 26 a second for 20 s. */
function slowed(): Unit {
  const unit = new Unit();
  unit.attach(104);
  unit.send(104, 20);
  unit.nowMs += 400;
  unit.attach(26);
  unit.send(26, 20);
  return unit;
}

describe('a sensor that is asked for fewer samples in the middle of a session', () => {
  it('is read at its new rate, with the pause as a gap, its bias and its clock kept', () => {
    const unit = slowed();
    expect(unit.frame()).toMatchObject({ rejected: 0, restarts: 0 });
    expect(unit.frame().rateHz).toBeCloseTo(26, 1);
    const gaps = unit.facts.filter((fact) => fact.kind === 'gap');
    expect(gaps).toHaveLength(1);
    // Latency, the pause, and nothing else.
    expect(gaps[0]!.endMs - gaps[0]!.startMs).toBeCloseTo(LATENCY_MS + 400, -1);
    const [sensor] = unit.pipeline.sensors;
    expect(sensor!.description.nominalRateHz).toBe(26);
    expect(sensor!.stretch).toBe(0);
    expect(unit.pipeline.result().sensors[0]).toMatchObject({ sampleCount: 20 * 104 + 20 * 26 });
    expect(unit.pipeline.result().flags.map(({ name }) => name)).toEqual(['GAP', 'RATE_LOW']);
  });

  it('is recorded with the change: played again and read with the whole recording in view it is the same', () => {
    const unit = slowed();
    const recording = unit.recording();
    expect(replaySession(recording).result).toEqual(unit.pipeline.result());
    const series = imuSeriesFromPackets(recording.sensors[0]!, 0, recording.commands);
    expect(series.count).toBe(20 * 104 + 20 * 26);
    const steps = Array.from(series.timeS.subarray(1), (t, i) => 1000 * (t - series.timeS[i]!));
    const at = 20 * 104 - 1;
    expect(Math.abs(steps[at]! - (LATENCY_MS + 400))).toBeLessThan(15);
    for (const [i, stepMs] of steps.entries())
      if (i !== at)
        expect(Math.abs(stepMs - (i < at ? 1000 / 104 : 1000 / 26)), `step ${i}`).toBeLessThan(1.5);
    const rows = samplesCsv(recording.sensors[0]!, recording.commands).trim().split(/\r?\n/);
    expect(rows).toHaveLength(1 + series.count);
  });
});

describe('another unit in the place of one that was there before', () => {
  it('begins with nothing of the first: neither its decoder nor its bias nor its samples', () => {
    const unit = new Unit();
    unit.attach(52);
    unit.command({ kind: 'beginStep', step: { name: 'still', durationS: 4 } });
    unit.send(52, 12, 0.02);
    const bias = () => unit.pipeline.sensors[0]!.filter.gyroBiasRadPerS[2]!;
    expect(bias()).toBeCloseTo(0.02, 2);
    unit.attach(104, 'two');
    expect(bias()).toBe(0);
    unit.send(104, 5);
    expect(unit.pipeline.sensors).toHaveLength(1);
    expect(unit.pipeline.result().sensors[0]).toMatchObject({ sampleCount: 5 * 104, rejectedPacketCount: 0 });
    const recording = unit.recording();
    expect(imuSeriesFromPackets(recording.sensors[0]!, 0, recording.commands).count).toBe(5 * 104);
    expect(replaySession(recording).result).toEqual(unit.pipeline.result());
  });
});
