import type { SimulationConditions } from './conditions.ts';

/** Faults by the names that users of real kits give them. */
export const FAULT_NAMES = [
  'drift',
  'dropout',
  'halfRate',
  'swap',
  'upsideDown',
  'magnet',
  'deadBattery',
  'restart',
  'skew',
  'leftHandedAxes',
  'lowGyro',
] as const;
export type FaultName = (typeof FAULT_NAMES)[number];

interface Fault {
  readonly conditions: Partial<SimulationConditions>;
  readonly meaning: string;
}

/** What each fault makes of a simulated kit. Where one sensor suffers it is the first. */
export const FAULTS: Readonly<Record<FaultName, Fault>> = {
  drift: {
    conditions: { wornBiasDegPerS: 3 },
    meaning: 'the gyroscopes’ zero moves when the sensors are put on and warm',
  },
  dropout: { conditions: { gapS: 4 }, meaning: 'one sensor is silent for 4 s during the first set' },
  halfRate: { conditions: { halfRate: 1 }, meaning: 'the radio serves one sensor only half' },
  swap: { conditions: { swapped: 1 }, meaning: 'the first two sensors are worn in each other’s place' },
  upsideDown: { conditions: { upsideDown: 1 }, meaning: 'one sensor is worn upside down' },
  magnet: { conditions: { magnetMicroTesla: 200 }, meaning: 'a magnet comes near during the first set' },
  deadBattery: { conditions: { deadBattery: 1 }, meaning: 'a battery gives out during the first set' },
  restart: { conditions: { restart: 1 }, meaning: 'one sensor starts anew during the first set' },
  skew: { conditions: { skewPercent: 3 }, meaning: 'clocks of the sensors run fast or slow by up to 3 %' },
  leftHandedAxes: { conditions: { leftHanded: 1 }, meaning: 'one sensor sends left-handed axes' },
  lowGyro: { conditions: { lowGyro: 1 }, meaning: 'one sensor states its turns 12.8 % too small' },
};

/** All of them together. */
export function faultConditions(faults: readonly FaultName[]): Partial<SimulationConditions> {
  return Object.assign({}, ...faults.map((name) => FAULTS[name].conditions)) as Partial<SimulationConditions>;
}
