import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { judgeUnit } from '../../../src/core/bench/kit-verdict.ts';
import type { SensorDescription } from '../../../src/core/packet/packet.ts';
import {
  calibrationFor,
  createPassport,
  standingOf,
  type KitPassport,
  type PassportContent,
} from '../../../src/core/recording/kit-passport.ts';
import { readPassport, sealPassport, writePassport } from '../../../src/core/recording/passport-file.ts';
import { checkedUnits, passportContent } from '../../support/passports.ts';

const sha256 = (bytes: Uint8Array) =>
  Promise.resolve(new Uint8Array(createHash('sha256').update(bytes).digest()));
const sensor: SensorDescription = checkedUnits()[0]!.description;
const read = (text: string) => readPassport(new TextEncoder().encode(text), 'kit.json', sha256);

let passport: KitPassport;
let text: string;
beforeAll(async () => {
  passport = await sealPassport(passportContent(), sha256);
  text = new TextDecoder().decode(writePassport(passport));
});

/** The file with one value changed. */
function edited(path: readonly string[], value: unknown): string {
  const root: unknown = JSON.parse(text);
  const place = path.slice(0, -1).reduce<unknown>((at, key) => Reflect.get(at as object, key), root);
  Reflect.set(place as object, path.at(-1)!, value);
  return JSON.stringify(root);
}

describe('a sealed passport', () => {
  test('comes back as it was, from the same bytes', async () => {
    expect(await read(text)).toEqual(passport);
    expect(new TextDecoder().decode(writePassport(await read(text)))).toBe(text);
  });

  test('does not depend on the order in which its fields were written', async () => {
    const turned = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text) as object).reverse()));
    expect(await read(turned)).toEqual(passport);
  });

  test.each([
    ['kitName', ['kitName'], 'Kit of somebody else'],
    ['expiresAtUtc', ['expiresAtUtc'], '2036-01-05T09:00:00.000Z'],
    ['units.0.serial', ['units', '0', 'serial'], 'SN-9'],
    ['units.0.calibration', ['units', '0', 'calibration', 'gyro', 'matrix', '0'], 1.1],
    ['units.0.turns', ['units', '0', 'steps', '6', 'figures', '0', 'value'], 1],
    ['verdict', ['verdict'], 'quarantine'],
  ])('that was edited at %s is refused whole, with the field named', async (field, path, value) => {
    await expect(read(edited(path, value))).rejects.toMatchObject({ code: 'altered', field });
  });

  test.each([
    ['not JSON', '{', 'notAPassport', ''],
    ['another file', '{"format":"something","version":1}', 'notAPassport', ''],
    ['a newer one', '{"format":"thora-kit-passport","version":2}', 'newerVersion', 'version'],
  ])('is not mistaken: %s', async (_, wrong, code, field) => {
    await expect(read(wrong)).rejects.toMatchObject({ code, field });
  });

  test('with a field that cannot be names it', async () => {
    await expect(
      read(edited(['units', '0', 'calibration', 'gyro', 'matrix', '4'], 40)),
    ).rejects.toMatchObject({
      code: 'fieldInvalid',
      field: 'units.0.calibration.gyro.matrix.4',
    });
  });

  test('of a day that is in no calendar names the field: no page could show it', async () => {
    await expect(read(edited(['madeAtUtc'], '2026-13-40T09:00:00.000Z'))).rejects.toMatchObject({
      code: 'fieldInvalid',
      field: 'madeAtUtc',
    });
  });

  test('any single character changed is refused, or changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.constantFrom('0', '7', 'x', ' ', '"'), async (at, by) => {
        const changed = text.slice(0, at) + by + text.slice(at + 1);
        const outcome = await read(changed).catch((error: unknown) => (error as Error).name);
        if (outcome !== 'PassportError') expect(outcome).toMatchObject({ units: passport.units });
      }),
      { numRuns: 150 },
    );
  });
});

describe('what the app says of a worn sensor', () => {
  const now = '2026-02-01T00:00:00.000Z';
  const real = (more: Partial<PassportContent> = {}): PassportContent => ({ ...passportContent(), ...more });

  test('a unit of a fit kit is good until its check expires', () => {
    expect(standingOf([real()], sensor, now)).toBe('good');
    expect(standingOf([real()], sensor, '2026-06-01T00:00:00.000Z')).toBe('expired');
    expect(standingOf([], sensor, now)).toBe('none');
  });

  test('another sensor, other firmware and a unit in quarantine are told', () => {
    expect(standingOf([real()], { ...sensor, sensorId: 'x', name: 'Another' }, now)).toBe('otherSensor');
    expect(standingOf([real()], { ...sensor, firmware: '9.9' }, now)).toBe('otherFirmware');
    const units = real().units.map((unit) => ({ ...unit, verdict: 'quarantine' as const }));
    expect(standingOf([real({ units })], sensor, now)).toBe('quarantine');
  });

  test('in another browser the unit is known by its kind and name', () => {
    expect(standingOf([real()], { ...sensor, sensorId: 'id of another browser' }, now)).toBe('good');
  });

  test('a virtual sensor knows nothing of real kits', () => {
    expect(standingOf([real()], { ...sensor, simulated: true }, now)).toBe('none');
    expect(calibrationFor([real()], { ...sensor, simulated: true })).toBeNull();
  });

  test('the newest check corrects', () => {
    const older = real({ units: real().units.map((unit) => ({ ...unit, calibration: null })) });
    expect(calibrationFor([real(), older], sensor)).toEqual(real().units[0]!.calibration);
    expect(calibrationFor([older, real()], sensor)).toBeNull();
  });
});

describe('the verdict', () => {
  const about = { passportId: 'p', nowUtc: '2026-01-05T09:00:00.000Z', nowUtcMs: 0, engineVersion: '1' };

  test('one failed step puts the kit in quarantine, and its unit is corrected in nothing', () => {
    const [unit] = checkedUnits();
    const failed = {
      ...unit!,
      results: unit!.results.map((result) =>
        result.step === 'handedness' ? { ...result, verdict: 'fail' as const } : result,
      ),
    };
    const content = createPassport({ kitName: 'K', checkedBy: 'B', units: [failed] }, about, String);
    expect(content).toMatchObject({
      verdict: 'quarantine',
      units: [{ verdict: 'quarantine', calibration: null }],
    });
  });

  test('a check with a step missing makes no passport', () => {
    const [unit] = checkedUnits();
    const results = unit!.results.filter(({ step }) => step !== 'drift');
    expect(judgeUnit(results, 1)).toBe('incomplete');
    expect(() =>
      createPassport({ kitName: 'K', checkedBy: 'B', units: [{ ...unit!, results }] }, about, String),
    ).toThrow('not complete');
  });
});
