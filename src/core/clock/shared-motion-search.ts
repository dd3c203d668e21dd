import { sharedMotionOffset, type SharedMotionOffset, type TurnRateSeries } from './shared-motion-offset.ts';

/** A stretch in which all sensors were shaken as one, and what it says of each clock against the first's. */
export interface SharedMotion {
  readonly startS: number;
  readonly endS: number;
  /** One for each sensor; the first is the reference: 0 and as unsure as the others are on average. */
  readonly offsets: readonly SharedMotionOffset[];
}

/** Faster on average than a trunk turns in exercise, rad/s: only hands shake like this. */
const SHAKEN_RAD_PER_S = 2.5;
const SLOT_S = 0.5;
const LEAST_SLOTS = 4;
const MOST_SLOTS = 20;

/** Finds by itself where the sensors were held together and shaken; null where that never was. */
export function findSharedMotion(sensors: readonly TurnRateSeries[]): SharedMotion | null {
  const [first, ...others] = sensors;
  if (first === undefined || others.length === 0) return null;
  const originS = first.timeS[0];
  const shaken = sensors.map((series) => shakenSlots(series, originS));
  const length = Math.min(...shaken.map((slots) => slots.length));
  let from = -1;
  for (let slot = 0; slot <= length; slot++) {
    const isShaken = slot < length && shaken.every((slots) => slots[slot] === 1);
    if (isShaken && from < 0) from = slot;
    const isFull = from >= 0 && slot - from === MOST_SLOTS;
    if ((isShaken && !isFull) || from < 0) continue;
    if (slot - from >= LEAST_SLOTS) {
      const startS = originS + from * SLOT_S,
        endS = originS + slot * SLOT_S;
      const offsets = others.map((other) => sharedMotionOffset(first, other, startS, endS));
      if (offsets.every((offset) => offset !== null)) {
        const sigmaS = offsets.reduce((sum, offset) => sum + offset.sigmaS, 0) / offsets.length;
        return { startS, endS, offsets: [{ offsetS: 0, sigmaS, coherence: 1 }, ...offsets] };
      }
    }
    from = isShaken ? slot : -1;
  }
  return null;
}

/** 1 for each half second whose mean rate is that of shaking. */
function shakenSlots(series: TurnRateSeries, originS: number): Uint8Array {
  const { timeS, rateRadPerS } = series;
  const lastS = timeS[timeS.length - 1];
  const length = lastS > originS ? Math.floor((lastS - originS) / SLOT_S) : 0;
  const sum = new Float64Array(length),
    count = new Float64Array(length);
  for (let i = 0; i < timeS.length; i++) {
    const slot = Math.floor((timeS[i] - originS) / SLOT_S);
    if (slot < 0 || slot >= length || !Number.isFinite(rateRadPerS[i])) continue;
    sum[slot] += rateRadPerS[i];
    count[slot]++;
  }
  return Uint8Array.from(sum, (value, slot) => (value > SHAKEN_RAD_PER_S * count[slot] ? 1 : 0));
}
