import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface BuildScript {
  buildIsStale(): boolean;
  /** Writes what it does to standard error; ends the program where it fails. */
  build(): void;
  initialScriptBytes(): { readonly bytes: number };
}

/**
 * Gzip bytes of the JavaScript that is fetched first, as `npm run build` measures it; builds first where the build is missing
 * or older than the sources. Null outside the project's folder.
 */
export async function initialScriptGzipBytes(): Promise<number | null> {
  const path = join(process.cwd(), 'scripts/build.mjs');
  if (!existsSync(path)) return null;
  const script = (await import(pathToFileURL(path).href)) as BuildScript;
  if (script.buildIsStale()) {
    process.stderr.write('Building the app, to see how large it is …\n');
    script.build();
  }
  return script.initialScriptBytes().bytes;
}
