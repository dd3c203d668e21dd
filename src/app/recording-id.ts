import { readRecordingFile } from '../core/recording/recording-file.ts';

/** The id in a recording file, once the whole of it has been read. Rejects with RecordingError. */
export async function recordingIdOf(file: File): Promise<string> {
  return readRecordingFile(new Uint8Array(await file.arrayBuffer()), file.name).recordingId;
}
