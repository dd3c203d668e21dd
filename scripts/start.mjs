// `npm start [-- --port N]`: on a fresh clone installs, builds when stale, and serves the app on this computer alone.
// With --dev it serves the sources with hot reload instead.
import { buildIsStale, build } from './build.mjs';
import { checkNode, ensurePackages, fail, root } from './setup.mjs';

const DEFAULT_PORT = 5173;
let port = null;
let dev = false;
const args = process.argv.slice(2);
for (let i = 0; i < args.length; i++) {
  if (args[i] === '--dev') dev = true;
  else if (args[i] === '--port') {
    port = Number(args[++i]);
    if (!Number.isInteger(port) || port < 1 || port > 65535) fail('--port takes a number from 1 to 65535.');
  } else if (args[i] === '--help') {
    process.stdout.write(
      'npm start [-- --port N]   serve the built app on localhost (5173 or the next free port)\n',
    );
    process.exit(0);
  } else fail(`Unknown option "${args[i]}". Usage: npm start [-- --port N]`);
}

checkNode();
ensurePackages();
if (!dev && buildIsStale()) build();

const { createServer, preview } = await import('vite');
const place = { host: 'localhost', port: port ?? DEFAULT_PORT, strictPort: port !== null };
try {
  const server = dev
    ? await (await createServer({ root, server: place, logLevel: 'warn' })).listen()
    : await preview({ root, preview: place, logLevel: 'warn' });
  const address = server.httpServer.address();
  process.stdout.write(`Thora: http://localhost:${address.port}/\n`);
} catch (error) {
  if (/in use/i.test(String(error?.message)))
    fail(`Port ${port} is in use. Leave out --port to take the next free one.`);
  throw error;
}
