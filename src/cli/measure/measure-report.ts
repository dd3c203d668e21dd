import { DEG_PER_RAD } from '../../core/math/angle.ts';
import { MOVEMENT_PLANES, type MovementPlane } from '../../core/exercise/cycle-detector.ts';
import type { Measurement, RecordingAnalysis } from '../../core/pipeline/recording-analysis.ts';

/** The JSON of `measure`, field by field as the contract of commands names them. Unknown values are null. */
export interface MeasureReport extends MeasurementReport {
  readonly recording: string;
  readonly duration_s: number | null;
  readonly mode: 'live' | 'refined';
  readonly layout: string;
  readonly sensors: readonly {
    readonly role: string;
    readonly prefix: string;
    readonly samples: number;
    readonly rate_hz: number | null;
    readonly missing_fraction: number | null;
    readonly gyro_bias_dps: readonly (number | null)[];
  }[];
  readonly quality: readonly {
    readonly flag: string;
    readonly sensor: string | null;
    readonly t_s: readonly [number | null, number | null];
    readonly detail: string;
  }[];
  readonly breathing: { readonly rate_bpm: number | null; readonly valid: boolean };
  readonly alternatives: readonly MeasurementReport[];
}

interface MeasurementReport {
  readonly measures: string;
  readonly rom: Readonly<Record<string, RomReport>>;
  readonly reps: readonly RepReport[];
  readonly cycles: Readonly<Record<MovementPlane, number>>;
  readonly neutral_closure_deg: number | null;
}

interface RomReport {
  readonly max_deg: number | null;
  readonly mean_best3_deg: number | null;
  readonly ci95_deg: readonly [number | null, number | null];
  readonly reps: number;
}

interface RepReport {
  readonly plane: MovementPlane;
  readonly t_start_s: number | null;
  readonly t_peak_s: number | null;
  readonly t_end_s: number | null;
  readonly peak_positive_deg: number | null;
  readonly peak_negative_deg: number | null;
  readonly valid: boolean;
  readonly reasons: readonly string[];
}

export function createMeasureReport(
  recording: string,
  mode: 'live' | 'refined',
  analysis: RecordingAnalysis,
): MeasureReport {
  return {
    recording,
    duration_s: rounded(analysis.durationS, 3),
    mode,
    layout: analysis.layout,
    sensors: analysis.sensors.map((sensor) => ({
      role: sensor.role,
      prefix: sensor.prefix,
      samples: sensor.finiteCount,
      rate_hz: rounded(sensor.rateHz, 3),
      missing_fraction: rounded(sensor.missingFraction, 5),
      gyro_bias_dps: [...sensor.gyroBiasRadPerS].map((bias) => rounded(bias * DEG_PER_RAD, 4)),
    })),
    ...measurementReport(analysis),
    quality: analysis.flags.map((flag) => ({
      flag: flag.flag,
      sensor: flag.sensor,
      t_s: [rounded(flag.startS, 2), rounded(flag.endS, 2)],
      detail: flag.detail,
    })),
    breathing: {
      rate_bpm: analysis.breathing.ratePerMin === null ? null : rounded(analysis.breathing.ratePerMin, 1),
      valid: analysis.breathing.valid,
    },
    alternatives: analysis.alternatives.map(measurementReport),
  };
}

function measurementReport(measurement: Measurement): MeasurementReport {
  const rom: Record<string, RomReport> = {};
  for (const [direction, range] of Object.entries(measurement.rom)) {
    const mean = range.meanBest3Rad * DEG_PER_RAD,
      centre = range.centreRad * DEG_PER_RAD,
      half = range.halfWidth95Rad * DEG_PER_RAD;
    rom[direction] = {
      max_deg: rounded(range.maximumRad * DEG_PER_RAD, 2),
      mean_best3_deg: rounded(mean, 2),
      ci95_deg: [rounded(Math.max(0, centre - half), 2), rounded(centre + half, 2)],
      reps: range.cycleCount,
    };
  }
  const cycles = Object.fromEntries(
    MOVEMENT_PLANES.map((plane) => [
      plane,
      measurement.cycles.filter((cycle) => cycle.plane === plane && cycle.valid).length,
    ]),
  ) as Record<MovementPlane, number>;
  const closure = measurement.closure;
  return {
    measures: measurement.measures,
    rom,
    reps: measurement.cycles.map((cycle) => {
      // Without a sure sign a peak has a size but no side: it is left out.
      const isSided =
        measurement.signSure || (cycle.plane !== 'flexionExtension' && cycle.plane !== 'lateral');
      const side = (peakRad: number | null): number | null =>
        peakRad === null || !isSided ? null : rounded(peakRad * DEG_PER_RAD, 2);
      return {
        plane: cycle.plane,
        t_start_s: rounded(cycle.startS, 3),
        t_peak_s: rounded(cycle.peakS, 3),
        t_end_s: rounded(cycle.endS, 3),
        peak_positive_deg: side(cycle.peakPositiveRad),
        peak_negative_deg: side(cycle.peakNegativeRad),
        valid: cycle.valid,
        reasons: cycle.reasons,
      };
    }),
    cycles,
    neutral_closure_deg: closure === null ? null : rounded(closure.angleRad * DEG_PER_RAD, 2),
  };
}

/** The same for people: a short table. */
export function formatMeasureReport(report: MeasureReport): string {
  const lines = [
    `${report.recording}: ${report.measures} (${report.mode}, ${number(report.duration_s, 1)} s)`,
    '',
    ...report.sensors.map(
      (sensor) =>
        `  ${sensor.role.padEnd(14)} ${(sensor.prefix || '-').padEnd(8)} ${number(sensor.rate_hz, 1)} Hz, ` +
        `${number((sensor.missing_fraction ?? NaN) * 100, 1)} % missing, bias ${sensor.gyro_bias_dps.map((b) => number(b, 2)).join(' ')} deg/s`,
    ),
    '',
    ...romLines(report),
    ...cycleLines(report),
    ...(report.neutral_closure_deg === null
      ? ['  no second neutral pose at the end']
      : [`  back at neutral within ${number(report.neutral_closure_deg, 1)} deg`]),
  ];
  lines.push(
    report.breathing.valid
      ? `  breathing ${number(report.breathing.rate_bpm, 0)} a minute`
      : '  breathing: cannot tell',
  );
  for (const other of report.alternatives)
    lines.push('', `Also measured: ${other.measures}`, ...romLines(other), ...cycleLines(other));
  if (report.quality.length > 0) {
    lines.push('', 'What to keep in mind:');
    for (const flag of report.quality)
      lines.push(
        `  ${flag.flag}${flag.sensor === null || flag.sensor === '' ? '' : ` (${flag.sensor})`} ${number(flag.t_s[0], 1)}-${number(flag.t_s[1], 1)} s: ${flag.detail}`,
      );
  }
  return `${lines.join('\n')}\n`;
}

function romLines(report: MeasurementReport): string[] {
  const entries = Object.entries(report.rom);
  if (entries.length === 0) return ['  no direction could be measured'];
  return [
    `  ${'direction'.padEnd(20)} ${'best'.padStart(7)} ${'mean of 3'.padStart(10)}   95 % interval   repetitions`,
    ...entries.map(
      ([direction, range]) =>
        `  ${words(direction).padEnd(20)} ${number(range.max_deg, 1).padStart(7)} ${number(range.mean_best3_deg, 1).padStart(10)}   ` +
        `${`${number(range.ci95_deg[0], 1)} to ${number(range.ci95_deg[1], 1)}`.padEnd(14)}  ${range.reps}`,
    ),
    '  (degrees)',
  ];
}

function cycleLines(report: MeasurementReport): string[] {
  const counted = Object.entries(report.cycles).filter(([, count]) => count > 0);
  return counted.length === 0
    ? ['  no complete cycles']
    : [`  cycles: ${counted.map(([plane, count]) => `${words(plane)} ${count}`).join(', ')}`];
}

/** 'armElevationLeft' -> 'arm elevation left'. */
function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function number(value: number | null, digits: number): string {
  return value === null || !Number.isFinite(value) ? '-' : value.toFixed(digits);
}

function rounded(value: number, digits: number): number | null {
  if (!Number.isFinite(value)) return null;
  const scale = 10 ** digits;
  const result = Math.round(value * scale) / scale;
  return result === 0 ? 0 : result;
}
