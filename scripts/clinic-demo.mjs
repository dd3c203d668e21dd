// `npm run clinic-demo [-- --port N] [-- --patients N]`: the app beside a clinic's FHIR server with invented patients and a login.
// Everything of it is in memory and ends with this program. For trying out; no server to be used for people.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, buildIsStale } from './build.mjs';
import { checkNode, ensurePackages, fail, root } from './setup.mjs';

const DEFAULTS = { '--port': 5173, '--server-port': 8103, '--patients': 24 };
const chosen = { ...DEFAULTS };
const args = process.argv.slice(2);
for (let i = 0; i < args.length; i += 2) {
  const number = Number(args[i + 1]);
  if (!(args[i] in DEFAULTS) || !Number.isInteger(number) || number < 1 || number > 65535)
    fail(
      'Usage: npm run clinic-demo [-- --port N] [--server-port N] [--patients N], each a number from 1 to 65535.',
    );
  chosen[args[i]] = number;
}

checkNode();
ensurePackages();
if (buildIsStale()) build();

const bundle = join(root, '.cache/clinic-demo/clinic-demo.mjs');
mkdirSync(join(root, '.cache/clinic-demo'), { recursive: true });
const { build: bundleUp } = await import('esbuild');
await bundleUp({
  entryPoints: [join(root, 'test/support/clinic-demo.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  logLevel: 'error',
});
const { startClinicDemo } = await import(pathToFileURL(bundle).href);
const { preview } = await import('vite');
try {
  const app = await preview({
    root,
    preview: { host: '127.0.0.1', port: chosen['--port'], strictPort: false },
    logLevel: 'warn',
  });
  const appAddress = `http://127.0.0.1:${app.httpServer.address().port}/`;
  process.stdout.write('Inventing the patients...\n');
  const { address, patientCount } = await startClinicDemo({
    appAddresses: [appAddress],
    patientCount: chosen['--patients'],
    port: chosen['--server-port'],
  });
  process.stdout.write(
    [
      `Thora:            ${appAddress}`,
      `Clinic's server:  ${address}   (${patientCount} invented patients, simulated courses; all in memory)`,
      'As a clinician:   "I look after patients", name the clinic, "Health record server", this address, "Log in as a clinician".',
      'As a patient:     in another browser profile: "I exercise at home", Me, From your clinic, this address.',
      'End with Ctrl+C: nothing is kept.',
      '',
    ].join('\n'),
  );
} catch (error) {
  if (/in use/i.test(String(error?.message)) || error?.code === 'EADDRINUSE')
    fail(`A port is in use. Choose others: npm run clinic-demo -- --port N --server-port N`);
  throw error;
}
