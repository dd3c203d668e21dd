/**
 * What is known of one sensor at one moment. NaN and null mean "not known"; nothing here is guessed.
 */
export interface SensorReading {
  readonly sensorIndex: number;
  /** What the radio claims of its link. */
  readonly linked: boolean;
  /** Since its last packet, ms; Infinity before the first. */
  readonly silentMs: number;
  /** Samples per second that were asked for. */
  readonly askedHz: number;
  /** Samples per second that the device itself takes, by its own clock; NaN where it does not tell. */
  readonly paceHz: number;
  /** Samples per second that really came; NaN while that is being measured. */
  readonly deliveredHz: number;
  /** Since its gyroscope's zero could last be taken, s. */
  readonly biasAgeS: number;
  readonly batteryPercent: number | null;
  /** By how much its clock is fast (+) or slow (-), share. */
  readonly clockSkew: number;
  /** 1 where gyroscope and accelerometer tell of the same turning, -1 where they contradict each other. */
  readonly axisAgreement: number;
  /** True turn over stated turn: 1 where its gyroscope's scale is right; NaN while that is not known. */
  readonly turnRatio: number;
  /** How often it began anew by itself in this session. */
  readonly restarts: number;
}

/** Data decide, not the radio's claim: a link that brings nothing is silent, whatever it says of itself. */
export type SensorCondition = 'linkLost' | 'waiting' | 'silent' | 'measuring' | 'slow' | 'ready';

/** Longer than any pause of a healthy link, short enough to be seen at once. */
export const SILENT_AFTER_MS = 1000;
/** Less than this of what was asked for is told. */
export const FULL_SHARE = 0.9;

export function sensorCondition(reading: SensorReading): SensorCondition {
  if (!reading.linked) return 'linkLost';
  if (reading.silentMs === Infinity) return 'waiting';
  if (reading.silentMs > SILENT_AFTER_MS) return 'silent';
  const share = deliveredShare(reading);
  if (Number.isNaN(share)) return 'measuring';
  return share < FULL_SHARE ? 'slow' : 'ready';
}

/** Whether the person is to do something about it. */
export function needsLook(condition: SensorCondition): boolean {
  return condition === 'slow' || condition === 'silent' || condition === 'linkLost';
}

/** Of the samples asked for, or of all that the device takes where that is less; NaN while that is being measured. */
export function deliveredShare(reading: SensorReading): number {
  const { deliveredHz, askedHz } = reading;
  const dueHz = hasOwnPace(reading) ? reading.paceHz : askedHz;
  return dueHz > 0 ? deliveredHz / dueHz : NaN;
}

function hasOwnPace({ paceHz, askedHz }: SensorReading): boolean {
  return paceHz < FULL_SHARE * askedHz;
}

/**
 * Why samples are missing, as far as the pattern tells. `starved`: the radio serves the others fully and this one about
 * half, so its own strength is not the cause. `crowded`: every sensor gets too little. `weak`: anything else. `ownPace`:
 * nothing is missing, the device takes fewer samples than were asked for.
 */
export type RateAlarm =
  | { readonly kind: 'starved'; readonly sensorIndex: number; readonly share: number }
  | { readonly kind: 'crowded'; readonly sensorIndex: null; readonly share: number }
  | { readonly kind: 'weak'; readonly sensorIndex: number; readonly share: number }
  | { readonly kind: 'ownPace'; readonly sensorIndex: number; readonly share: number };

const HALF_FROM = 0.35;
const HALF_TO = 0.65;

export function rateAlarm(readings: readonly SensorReading[]): RateAlarm | null {
  const streaming = readings.filter((reading) => {
    const condition = sensorCondition(reading);
    return condition === 'slow' || condition === 'ready';
  });
  const slow = streaming
    .filter((reading) => sensorCondition(reading) === 'slow')
    .sort((a, b) => deliveredShare(a) - deliveredShare(b) || a.sensorIndex - b.sensorIndex);
  const worst = slow[0];
  if (worst === undefined) {
    const own = streaming.find(hasOwnPace);
    if (own === undefined) return null;
    return { kind: 'ownPace', sensorIndex: own.sensorIndex, share: own.paceHz / own.askedHz };
  }
  const share = deliveredShare(worst);
  if (slow.length > 1 && slow.length === streaming.length)
    return { kind: 'crowded', sensorIndex: null, share };
  const { sensorIndex } = worst;
  if (slow.length === 1 && streaming.length > 1 && share >= HALF_FROM && share <= HALF_TO)
    return { kind: 'starved', sensorIndex, share };
  return { kind: 'weak', sensorIndex, share };
}

/** Told only when it lasts: a person who walks past is no reason to stop. */
const ALARM_AFTER_MS = 3000;
const CALM_AFTER_MS = 5000;

/** Keeps an alarm from coming and going with every reading. */
export class RateWatch {
  /** What is to be told now. */
  alarm: RateAlarm | null = null;
  private suspect: RateAlarm | null = null;
  private sinceMs = NaN;
  private calmSinceMs = NaN;

  take(readings: readonly SensorReading[], nowMs: number): RateAlarm | null {
    const found = rateAlarm(readings);
    if (!isSame(found, this.suspect)) this.sinceMs = nowMs;
    this.suspect = found;
    if (found === null) {
      if (Number.isNaN(this.calmSinceMs)) this.calmSinceMs = nowMs;
      if (nowMs - this.calmSinceMs >= CALM_AFTER_MS) this.alarm = null;
      return this.alarm;
    }
    this.calmSinceMs = NaN;
    if (isSame(found, this.alarm) || nowMs - this.sinceMs >= ALARM_AFTER_MS) this.alarm = found;
    return this.alarm;
  }
}

function isSame(a: RateAlarm | null, b: RateAlarm | null): boolean {
  return a?.kind === b?.kind && a?.sensorIndex === b?.sensorIndex;
}

export type BatteryVerdict = 'unknown' | 'empty' | 'chargeAfter' | 'enough';

/** A kit that runs for a shorter time than this on a full battery is not worth wearing. */
const SHORTEST_LIFE_H = 4;
/** What a small cell shows before it fails is not to be counted on. */
const RESERVE_PERCENT = 5;
/** Enough for now, but not for another session after it. */
const CHARGE_BELOW_PERCENT = 35;

/** Whether a battery lasts for a session. What a sensor does not tell stays unknown. */
export function batteryVerdict(percent: number | null, sessionMinutes: number): BatteryVerdict {
  if (percent === null) return 'unknown';
  const neededPercent = RESERVE_PERCENT + (100 * sessionMinutes) / (60 * SHORTEST_LIFE_H);
  if (percent < neededPercent) return 'empty';
  return percent < CHARGE_BELOW_PERCENT ? 'chargeAfter' : 'enough';
}

/** In the order in which they are mended. */
export const KIT_CHECKS = [
  'connected',
  'rates',
  'battery',
  'zero',
  'space',
  'axes',
  'turns',
  'restart',
  'clock',
] as const;
export type KitCheckName = (typeof KIT_CHECKS)[number];

/** What no person expects and few kits suffer: told when it is found, and not before. */
const TOLD_WHEN_FOUND: readonly KitCheckName[] = ['axes', 'turns', 'restart', 'clock'];

export function isShown({ name, state }: KitCheck): boolean {
  return state === 'look' || !TOLD_WHEN_FOUND.includes(name);
}

export interface KitCheck {
  readonly name: KitCheckName;
  /** `look`: it can go on, but something is to be mended first. */
  readonly state: 'good' | 'waiting' | 'unknown' | 'look';
  /** Sensors concerned, empty for all or none. */
  readonly sensorIndexes: readonly number[];
}

export interface KitNeeds {
  readonly sensorCount: number;
  readonly sessionMinutes: number;
  /** Left for recordings on this device; null where the browser does not tell. */
  readonly freeBytes: number | null;
}

/** A zero older than this is worth ten seconds on the table: chips warm up while they are worn. */
const ZERO_GOOD_FOR_S = 20 * 60;
/** A crystal keeps time to a few hundredths of a percent. */
const CLOCK_GOOD_WITHIN = 0.01;
/** Movements of a body's own make the two agree less than 1, never the other way round. */
/** A good chip is right within 3 %; the fault that is known of boards makes it 15 %. */
const TURNS_GOOD_WITHIN = 0.08;
const AXES_CONTRADICT_BELOW = -0.5;
/** One sensor's recording of a minute at 104 Hz, with room for what comes on top. */
const BYTES_PER_SENSOR_MINUTE = 400_000;

/** What is to be seen to before a session, each as good, unknown, or to be mended. */
export function checkKit(readings: readonly SensorReading[], needs: KitNeeds): readonly KitCheck[] {
  return KIT_CHECKS.map((name) => {
    switch (name) {
      case 'connected':
        return connectedCheck(readings, needs.sensorCount);
      case 'rates':
        return ratesCheck(readings);
      case 'battery':
        return batteryCheck(readings, needs.sessionMinutes);
      case 'zero':
        return zeroCheck(readings);
      case 'space':
        return spaceCheck(needs);
      case 'axes':
        return foundCheck(
          name,
          readings,
          (reading) => reading.axisAgreement,
          (agreement) => agreement < AXES_CONTRADICT_BELOW,
        );
      case 'turns':
        return foundCheck(
          name,
          readings,
          (reading) => reading.turnRatio,
          (ratio) => Math.abs(ratio - 1) > TURNS_GOOD_WITHIN,
        );
      case 'restart':
        return foundCheck(
          name,
          readings,
          (reading) => reading.restarts,
          (count) => count > 0,
        );
      case 'clock':
        return foundCheck(
          name,
          readings,
          (reading) => reading.clockSkew,
          (skew) => Math.abs(skew) > CLOCK_GOOD_WITHIN,
        );
    }
  });
}

function connectedCheck(readings: readonly SensorReading[], sensorCount: number): KitCheck {
  const dead = readings.filter((reading) => ['linkLost', 'silent'].includes(sensorCondition(reading)));
  if (dead.length > 0) return { name: 'connected', state: 'look', sensorIndexes: indexesOf(dead) };
  const waits = readings.some((reading) => sensorCondition(reading) === 'waiting');
  const state = waits || readings.length < sensorCount ? 'waiting' : 'good';
  return { name: 'connected', state, sensorIndexes: [] };
}

function ratesCheck(readings: readonly SensorReading[]): KitCheck {
  const slow = readings.filter((reading) => sensorCondition(reading) === 'slow');
  if (slow.length > 0) return { name: 'rates', state: 'look', sensorIndexes: indexesOf(slow) };
  const all = readings.length > 0 && readings.every((reading) => sensorCondition(reading) === 'ready');
  return { name: 'rates', state: all ? 'good' : 'waiting', sensorIndexes: [] };
}

function batteryCheck(readings: readonly SensorReading[], minutes: number): KitCheck {
  const of = (verdict: BatteryVerdict): number[] =>
    indexesOf(readings.filter((reading) => batteryVerdict(reading.batteryPercent, minutes) === verdict));
  const empty = of('empty');
  if (empty.length > 0) return { name: 'battery', state: 'look', sensorIndexes: empty };
  if (readings.length === 0) return { name: 'battery', state: 'waiting', sensorIndexes: [] };
  const unknown = of('unknown');
  return { name: 'battery', state: unknown.length > 0 ? 'unknown' : 'good', sensorIndexes: unknown };
}

function zeroCheck(readings: readonly SensorReading[]): KitCheck {
  const old = readings.filter((reading) => reading.biasAgeS > ZERO_GOOD_FOR_S);
  if (old.length > 0) return { name: 'zero', state: 'look', sensorIndexes: indexesOf(old) };
  const all = readings.length > 0 && readings.every((reading) => reading.biasAgeS <= ZERO_GOOD_FOR_S);
  return { name: 'zero', state: all ? 'good' : 'waiting', sensorIndexes: [] };
}

function foundCheck(
  name: KitCheckName,
  readings: readonly SensorReading[],
  valueOf: (reading: SensorReading) => number,
  isFault: (value: number) => boolean,
): KitCheck {
  const faulty = readings.filter((reading) => isFault(valueOf(reading)));
  if (faulty.length > 0) return { name, state: 'look', sensorIndexes: indexesOf(faulty) };
  const known = readings.length > 0 && readings.every((reading) => !Number.isNaN(valueOf(reading)));
  return { name, state: known ? 'good' : 'waiting', sensorIndexes: [] };
}

function spaceCheck({ freeBytes, sensorCount, sessionMinutes }: KitNeeds): KitCheck {
  if (freeBytes === null) return { name: 'space', state: 'unknown', sensorIndexes: [] };
  const enough = freeBytes >= BYTES_PER_SENSOR_MINUTE * sensorCount * sessionMinutes;
  return { name: 'space', state: enough ? 'good' : 'look', sensorIndexes: [] };
}

function indexesOf(readings: readonly SensorReading[]): number[] {
  return readings.map((reading) => reading.sensorIndex);
}
