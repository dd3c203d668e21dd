import { createHash } from 'node:crypto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, test } from 'vitest';
import { PassportKeeper } from '../../../src/adapters/session-log/passport-keeper.ts';
import { RowVault } from '../../../src/adapters/session-log/row-vault.ts';
import { createSessionDatabase } from '../../../src/adapters/session-log/session-database.ts';
import type { KitPassport } from '../../../src/core/recording/kit-passport.ts';
import { sealPassport } from '../../../src/core/recording/passport-file.ts';
import { checkedUnits, passportContent } from '../../support/passports.ts';

const sha256 = (bytes: Uint8Array) =>
  Promise.resolve(new Uint8Array(createHash('sha256').update(bytes).digest()));

function madeAt(passportId: string, madeAtUtc: string): Promise<KitPassport> {
  return sealPassport({ ...passportContent(), passportId, madeAtUtc }, sha256);
}

function openDatabase() {
  return createSessionDatabase('passports', { indexedDB: new IDBFactory(), IDBKeyRange });
}

async function aesKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

describe.each([
  ['open', async () => null],
  ['under a lock', aesKey],
])('passports kept %s', (_, key) => {
  test('come back newest first, correct their sensor, and go', async () => {
    const database = openDatabase();
    const keeper = new PassportKeeper(database, new RowVault(await key()));
    const sensor = checkedUnits()[0]!.description;
    expect(await keeper.recall(sensor)).toBeNull();
    const older = await madeAt('older', '2026-01-01T00:00:00.000Z'),
      newer = await madeAt('newer', '2026-02-01T00:00:00.000Z');
    await database.calibrations.put({ sensorId: sensor.sensorId });
    await keeper.keep(older);
    await keeper.keep(newer);
    expect(await keeper.list()).toEqual([newer, older]);
    expect(await keeper.recall(sensor)).toEqual(newer.units[0]!.calibration);
    // What was learned of the sensor without the correction says nothing any more.
    expect(await database.calibrations.count()).toBe(0);
    await keeper.remove(newer);
    expect(await keeper.list()).toEqual([older]);
    database.close();
  });

  test('what cannot be read corrects nothing, and stops no session', async () => {
    const database = openDatabase();
    const keeper = new PassportKeeper(database, new RowVault(await key()));
    database.close();
    expect(await keeper.recall(checkedUnits()[0]!.description)).toBeNull();
  });
});
