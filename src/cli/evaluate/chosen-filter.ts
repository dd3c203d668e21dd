import { createAhrsMadgwick } from '../../core/fusion/baselines/ahrs-madgwick.ts';
import { createAhrsMahony } from '../../core/fusion/baselines/ahrs-mahony.ts';
import type { ImuSeries, OrientationSeries } from '../../core/fusion/imu-series.ts';
import { runLiveOrientation } from '../../core/fusion/orientation-run.ts';
import { refineOrientation } from '../../core/fusion/refine-orientation.ts';
import { createThoraFilter, type InitialGyroBias } from '../../core/fusion/thora-filter.ts';
import { THORA_PRESETS, type ThoraPreset } from '../../core/fusion/thora-parameters.ts';
import { CommandFailure } from './command-failure.ts';

export const FILTERS = ['thora', 'ahrs-madgwick', 'ahrs-mahony'] as const;
export type FilterName = (typeof FILTERS)[number];
export const MODES = ['live', 'refined'] as const;
export type Mode = (typeof MODES)[number];

export interface FilterChoice {
  readonly filter: FilterName;
  readonly mode: Mode;
  /** Parameters of Thora's own filter. */
  readonly preset: ThoraPreset;
  readonly useMagnetometer: boolean;
  /** Known before the start; a filter that estimates no bias gets the rates without it. */
  readonly initialBias: InitialGyroBias | null;
}

export function checkMode(filter: FilterName, mode: Mode): void {
  if (mode === 'refined' && filter !== 'thora')
    throw new CommandFailure(`--mode refined: ${filter} only runs live`);
}

/** Orientations of one sensor by the filter that was asked for. */
export function orient(series: ImuSeries, choice: FilterChoice): OrientationSeries {
  const { useMagnetometer, initialBias } = choice;
  switch (choice.filter) {
    case 'thora': {
      const params = { ...THORA_PRESETS[choice.preset], useMagnetometer };
      return choice.mode === 'refined'
        ? refineOrientation(series, params, initialBias)
        : runLiveOrientation(createThoraFilter(params, initialBias), series);
    }
    case 'ahrs-madgwick':
      return runLiveOrientation(createAhrsMadgwick({ useMagnetometer }), withoutBias(series, initialBias));
    case 'ahrs-mahony':
      return runLiveOrientation(createAhrsMahony({ useMagnetometer }), withoutBias(series, initialBias));
  }
}

function withoutBias(series: ImuSeries, known: InitialGyroBias | null): ImuSeries {
  if (known === null) return series;
  return {
    ...series,
    gyroRadPerS: series.gyroRadPerS.map((rate, i) => rate - (known.gyroBiasRadPerS[i % 3] ?? 0)),
  };
}
