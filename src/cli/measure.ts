import { runMeasure } from './measure/measure-command.ts';

const outcome = runMeasure(process.argv.slice(2));
if (outcome.exitCode === 0) process.stdout.write(outcome.output);
else process.stderr.write(`measure: ${outcome.complaint}\n`);
process.exitCode = outcome.exitCode;
