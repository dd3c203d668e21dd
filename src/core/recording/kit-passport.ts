import type { StepResult } from '../bench/bench-step.ts';
import { judgeUnit, type UnitVerdict } from '../bench/kit-verdict.ts';
import type { DeviceFamilyName } from '../packet/device-family-name.ts';
import type { SensorDescription } from '../packet/packet.ts';
import type { SensorCalibration } from '../packet/sensor-calibration.ts';

export const PASSPORT_FORMAT = 'thora-kit-passport';
export const PASSPORT_VERSION = 1;
export const PASSPORT_FILE_ENDING = '.thora-kit.json';
/** A check is good for so long, or until a unit was dropped or its firmware changed. */
const GOOD_FOR_DAYS = 90;
const MS_PER_DAY = 86_400_000;

export interface PassportUnit {
  /** The radio's id on the device where it was checked; another browser knows the same unit by another one. */
  readonly sensorId: string;
  /** Advertised name. */
  readonly name: string;
  /** As printed on the case. */
  readonly serial: string;
  readonly family: DeviceFamilyName;
  readonly firmware: string | null;
  readonly rateHz: number;
  readonly simulated: boolean;
  readonly verdict: Exclude<UnitVerdict, 'incomplete'>;
  readonly steps: readonly StepResult[];
  /** Null: nothing is corrected, as in a unit that failed. */
  readonly calibration: SensorCalibration | null;
}

/** What a bench check found of one kit, before it is sealed. */
export interface PassportContent {
  readonly passportId: string;
  readonly kitName: string;
  readonly checkedBy: string;
  readonly madeAtUtc: string;
  readonly expiresAtUtc: string;
  readonly engineVersion: string;
  readonly simulated: boolean;
  readonly verdict: Exclude<UnitVerdict, 'incomplete'>;
  readonly units: readonly PassportUnit[];
}

/** The document as it is stored and handed on: see docs/decisions/0009. */
export interface KitPassport extends PassportContent {
  readonly format: typeof PASSPORT_FORMAT;
  readonly version: typeof PASSPORT_VERSION;
  readonly digest: PassportDigest;
  /** Nobody signs yet; the place is kept so that a signed one needs no other form. */
  readonly signature: null;
}

export interface PassportDigest {
  readonly algorithm: 'SHA-256';
  /** Of the canonical text without digest and signature, hexadecimal. */
  readonly whole: string;
  /** Of each field, shortened: they say which one was changed. */
  readonly fields: Readonly<Record<string, string>>;
}

export interface CheckedUnit {
  readonly description: SensorDescription;
  readonly serial: string;
  readonly results: readonly StepResult[];
  readonly calibration: SensorCalibration | null;
}

/**
 * A passport from a finished check. One unit that fails puts the whole kit in quarantine, and is corrected in nothing.
 *
 * @param nowUtcMs of the wall clock
 * @throws RangeError where a step is missing that did not fail
 */
export function createPassport(
  check: { readonly kitName: string; readonly checkedBy: string; readonly units: readonly CheckedUnit[] },
  about: {
    readonly passportId: string;
    readonly nowUtc: string;
    readonly nowUtcMs: number;
    readonly engineVersion: string;
  },
  toUtc: (utcMs: number) => string,
): PassportContent {
  const units = check.units.map(({ description, serial, results, calibration }): PassportUnit => {
    const verdict = judgeUnit(results, check.units.length);
    if (verdict === 'incomplete') throw new RangeError(`${description.name}: the check is not complete`);
    return {
      sensorId: description.sensorId,
      name: description.name,
      serial,
      family: description.family,
      firmware: description.firmware,
      rateHz: description.nominalRateHz,
      simulated: description.simulated,
      verdict,
      steps: results.map(({ figures, ...result }) => ({
        ...result,
        // What could not be worked out is left out; its step has failed.
        figures: figures.filter(({ value }) => Number.isFinite(value)),
      })),
      calibration: verdict === 'fit' ? calibration : null,
    };
  });
  return {
    passportId: about.passportId,
    kitName: check.kitName,
    checkedBy: check.checkedBy,
    madeAtUtc: about.nowUtc,
    expiresAtUtc: toUtc(about.nowUtcMs + GOOD_FOR_DAYS * MS_PER_DAY),
    engineVersion: about.engineVersion,
    simulated: units.some((unit) => unit.simulated),
    verdict: units.every((unit) => unit.verdict === 'fit') ? 'fit' : 'quarantine',
    units,
  };
}

/** Names change with the browser and ids too: a unit is known by its id here, or by kind and advertised name elsewhere. */
export function unitOf(passport: PassportContent, sensor: SensorDescription): PassportUnit | null {
  const alike = passport.units.filter(
    (unit) => unit.family === sensor.family && unit.simulated === sensor.simulated,
  );
  return (
    alike.find((unit) => unit.sensorId === sensor.sensorId) ??
    alike.find(
      (unit) => unit.name === sensor.name && alike.filter(({ name }) => name === unit.name).length === 1,
    ) ??
    null
  );
}

/** What the app says of a sensor that is worn, by the passports it knows. `none`: no kit was checked here. */
export type PassportStanding = 'none' | 'good' | 'otherSensor' | 'expired' | 'otherFirmware' | 'quarantine';

/**
 * @param passports of the person, newest first
 * @param nowUtc ISO 8601 in UTC, as in the passport
 */
export function standingOf(
  passports: readonly PassportContent[],
  sensor: SensorDescription,
  nowUtc: string,
): PassportStanding {
  const kits = passports.filter((passport) => passport.simulated === sensor.simulated);
  if (kits.length === 0) return 'none';
  const kit = kits.find((passport) => unitOf(passport, sensor) !== null);
  const unit = kit === undefined ? null : unitOf(kit, sensor);
  if (kit === undefined || unit === null) return 'otherSensor';
  if (unit.verdict === 'quarantine') return 'quarantine';
  if (unit.firmware !== sensor.firmware && unit.firmware !== null && sensor.firmware !== null)
    return 'otherFirmware';
  return nowUtc >= kit.expiresAtUtc ? 'expired' : 'good';
}

/** The correction of the newest check that knows the sensor; null where there is none. An old one is better than none. */
export function calibrationFor(
  passports: readonly PassportContent[],
  sensor: SensorDescription,
): SensorCalibration | null {
  for (const passport of passports) {
    const unit = unitOf(passport, sensor);
    if (unit !== null) return unit.calibration;
  }
  return null;
}
