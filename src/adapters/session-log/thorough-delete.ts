import { Dexie } from 'dexie';

const SCRATCH = 'thora-scratch';

/**
 * Deletes a database and lets its bytes leave the browser's files too. Chromium keeps all databases of an origin in one
 * log-structured store: a deleted row lies there until the files are merged. Merging follows the deletion of a whole
 * database, and reaches only what was in a file before: so what waits in memory is written out first, and the files that
 * the merge left over are swept by the next one. Elsewhere this costs a moment and changes nothing.
 */
export async function deleteThoroughly(name: string): Promise<void> {
  await passThroughScratch();
  await Dexie.delete(name);
  await passThroughScratch();
}

async function passThroughScratch(): Promise<void> {
  const scratch = new Dexie(SCRATCH);
  scratch.version(1).stores({ rows: 'id' });
  await scratch.table('rows').put({ id: 0 });
  await scratch.delete();
}
