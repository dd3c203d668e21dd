import { AnalysisError } from '../core/pipeline/analysis-input.ts';
import { orientLive, orientRefined } from '../core/pipeline/analysis-orientation.ts';
import { analyseSeries } from '../core/pipeline/recording-analysis.ts';
import { RecordingError } from '../core/recording/recording-error.ts';
import { MEASURE_HELP, readMeasureOptions, UsageError } from './measure/measure-options.ts';
import { createMeasureReport, formatMeasureReport } from './measure/measure-report.ts';
import { readWornRecording } from './measure/worn-recording.ts';

function main(args: readonly string[]): void {
  const options = readMeasureOptions(args);
  if (options === 'help') {
    process.stdout.write(MEASURE_HELP);
    return;
  }
  const worn = readWornRecording(options);
  const analysis = analyseSeries(
    worn.sensors,
    { mode: options.mode, neutral: options.neutral, pose: options.pose ?? worn.pose, ...worn.course },
    options.mode === 'live' ? orientLive : orientRefined,
  );
  const report = createMeasureReport(worn.name, options.mode, analysis);
  process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : formatMeasureReport(report));
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (error instanceof AnalysisError)
    process.stderr.write(`measure: ${error.subject === '' ? '' : `${error.subject}: `}${error.message}\n`);
  else if (error instanceof UsageError || error instanceof RecordingError)
    process.stderr.write(`measure: ${error.message}\n`);
  else throw error;
  process.exitCode = 1;
}
