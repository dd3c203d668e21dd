import { SEGMENT_ROLES, type SegmentRole } from '../../core/body/segment-role.ts';
import type { SensorPlaces } from '../../ui/services.ts';
import type { SessionDatabase } from './session-database.ts';

/** Which sensor a person last wore in each place. A convenience: where it cannot be read or written, there is the chooser. */
export class KitMemory implements SensorPlaces {
  readonly #database: SessionDatabase;

  constructor(database: SessionDatabase) {
    this.#database = database;
  }

  async known(): Promise<ReadonlyMap<SegmentRole, string>> {
    const rows = await this.#database.kits.toArray().catch(() => []);
    return new Map(rows.map(({ role, sensorId }) => [role, sensorId]));
  }

  /** A sensor has one place: where it was before it is forgotten. */
  async remember(role: SegmentRole, sensorId: string): Promise<void> {
    const { kits } = this.#database;
    await this.#database
      .transaction('rw', kits, async () => {
        await kits.filter((row) => row.sensorId === sensorId).delete();
        await kits.put({ role, sensorId });
      })
      .catch(() => undefined);
  }
}

/** Places as versions before 3 kept them, outside of the database. Anything unknown is left out. */
export function parseKnownSensors(text: string | null): ReadonlyMap<SegmentRole, string> {
  const known = new Map<SegmentRole, string>();
  try {
    const parsed: unknown = text === null ? null : JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null) return known;
    for (const role of SEGMENT_ROLES) {
      const id: unknown = (parsed as Record<string, unknown>)[role];
      if (typeof id === 'string' && id !== '') known.set(role, id);
    }
  } catch {
    known.clear();
  }
  return known;
}
