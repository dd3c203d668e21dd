import { RecordingError } from '../core/recording/recording-error.ts';
import { evaluateBreathing } from './evaluate/breathing.ts';
import { evaluateCalibration } from './evaluate/calibration.ts';
import { evaluateClocks } from './evaluate/clocks.ts';
import { CommandFailure } from './evaluate/command-failure.ts';
import { evaluateCycles } from './evaluate/cycles.ts';
import { evaluateOrientation } from './evaluate/orientation.ts';
import { evaluateRelative } from './evaluate/relative.ts';
import { evaluateRobustness } from './evaluate/robustness.ts';
import { evaluateSimulation } from './evaluate/simulation.ts';

const HELP = `Accuracy of the engine on recordings.

  npm run -s evaluate -- orientation DIR [options] [--json]                 one sensor against a reference
  npm run -s evaluate -- robustness DIR [--json]                             the same under worse conditions
  npm run -s evaluate -- relative DIR --pairs A:B[,C:D] [options] [--json]   two sensors against each other
  npm run -s evaluate -- breathing DIR --orientation PREFIX [--json]         breathing rate of a trunk sensor
  npm run -s evaluate -- breathing --simulated N [--json]                    the same on simulated people
  npm run -s evaluate -- cycles [--runs N] [--seed S] [--json]               counting on simulated seated trials
  npm run -s evaluate -- calibration [DIR] [--json]                          what a bench check of the sensors gains
  npm run -s evaluate -- clocks [--runs N] [--json]                          two clocks brought together, simulated
  npm run -s evaluate -- simulation [options] [--json]                      ranges of motion against simulated bones

"evaluate -- orientation --help" and so on list the options.
`;

/** Runs one kind of evaluation; returns the exit code. */
function run(args: readonly string[]): number {
  const [kind, ...rest] = args;
  if (kind === '--help' || kind === '-h') {
    process.stdout.write(HELP);
    return 0;
  }
  if (kind === 'orientation') return evaluateOrientation(rest);
  if (kind === 'breathing') return evaluateBreathing(rest);
  if (kind === 'relative') return evaluateRelative(rest);
  if (kind === 'robustness') return evaluateRobustness(rest);
  if (kind === 'calibration') return evaluateCalibration(rest);
  if (kind === 'clocks') return evaluateClocks(rest);
  if (kind === 'cycles') return evaluateCycles(rest);
  if (kind === 'simulation') return evaluateSimulation(rest);
  throw new CommandFailure(
    kind === undefined
      ? 'say what to evaluate, such as orientation (see --help)'
      : `"${kind}" cannot be evaluated (see --help)`,
  );
}

try {
  process.exitCode = run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof CommandFailure) && !(error instanceof RecordingError)) throw error;
  process.stderr.write(`evaluate: ${error.message}\n`);
  process.exitCode = 1;
}
