import type { SensorDescription } from '../../core/packet/packet.ts';
import type { SensorCalibration } from '../../core/packet/sensor-calibration.ts';
import { calibrationFor, type KitPassport } from '../../core/recording/kit-passport.ts';
import type { RowVault } from './row-vault.ts';
import type { SessionDatabase } from './session-database.ts';

/** The passports of the kits that a person wears, or that a clinic checked. */
export class PassportKeeper {
  readonly #database: SessionDatabase;
  readonly #vault: RowVault;

  constructor(database: SessionDatabase, vault: RowVault) {
    this.#database = database;
    this.#vault = vault;
  }

  /** Newest first. */
  async list(): Promise<readonly KitPassport[]> {
    const rows = await this.#vault.openAll('passports', await this.#database.passports.toArray());
    return rows
      .map(({ passport }) => passport)
      .sort((a, b) => (a.madeAtUtc < b.madeAtUtc ? 1 : a.madeAtUtc > b.madeAtUtc ? -1 : 0));
  }

  /** What sessions had learned of these units' zeros was of other readings: it is forgotten. */
  async keep(passport: KitPassport): Promise<void> {
    const row = await this.#vault.seal('passports', { passportId: passport.passportId, passport });
    const { passports, calibrations } = this.#database;
    await this.#database.transaction('rw', [passports, calibrations], async () => {
      await passports.put(row);
      await calibrations.bulkDelete(passport.units.map(({ sensorId }) => sensorId));
    });
  }

  async remove(passport: KitPassport): Promise<void> {
    const { passports, calibrations } = this.#database;
    await this.#database.transaction('rw', [passports, calibrations], async () => {
      await passports.delete(passport.passportId);
      await calibrations.bulkDelete(passport.units.map(({ sensorId }) => sensorId));
    });
  }

  /** For a session that begins: where it cannot be read the sensor is used as it reads. */
  async recall(sensor: SensorDescription): Promise<SensorCalibration | null> {
    try {
      return calibrationFor(await this.list(), sensor);
    } catch {
      return null;
    }
  }
}
