import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface BuildScript {
  buildIsStale(): boolean;
  initialScriptBytes(): { readonly bytes: number };
}

/** Gzip bytes of the JavaScript that is fetched first, as `npm run build` measures it; null unless a fresh build is there. */
export async function initialScriptGzipBytes(): Promise<number | null> {
  const path = join(process.cwd(), 'scripts/build.mjs');
  if (!existsSync(path)) return null;
  const script = (await import(pathToFileURL(path).href)) as BuildScript;
  return script.buildIsStale() ? null : script.initialScriptBytes().bytes;
}
