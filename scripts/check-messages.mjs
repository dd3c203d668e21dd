// Every visible text goes through the catalogue: extracts the messages from the sources into a scratch copy and fails
// when the committed catalogues lack one, or when Portuguese leaves one untranslated.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fail, root, run } from './setup.mjs';

const locales = join(root, 'src/ui/text/locales');
const kept = join(root, '.cache/locales-kept');
const lingui = join(root, 'node_modules/@lingui/cli/dist/lingui.js');

/** Message id (or source text) -> translation, of one .po file. */
function messages(path) {
  const found = new Map();
  for (const block of readFileSync(path, 'utf8').split(/\n\n+/)) {
    if (/^#~/m.test(block)) continue;
    const text = (keyword) => {
      const match = new RegExp(`^${keyword} ((?:".*"\\n?)+)`, 'm').exec(block);
      return match
        ? match[1]
            .split('\n')
            .map((line) => line.trim().slice(1, -1))
            .join('')
        : null;
    };
    const id = text('msgid');
    if (id) found.set(`${text('msgctxt') ?? ''} ${id}`, text('msgstr') ?? '');
  }
  return found;
}

rmSync(kept, { recursive: true, force: true });
mkdirSync(kept, { recursive: true });
cpSync(locales, kept, { recursive: true });
let problems = [];
try {
  if (run(process.execPath, [lingui, 'extract', '--clean'], { stdio: ['ignore', 'ignore', 'inherit'] }) !== 0)
    fail('The messages could not be extracted.');
  for (const name of readdirSync(kept).filter((file) => file.endsWith('.po'))) {
    const committed = messages(join(kept, name));
    const extracted = messages(join(locales, name));
    for (const id of extracted.keys()) if (!committed.has(id)) problems.push(`${name} lacks: ${id.trim()}`);
    for (const id of committed.keys())
      if (!extracted.has(id)) problems.push(`${name} still holds: ${id.trim()}`);
    if (name !== 'en.po')
      for (const [id, text] of committed)
        if (!text) problems.push(`${name} leaves untranslated: ${id.trim()}`);
  }
} finally {
  cpSync(kept, locales, { recursive: true });
  rmSync(kept, { recursive: true, force: true });
}
if (problems.length > 0) {
  process.stderr.write(`${problems.slice(0, 20).join('\n')}\n`);
  fail(
    `${problems.length} messages to mend. Run "npx lingui extract --clean", translate, and commit the catalogues.`,
  );
}
