import { isWorthRemembering, type RememberedGyroBias } from '../../core/fusion/remembered-bias.ts';
import type { SensorDescription } from '../../core/packet/packet.ts';
import type { SessionResult } from '../../core/pipeline/session-result.ts';
import { RowVault } from './row-vault.ts';
import type { SessionDatabase } from './session-database.ts';

/**
 * What sessions found of each sensor's gyroscope, for the next one. A convenience: where it cannot be read or written the
 * session goes on without.
 */
export class GyroBiasMemory {
  readonly #database: SessionDatabase;
  readonly #utcMs: () => number;
  readonly #vault: RowVault;

  /** @param utcMs the wall clock, ms since 1970 */
  constructor(database: SessionDatabase, utcMs: () => number, vault = new RowVault(null)) {
    this.#database = database;
    this.#vault = vault;
    this.#utcMs = utcMs;
  }

  /** Null for a sensor that is not known, or simulated. */
  async recall({ sensorId, simulated }: SensorDescription): Promise<RememberedGyroBias | null> {
    if (simulated) return null;
    try {
      const kept = await this.#database.calibrations.get(sensorId);
      if (kept === undefined) return null;
      const row = await this.#vault.open('calibrations', kept);
      const { gyroBiasRadPerS, sigmaRadPerS, foundAtUtcMs } = row;
      return { gyroBiasRadPerS, sigmaRadPerS, ageS: (this.#utcMs() - foundAtUtcMs) / 1000 };
    } catch {
      return null;
    }
  }

  /** Keeps what a session that has just ended found, of sensors that did not wander. */
  async remember(sensors: readonly SensorDescription[], result: SessionResult): Promise<void> {
    const foundAtUtcMs = this.#utcMs();
    const rows = sensors.flatMap(({ sensorId, sensorIndex, simulated }) => {
      const found = result.sensors.find((sensor) => sensor.sensorIndex === sensorIndex);
      const sigmaRadPerS = found?.gyroBiasSigmaRadPerS ?? NaN;
      const wandered = result.flags.some(
        (flag) => flag.name === 'NOT_SETTLED' && flag.sensorIndex === sensorIndex,
      );
      if (found === undefined || simulated || wandered) return [];
      const { gyroBiasRadPerS } = found;
      if (!isWorthRemembering(gyroBiasRadPerS, sigmaRadPerS)) return [];
      return [{ sensorId, gyroBiasRadPerS, sigmaRadPerS, foundAtUtcMs }];
    });
    await this.#vault
      .sealAll('calibrations', rows)
      .then((sealed) => this.#database.calibrations.bulkPut(sealed))
      .catch(() => undefined);
  }
}
