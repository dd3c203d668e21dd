import { RecordingError } from '../core/recording/recording-error.ts';
import { CommandFailure } from './evaluate/command-failure.ts';
import { evaluateOrientation } from './evaluate/orientation.ts';
import { evaluateRelative } from './evaluate/relative.ts';

const HELP = `Accuracy of the engine on recordings with a reference.

  npm run -s evaluate -- orientation DIR [options] [--json]                 one sensor against a reference
  npm run -s evaluate -- relative DIR --pairs A:B[,C:D] [options] [--json]   two sensors against each other

"evaluate -- orientation --help" and so on list the options.
`;

/** Runs one kind of evaluation; returns the exit code. */
function run(args: readonly string[]): number {
  const [kind, ...rest] = args;
  if (kind === '--help') {
    process.stdout.write(HELP);
    return 0;
  }
  if (kind === 'orientation') return evaluateOrientation(rest);
  if (kind === 'relative') return evaluateRelative(rest);
  throw new CommandFailure(
    kind === undefined
      ? 'say what to evaluate: orientation or relative (see --help)'
      : `"${kind}" is neither orientation nor relative (see --help)`,
  );
}

try {
  process.exitCode = run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof CommandFailure) && !(error instanceof RecordingError)) throw error;
  process.stderr.write(`evaluate: ${error.message}\n`);
  process.exitCode = 1;
}
