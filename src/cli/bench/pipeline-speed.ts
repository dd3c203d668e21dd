import type { SegmentRole } from '../../core/body/segment-role.ts';
import { LivePipeline } from '../../core/pipeline/live-pipeline.ts';
import type { PipelineCommand } from '../../core/pipeline/pipeline-command.ts';
import type { SensorPacket } from '../../core/packet/packet.ts';
import type { SessionRecording } from '../../core/recording/session-recording.ts';
import { builtInScript } from '../../core/simulation/session-script.ts';
import { simulateSession } from '../../core/simulation/simulate-session.ts';
import { cpuNsSince, median } from './fusion-speed.ts';
import { heapInUseBytes } from './heap.ts';

const ROLES: readonly SegmentRole[] = ['upperBack', 'lowerBack', 'upperArmRight'];
const MOTION = 'seated-rotation';
const REPETITIONS = 40;
const ROUNDS = 7;

export interface PipelineSpeed {
  readonly nsPerSample: number;
  readonly realtimeFactor: number;
  /** Cost of a sample in the last third of a session against the first third. */
  readonly lengthRatio: number;
  /** Cost of a sample with three sensors against two. */
  readonly sensorCountRatio: number;
  readonly heapGrowthBytesPerMillion: number;
}

/** Packets to angles: a simulated session of `thora-nano33` sensors at 104 Hz through the live pipeline. */
export function measurePipelineSpeed(): PipelineSpeed {
  const three = createSession(ROLES),
    two = createSession(ROLES.slice(0, 2));
  play(three);
  play(two);
  const runs = Array.from({ length: ROUNDS }, () => ({ three: play(three), two: play(two) }));
  const ns = (run: Playing): number => run.totalNs / run.sampleCount;
  const nsPerSample = median(runs.map((run) => ns(run.three)));
  const sampleCount = runs[0]?.three.sampleCount ?? 0;
  return {
    nsPerSample,
    realtimeFactor: (three.durationS * 1e9) / (nsPerSample * sampleCount),
    lengthRatio: median(runs.map((run) => run.three.lastThirdNs / run.three.firstThirdNs)),
    sensorCountRatio: median(runs.map((run) => ns(run.three) / ns(run.two))),
    heapGrowthBytesPerMillion: measureHeapGrowth(three),
  };
}

type Input =
  | { readonly packet: SensorPacket }
  | { readonly packet: null; readonly command: PipelineCommand; readonly hostTimeMs: number };

interface Session {
  readonly inputs: readonly Input[];
  readonly durationS: number;
}

function createSession(roles: readonly SegmentRole[]): Session {
  const script = builtInScript(MOTION, REPETITIONS);
  if (script === null) throw new Error(`${MOTION} is no motion`);
  const { recording } = simulateSession(script, { roles, seed: 1 });
  const inputs = inOrder(recording);
  const times = recording.sensors.flatMap(({ packets }) => [
    packets.hostTimeMs[0] ?? 0,
    packets.hostTimeMs[packets.count - 1] ?? 0,
  ]);
  return { inputs, durationS: (Math.max(...times) - Math.min(...times)) / 1000 };
}

function inOrder(recording: SessionRecording): Input[] {
  const ordered: { readonly order: number; readonly input: Input }[] = recording.commands.map((entry) => ({
    order: entry.order,
    input: { packet: null, command: entry.command, hostTimeMs: entry.hostTimeMs },
  }));
  for (const { description, packets } of recording.sensors)
    for (let i = 0; i < packets.count; i++)
      ordered.push({
        order: packets.order[i] ?? 0,
        input: {
          packet: {
            sensorIndex: description.sensorIndex,
            hostTimeMs: packets.hostTimeMs[i] ?? 0,
            bytes: packets.bytes.subarray(packets.offsets[i], packets.offsets[i + 1]),
          },
        },
      });
  return ordered.sort((a, b) => a.order - b.order).map(({ input }) => input);
}

interface Playing {
  readonly totalNs: number;
  readonly sampleCount: number;
  readonly firstThirdNs: number;
  readonly lastThirdNs: number;
}

function play(session: Session): Playing {
  let angle = 0;
  const pipeline = createPipeline((value) => {
    angle = value;
  });
  const third = Math.floor(session.inputs.length / 3);
  const marks: number[] = [];
  const start = process.cpuUsage();
  session.inputs.forEach((input, i) => {
    if (i % third === 0) marks.push(cpuNsSince(start));
    give(pipeline, input);
  });
  const end = cpuNsSince(start);
  if (Number.isNaN(angle)) throw new Error('the session gave no angle');
  const [first = end, second = end, last = end] = marks;
  return {
    totalNs: end - first,
    firstThirdNs: second - first,
    lastThirdNs: end - last,
    sampleCount: pipeline.sensors.reduce((sum, sensor) => sum + sensor.sampleCount, 0),
  };
}

/** What stays on the heap between the first half of a session and its end, per million samples. */
function measureHeapGrowth(session: Session): number {
  const pipeline = createPipeline(() => {});
  const half = session.inputs.length >> 1;
  const samples = (): number => pipeline.sensors.reduce((sum, sensor) => sum + sensor.sampleCount, 0);
  session.inputs.slice(0, half).forEach((input) => give(pipeline, input));
  const before = heapInUseBytes(),
    samplesBefore = samples();
  for (let i = half; i < session.inputs.length; i++) {
    const input = session.inputs[i];
    if (input !== undefined) give(pipeline, input);
  }
  return (Math.max(0, heapInUseBytes() - before) / (samples() - samplesBefore)) * 1e6;
}

function createPipeline(onAngle: (angleRad: number) => void): LivePipeline {
  return new LivePipeline({
    engineVersion: 'bench',
    onGrid: (_, body) => onAngle(body.anglesRad[0] ?? Number.NaN),
  });
}

function give(pipeline: LivePipeline, input: Input): void {
  if (input.packet === null) pipeline.command(input.command, input.hostTimeMs);
  else pipeline.push(input.packet);
  pipeline.drainFacts();
}
