import type { RowVault } from './row-vault.ts';
import type { ClinicLinkRow, SessionDatabase } from './session-database.ts';

/** The one link of a person to their clinic. Rejects with StorageError where it lies locked. */
export class ClinicLinkKeeper {
  readonly #database: SessionDatabase;
  readonly #vault: RowVault;

  constructor(database: SessionDatabase, vault: RowVault) {
    this.#database = database;
    this.#vault = vault;
  }

  async read(): Promise<ClinicLinkRow | null> {
    const row = await this.#database.clinicLinks.get('clinic');
    return row === undefined ? null : this.#vault.open('clinicLinks', row);
  }

  async keep(link: ClinicLinkRow): Promise<void> {
    await this.#database.clinicLinks.put(await this.#vault.seal('clinicLinks', link));
  }
}
