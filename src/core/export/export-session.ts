import type { RecordedSensor, SessionRecording } from '../recording/session-recording.ts';
import { bvhText } from './bvh.ts';
import { anglesMot, orientationsSto } from './opensim.ts';
import { anglesCsv, repetitionsCsv, samplesCsv } from './session-csv.ts';
import { samplesParquet } from './session-parquet.ts';
import { sessionTracks } from './session-tracks.ts';

/** Formats for other programs. Thora's own recording file is not among them: it keeps everything, these do not. */
export const EXPORT_FORMATS = [
  'angles-csv',
  'repetitions-csv',
  'samples-csv',
  'samples-parquet',
  'sto',
  'mot',
  'bvh',
] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A file to be: its name without the session's, and its text or bytes. */
export interface ExportedFile {
  readonly suffix: string;
  readonly content: string | Uint8Array;
}

/**
 * A recorded session in a format of other programs, computed anew with today's engine.
 *
 * @throws ExportError where the session holds nothing that the format could say
 */
export function exportSession(
  recording: SessionRecording,
  format: ExportFormat,
  onProgress: (share: number) => void = () => undefined,
): readonly ExportedFile[] {
  if (format === 'samples-csv')
    return recording.sensors.map((sensor) => ({
      suffix: `-${nameOf(sensor)}-samples.csv`,
      content: samplesCsv(sensor, recording.commands),
    }));
  if (format === 'samples-parquet')
    return recording.sensors.map((sensor) => ({
      suffix: `-${nameOf(sensor)}-samples.parquet`,
      content: samplesParquet(recording, sensor),
    }));
  const tracks = sessionTracks(recording, onProgress);
  switch (format) {
    case 'angles-csv':
      return [{ suffix: '-angles.csv', content: anglesCsv(tracks, startHostTimeMs(recording)) }];
    case 'repetitions-csv':
      return [{ suffix: '-repetitions.csv', content: repetitionsCsv(tracks) }];
    case 'sto':
      return [{ suffix: '-orientations.sto', content: orientationsSto(tracks) }];
    case 'mot':
      return [{ suffix: '-angles.mot', content: anglesMot(tracks) }];
    case 'bvh':
      return [{ suffix: '.bvh', content: bvhText(tracks) }];
  }
}

function nameOf({ role, description }: RecordedSensor): string {
  return role ?? `sensor${description.sensorIndex + 1}`;
}

/** Where the session's seconds begin: its first input, a packet or a command. */
function startHostTimeMs({ sensors, commands }: SessionRecording): number {
  let order = Infinity,
    startMs = NaN;
  const consider = (inputOrder: number | undefined, hostTimeMs: number | undefined): void => {
    if (inputOrder === undefined || hostTimeMs === undefined || inputOrder >= order) return;
    order = inputOrder;
    startMs = hostTimeMs;
  };
  consider(commands[0]?.order, commands[0]?.hostTimeMs);
  for (const { packets } of sensors) if (packets.count > 0) consider(packets.order[0], packets.hostTimeMs[0]);
  return startMs;
}
