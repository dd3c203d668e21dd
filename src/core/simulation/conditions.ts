/** What the simulated kit and radio suffer. Every field is a fault that the command line can set by the same name. */
export interface SimulationConditions {
  readonly gyroBiasDegPerS: number;
  readonly wornBiasDegPerS: number;
  readonly gyroScalePercent: number;
  readonly gyroNoiseDegPerS: number;
  readonly accOffsetMetersPerS2: number;
  readonly accNoiseMetersPerS2: number;
  readonly softTissuePercent: number;
  readonly mountingTiltDeg: number;
  readonly upsideDown: number;
  readonly swapped: number;
  readonly slipDeg: number;
  readonly skewPercent: number;
  readonly jitterMs: number;
  readonly bunchMs: number;
  readonly lossPercent: number;
  readonly truncatedPercent: number;
  readonly gapS: number;
  readonly halfRate: number;
  readonly restart: number;
  readonly deadBattery: number;
  readonly leftHanded: number;
  readonly lowGyro: number;
  readonly magnetMicroTesla: number;
  readonly swayDeg: number;
  readonly variationPercent: number;
  readonly backwardPercent: number;
}

export type ConditionName = keyof SimulationConditions;

interface ConditionFact {
  readonly usual: number;
  readonly min: number;
  readonly max: number;
  readonly meaning: string;
}

/** Usual value, bounds and meaning of each condition: the text of `simulate --fault help`. */
export const CONDITIONS: Readonly<Record<ConditionName, ConditionFact>> = {
  gyroBiasDegPerS: {
    usual: 0.5,
    min: 0,
    max: 20,
    meaning: 'standard deviation of the gyroscope bias per axis',
  },
  wornBiasDegPerS: {
    usual: 0,
    min: 0,
    max: 20,
    meaning: 'standard deviation per axis of what the bias changes by when the sensor is put on and warms',
  },
  gyroScalePercent: {
    usual: 0.5,
    min: 0,
    max: 10,
    meaning: 'standard deviation of the gyroscope scale error',
  },
  gyroNoiseDegPerS: { usual: 0.06, min: 0, max: 10, meaning: 'white noise of each gyroscope reading' },
  accOffsetMetersPerS2: {
    usual: 0.03,
    min: 0,
    max: 2,
    meaning: 'standard deviation of the accelerometer offset per axis',
  },
  accNoiseMetersPerS2: { usual: 0.02, min: 0, max: 5, meaning: 'white noise of each accelerometer reading' },
  softTissuePercent: {
    usual: 1,
    min: 0,
    max: 30,
    meaning: 'share of the bone movement that the skin does not follow, late by 60 ms',
  },
  mountingTiltDeg: { usual: 12, min: 0, max: 45, meaning: 'largest misplacement of a sensor on its segment' },
  upsideDown: { usual: 0, min: 0, max: 5, meaning: 'how many sensors (in order) are worn upside down' },
  swapped: { usual: 0, min: 0, max: 1, meaning: '1: the first two sensors are worn in each other’s place' },
  slipDeg: {
    usual: 0,
    min: 0,
    max: 60,
    meaning: 'turn of the first sensor on its strap during the first set',
  },
  skewPercent: { usual: 0.5, min: 0, max: 3, meaning: 'largest error of a device clock' },
  jitterMs: { usual: 6, min: 0, max: 50, meaning: 'mean delay of a packet on top of the radio’s least' },
  bunchMs: { usual: 15, min: 0, max: 500, meaning: 'connection interval: packets arrive in bunches of it' },
  lossPercent: { usual: 0, min: 0, max: 90, meaning: 'share of packets that never arrive' },
  truncatedPercent: { usual: 0, min: 0, max: 90, meaning: 'share of packets that arrive cut short' },
  gapS: {
    usual: 0,
    min: 0,
    max: 60,
    meaning: 'length of one silence of the first sensor during the first set',
  },
  halfRate: {
    usual: 0,
    min: 0,
    max: 5,
    meaning: 'how many sensors (in order) lose every second packet, as where a radio does not serve all',
  },
  restart: {
    usual: 0,
    min: 0,
    max: 1,
    meaning:
      '1: the first sensor starts anew during the first set, silent for 1.5 s, clock and counters from zero',
  },
  deadBattery: {
    usual: 0,
    min: 0,
    max: 1,
    meaning: '1: the battery of the first sensor gives out during the first set, and it stays silent',
  },
  leftHanded: {
    usual: 0,
    min: 0,
    max: 5,
    meaning: 'how many sensors (in order) send left-handed axes: x of gyroscope and accelerometer reversed',
  },
  lowGyro: {
    usual: 0,
    min: 0,
    max: 5,
    meaning:
      'how many sensors (in order) state their turn rates 12.8 % too low, as the LSM9DS1 library for Arduino does',
  },
  magnetMicroTesla: {
    usual: 0,
    min: 0,
    max: 400,
    meaning:
      'field of a magnet that is brought near the first sensor during the first set; all sensors send magnetometers then',
  },
  swayDeg: { usual: 0.3, min: 0, max: 5, meaning: 'sway and breathing of the body' },
  variationPercent: { usual: 6, min: 0, max: 30, meaning: 'how much repetitions differ in size and pace' },
  backwardPercent: {
    usual: 100,
    min: 20,
    max: 100,
    meaning: 'how far back the person leans, of how far forward',
  },
};

export const CONDITION_NAMES = Object.keys(CONDITIONS) as readonly ConditionName[];

export const USUAL_CONDITIONS: SimulationConditions = Object.fromEntries(
  CONDITION_NAMES.map((name) => [name, CONDITIONS[name].usual]),
) as unknown as SimulationConditions;

/** Nothing disturbs: what remains is the rounding of the protocol. */
export const IDEAL_CONDITIONS: SimulationConditions = {
  ...(Object.fromEntries(CONDITION_NAMES.map((name) => [name, 0])) as unknown as SimulationConditions),
  backwardPercent: 100,
};
