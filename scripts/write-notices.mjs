// Writes THIRD-PARTY-NOTICES.md from what is installed: every package that reaches people in the built app.
// With --check it fails when the committed file is out of date.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, root } from './setup.mjs';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const seen = new Map();

/** Folder of a package as Node would find it from `from`. */
function locate(name, from) {
  for (let folder = from; ; folder = join(folder, '..')) {
    const path = join(folder, 'node_modules', name);
    if (existsSync(join(path, 'package.json'))) return path;
    if (folder === root) return null;
  }
}

function visit(name, from) {
  const folder = locate(name, from);
  if (!folder) return;
  const {
    version,
    license,
    homepage,
    dependencies = {},
  } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const key = `${name} ${version}`;
  if (seen.has(key)) return;
  const text = readdirSync(folder).find((file) => /^(licen[cs]e|copying|ofl)/i.test(file));
  const copyright = text
    ? (readFileSync(join(folder, text), 'utf8')
        .split('\n')
        .find((line) => /copyright .*(\d{4}|\(c\)|©)/i.test(line) && !/\[yyyy\]|notice/i.test(line))
        ?.trim()
        .replaceAll('|', '/') ?? '')
    : '';
  seen.set(key, {
    name,
    version,
    license: String(license ?? 'see its licence file'),
    homepage: homepage ?? '',
    copyright,
  });
  for (const next of Object.keys(dependencies)) visit(next, folder);
}

for (const name of Object.keys(manifest.dependencies)) visit(name, root);

const rows = [...seen.values()]
  .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1))
  .map(({ name, version, license, copyright }) => `| ${name} | ${version} | ${license} | ${copyright} |`);
const text = `# Third-party notices

Thora's own code is under the MIT licence (LICENSE). The packages below, with what they depend on, may be part of the
built app or the command line. Made by \`node scripts/write-notices.mjs\` from the installed packages; their full licence
texts are in their folders under \`node_modules\`.

**\`ahrs\`**: its manifest says APSL-2.0, while its LICENSE file and the headers of its sources are the Apache License 2.0. The
text governs, so Thora treats it as Apache-2.0 and records both here. It serves as a baseline for comparison only and is not
part of the measuring path.

| package | version | licence | copyright |
|---|---|---|---|
${rows.join('\n')}
`;

const path = join(root, 'THIRD-PARTY-NOTICES.md');
if (process.argv.includes('--check')) {
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text)
    fail('THIRD-PARTY-NOTICES.md is out of date. Run "node scripts/write-notices.mjs" and commit it.');
} else writeFileSync(path, text);
