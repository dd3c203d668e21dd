import { AnalysisError } from '../../core/pipeline/analysis-input.ts';
import { orientLive, orientRefined } from '../../core/pipeline/analysis-orientation.ts';
import { analyseSeries } from '../../core/pipeline/recording-analysis.ts';
import { RecordingError } from '../../core/recording/recording-error.ts';
import { MEASURE_HELP, readMeasureOptions, UsageError } from './measure-options.ts';
import { createMeasureReport, formatMeasureReport } from './measure-report.ts';
import { readWornRecording } from './worn-recording.ts';

/** What a command leaves behind: text for standard output, or one line for standard error. */
export type CommandOutcome =
  { readonly exitCode: 0; readonly output: string } | { readonly exitCode: 1; readonly complaint: string };

/** The whole of `measure` but for the process around it. */
export function runMeasure(args: readonly string[]): CommandOutcome {
  try {
    return { exitCode: 0, output: measure(args) };
  } catch (error) {
    if (error instanceof AnalysisError)
      return {
        exitCode: 1,
        complaint: `${error.subject === '' ? '' : `${error.subject}: `}${error.message}`,
      };
    if (error instanceof UsageError || error instanceof RecordingError)
      return { exitCode: 1, complaint: error.message };
    throw error;
  }
}

function measure(args: readonly string[]): string {
  const options = readMeasureOptions(args);
  if (options === 'help') return MEASURE_HELP;
  const worn = readWornRecording(options);
  const analysis = analyseSeries(
    worn.sensors,
    { mode: options.mode, neutral: options.neutral, pose: options.pose ?? worn.pose, ...worn.course },
    options.mode === 'live' ? orientLive : orientRefined,
  );
  const report = createMeasureReport(worn.name, options.mode, analysis);
  return options.json ? `${JSON.stringify(report)}\n` : formatMeasureReport(report);
}
