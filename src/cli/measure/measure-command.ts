import { AnalysisError } from '../../core/pipeline/analysis-input.ts';
import { orientLive, orientRefined } from '../../core/pipeline/analysis-orientation.ts';
import { analyseSeries, type RecordingAnalysis } from '../../core/pipeline/recording-analysis.ts';
import { RecordingError } from '../../core/recording/recording-error.ts';
import { MEASURE_HELP, readMeasureOptions, UsageError, type MeasureOptions } from './measure-options.ts';
import { createMeasureReport, formatMeasureReport } from './measure-report.ts';
import { readWornRecording, type WornRecording } from './worn-recording.ts';

/** What a command leaves behind: text for standard output, or one line for standard error. */
export type CommandOutcome =
  { readonly exitCode: 0; readonly output: string } | { readonly exitCode: 1; readonly complaint: string };

/** The whole of `measure` but for the process around it. */
export function runMeasure(args: readonly string[]): CommandOutcome {
  try {
    return { exitCode: 0, output: measure(args) };
  } catch (error) {
    if (error instanceof UsageError || error instanceof RecordingError)
      return { exitCode: 1, complaint: error.message };
    throw error;
  }
}

/** Names the file and, where one is concerned, the sensor in what cannot be analysed. */
function analyse(worn: WornRecording, options: MeasureOptions): RecordingAnalysis {
  try {
    return analyseSeries(
      worn.sensors,
      { mode: options.mode, neutral: options.neutral, pose: options.pose ?? worn.pose, ...worn.course },
      options.mode === 'live' ? orientLive : orientRefined,
    );
  } catch (error) {
    if (!(error instanceof AnalysisError)) throw error;
    const { subject } = error;
    const where = subject === '' || subject.startsWith('--') ? subject : `sensor ${subject}`;
    throw new UsageError(`${options.recording}: ${where === '' ? '' : `${where}: `}${error.message}`, {
      cause: error,
    });
  }
}

function measure(args: readonly string[]): string {
  const options = readMeasureOptions(args);
  if (options === 'help') return MEASURE_HELP;
  const worn = readWornRecording(options);
  const analysis = analyse(worn, options);
  const report = createMeasureReport(worn.name, options.mode, analysis);
  if (options.json) return `${JSON.stringify(report)}\n`;
  return formatMeasureReport(report) + worn.notes.map((note) => `${note}\n`).join('');
}
