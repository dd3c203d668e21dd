import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measureFusionSpeed } from './bench/fusion-speed.ts';
import { initialScriptGzipBytes } from './bench/initial-script.ts';
import { measurePipelineSpeed } from './bench/pipeline-speed.ts';
import { parseComplaint } from './parse-error.ts';

const HELP = `Speed, memory and size of the engine, measured in one run; ratios are what to compare between machines.

  npm run -s bench [-- --json]

  --json   the figures as JSON on standard output
  --help   this text

fusion, ahrs_madgwick   nanoseconds of processor time a sample, medians of rounds in turn; ratios are medians of rounds side by side
garbage                 bytes a sample that a later collection has to take away
pipeline                packets to angles, three simulated thora-nano33 at 104 Hz; realtime: how much faster than life
cost ratios             last third of the session against the first; three sensors against two; flat is 1
heap growth             bytes that stay per million samples
initial_js_gzip_bytes   from dist/ as "npm run build" leaves it; built first when it is missing or older than the sources
`;

async function main(args: readonly string[]): Promise<void> {
  const values = parse(args);
  if (values.help === true) {
    process.stdout.write(HELP);
    return;
  }
  const fusion = measureFusionSpeed();
  const pipeline = measurePipelineSpeed();
  const result = {
    machine: { cpu: cpus()[0]?.model ?? null, cores: cpus().length, node: process.version },
    fusion_ns_per_sample: rounded(fusion.thora6Ns, 1),
    ahrs_madgwick_ns_per_sample: rounded(fusion.madgwick6Ns, 1),
    ratio_fusion_vs_ahrs_madgwick: rounded(fusion.ratio6, 3),
    fusion_9d_ns_per_sample: rounded(fusion.thora9Ns, 1),
    ahrs_madgwick_9d_ns_per_sample: rounded(fusion.madgwick9Ns, 1),
    ratio_fusion_vs_ahrs_madgwick_9d: rounded(fusion.ratio9, 3),
    heap_growth_bytes_per_million_samples: rounded(fusion.heapGrowthBytesPerMillion, 0),
    fusion_garbage_bytes_per_sample: rounded(fusion.garbageBytesPerSample, 1),
    pipeline_ns_per_sample: rounded(pipeline.nsPerSample, 1),
    realtime_factor_3_sensors: rounded(pipeline.realtimeFactor, 0),
    pipeline_cost_ratio_length: rounded(pipeline.lengthRatio, 2),
    pipeline_cost_ratio_3_vs_2_sensors: rounded(pipeline.sensorCountRatio, 2),
    pipeline_heap_growth_bytes_per_million_samples: rounded(pipeline.heapGrowthBytesPerMillion, 0),
    initial_js_gzip_bytes: await initialScriptGzipBytes(),
  };
  if (values.json === true) {
    process.stdout.write(`${JSON.stringify(result, null, 1)}\n`);
    return;
  }
  for (const [name, value] of Object.entries(result)) {
    const text = value === null ? 'unknown' : typeof value === 'object' ? JSON.stringify(value) : value;
    process.stdout.write(`${name.padEnd(48)} ${text}\n`);
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    }).values;
  } catch (cause) {
    throw new Error(parseComplaint(cause), { cause });
  }
}

function rounded(value: number, digits: number): number | null {
  return Number.isFinite(value) ? Math.round(value * 10 ** digits) / 10 ** digits : null;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}\n`);
  process.exitCode = 1;
}
