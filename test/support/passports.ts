import { BENCH_STEPS, type StepResult } from '../../src/core/bench/bench-step.ts';
import type { CheckedUnit, PassportContent } from '../../src/core/recording/kit-passport.ts';
import { createPassport } from '../../src/core/recording/kit-passport.ts';

const MADE_UTC = '2026-01-05T09:00:00.000Z';

/** One unit that passed everything, and was corrected for a low gyroscope. */
export function checkedUnits(): readonly CheckedUnit[] {
  const results = BENCH_STEPS.filter((step) => step !== 'ruler').map((step): StepResult => ({
    step,
    verdict: step === 'turns' ? 'corrected' : 'pass',
    figures: step === 'turns' ? [{ name: 'gyroScaleX', value: 0.872, low: null, high: null }] : [],
  }));
  return [
    {
      description: {
        sensorIndex: 0,
        sensorId: 'unit-0',
        family: 'thora-nano33',
        stream: '',
        name: 'Thora 1A2B',
        firmware: '1.2',
        nominalRateHz: 104,
        simulated: false,
      },
      serial: 'SN-1',
      results,
      calibration: {
        acc: null,
        gyro: { matrix: [1 / 0.872, 0, 0, 0, 1 / 0.872, 0, 0, 0, 1 / 0.872], offset: [0.01, 0, 0] },
        mag: null,
      },
    },
  ];
}

export function passportContent(): PassportContent {
  return createPassport(
    { kitName: 'Kit 1', checkedBy: 'A. Clinician', units: checkedUnits() },
    { passportId: 'passport-1', nowUtc: MADE_UTC, nowUtcMs: Date.parse(MADE_UTC), engineVersion: 'test' },
    (utcMs) => new Date(utcMs).toISOString(),
  );
}
