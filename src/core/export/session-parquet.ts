import { parquetWriteBuffer } from 'hyparquet-writer/src/write.js';
import type { RecordedSensor, SessionRecording } from '../recording/session-recording.ts';
import { decodeSamples } from './sensor-samples.ts';
import { SAMPLE_COLUMNS } from './session-csv.ts';

/**
 * Every sample that a sensor sent as a Parquet table, numbers exactly as decoded. A reading that was not sent is null; a
 * kind of reading that the sensor never sent has no columns. What the table is of stands in the file's key-value metadata.
 */
export function samplesParquet(recording: SessionRecording, sensor: RecordedSensor): Uint8Array {
  const samples = decodeSamples(sensor, recording.commands);
  const { description, role } = sensor;
  const axis = (values: Float64Array, k: number): Float64Array =>
    Float64Array.from({ length: samples.count }, (_, i) => values[3 * i + k]);
  const readings = [samples.gyroRadPerS, samples.accMetersPerS2, samples.magMicroTesla];
  const columns = [
    samples.hostArrivalMs,
    samples.deviceTimeMs,
    ...readings.flatMap((values) => [0, 1, 2].map((k) => axis(values, k))),
  ];
  const [packetName = '', ...names] = SAMPLE_COLUMNS;
  const about = {
    thora: 'samples as decoded, on the axes of the sensor',
    recording_id: recording.recordingId,
    started_at_utc: recording.startedAtUtc,
    simulated: String(recording.simulated),
    sensor: description.name,
    sensor_family: description.family,
    sensor_stream: description.stream,
    role: role ?? '',
  };
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: packetName, data: samples.packet, type: 'INT32' as const, nullable: false },
        ...columns.flatMap((values, i) => {
          if (samples.count > 0 && values.every(Number.isNaN)) return [];
          const isWhole = !values.some(Number.isNaN);
          const data = isWhole ? values : Array.from(values, (value) => (Number.isNaN(value) ? null : value));
          return [{ name: names[i], data, type: 'DOUBLE' as const, nullable: !isWhole }];
        }),
      ],
      kvMetadata: Object.entries(about).map(([key, value]) => ({ key, value })),
    }),
  );
}
