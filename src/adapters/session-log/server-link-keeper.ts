import type { Dexie, Table } from 'dexie';
import type { KeptRow, ServerLinkRow } from './session-database.ts';

interface ServerDatabase extends Dexie {
  readonly serverLinks: Table<KeptRow<'serverLinks'>, string>;
  readonly outbox: Table<KeptRow<'outbox'>, string>;
}

/** Of a person's rows, or of a clinic's. */
interface LinkVault {
  seal(table: 'serverLinks', row: ServerLinkRow): Promise<KeptRow<'serverLinks'>>;
  open(table: 'serverLinks', kept: KeptRow<'serverLinks'>): Promise<ServerLinkRow>;
}

/** The one server that a person, or a clinic, has agreed to. */
export class ServerLinkKeeper {
  readonly #database: ServerDatabase;
  readonly #vault: LinkVault;

  constructor(database: ServerDatabase, vault: LinkVault) {
    this.#database = database;
    this.#vault = vault;
  }

  async read(): Promise<ServerLinkRow | null> {
    const row = await this.#database.serverLinks.get('server');
    return row === undefined ? null : this.#vault.open('serverLinks', row);
  }

  /** What waits for another server, or for another patient there, is forgotten with it: it names what is not known here. */
  async keep(link: ServerLinkRow): Promise<void> {
    const before = await this.read();
    const isSame = before?.baseUrl === link.baseUrl && before.patientReference === link.patientReference;
    const sealed = await this.#vault.seal('serverLinks', link);
    const { serverLinks, outbox } = this.#database;
    await this.#database.transaction('rw', serverLinks, outbox, async () => {
      if (!isSame) await outbox.clear();
      await serverLinks.put(sealed);
    });
  }

  /** The server, the way in, and all that waited for it. */
  async forget(): Promise<void> {
    const { serverLinks, outbox } = this.#database;
    await this.#database.transaction('rw', serverLinks, outbox, async () => {
      await outbox.clear();
      await serverLinks.clear();
    });
  }
}
