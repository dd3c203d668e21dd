import type { NeutralPose } from '../../core/body/posture.ts';
import type { AnalysisSensor } from '../../core/pipeline/analysis-input.ts';
import { imuSeriesFromTable } from '../../core/recording/table-trial.ts';
import { readTableFile } from '../table-file.ts';
import { UsageError, type MeasureOptions } from './measure-options.ts';

/** A recording as `measure` needs it: sensors with roles, and what the recording itself says of its neutral. */
export interface WornRecording {
  readonly name: string;
  readonly sensors: readonly AnalysisSensor[];
  readonly neutral: { readonly startS: number; readonly endS: number } | null;
  readonly pose: NeutralPose;
}

/** Reads either kind of recording and gives its sensors their roles. */
export function readWornRecording(options: MeasureOptions): WornRecording {
  return readWornTable(options);
}

function readWornTable(options: MeasureOptions): WornRecording {
  const trial = readTableFile(options.recording);
  const known = trial.prefixes.map((prefix) => (prefix === '' ? '(no prefix)' : prefix)).join(', ');
  if (options.roles.size === 0)
    throw new UsageError(
      `${trial.file}.json: a table does not say who wears what; add --role ROLE=PREFIX (${known === '' ? 'it has no gyroscope columns' : `sensors: ${known}`})`,
    );
  const prefixes = new Set(options.roles.values());
  for (const prefix of options.mounts.keys())
    if (!prefixes.has(prefix))
      throw new UsageError(`--mount: sensor "${prefix}" has no role; add --role ROLE=${prefix}`);
  for (const [role, prefix] of options.roles)
    if (trial.prefixes.length > 0 && !trial.prefixes.includes(prefix))
      throw new UsageError(
        `--role: ${trial.file}.json has no sensor "${prefix}" for ${role} (sensors: ${known})`,
      );
  return {
    name: trial.name,
    sensors: [...options.roles].map(([role, prefix]) => ({
      role,
      prefix,
      series: imuSeriesFromTable(trial, prefix),
      rateHz: trial.rateHz,
      qSegmentFromSensor: options.mounts.get(prefix) ?? null,
    })),
    neutral: null,
    pose: 'upright',
  };
}
