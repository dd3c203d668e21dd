import { BVHLoader } from 'three/examples/jsm/loaders/BVHLoader.js';
import { Quaternion } from 'three';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { csvLines } from '../../../src/core/export/csv.ts';
import {
  exportSession,
  type ExportedFile,
  type ExportFormat,
} from '../../../src/core/export/export-session.ts';
import { sessionTracks } from '../../../src/core/export/session-tracks.ts';
import { imuSeriesFromPackets } from '../../../src/core/pipeline/sensor-timeline.ts';
import { simulateSession } from '../../../src/core/simulation/simulate-session.ts';

const { recording } = simulateSession(
  { name: 'test', sets: [{ exerciseId: 'E05', side: null, repetitions: 2 }] },
  { roles: ['upperBack', 'pelvis', 'upperArmRight'], seed: 11, conditions: { gapS: 3 } },
);
const tracks = sessionTracks(recording);
const [upperBack, pelvis] = tracks.segments;

function text(format: ExportFormat): string {
  const [file] = exportSession(recording, format);
  return asText(file);
}

function asText(file: ExportedFile | undefined): string {
  if (typeof file?.content !== 'string') throw new Error('The file is no text.');
  return file.content;
}

/** Rows of numbers below the line that ends a header. */
function table(content: string, end: string): { names: string[]; rows: string[][] } {
  const [, body = ''] = content.split(`${end}\n`);
  const [head = '', ...rows] = body.trimEnd().split('\n');
  return { names: head.split('\t'), rows: rows.map((row) => row.split('\t')) };
}

describe('a session for other programs', () => {
  it('as a table of angles: empty in a gap, and the same numbers that were computed @slow', () => {
    const lines = text('angles-csv').trimEnd().split('\r\n');
    const names = lines[0]!.split(',');
    expect(lines.length).toBe(tracks.timeS.length + 1);
    const at = names.indexOf('flexion_deg');
    const flexion = tracks.angles.find((angle) => angle.name === 'flexion')!;
    let missing = 0;
    lines.slice(1).forEach((line, i) => {
      const cell = line.split(',')[at]!;
      const expected = (flexion.angleRad[i]! * 180) / Math.PI;
      if (cell === '') missing++;
      else expect(Number(cell)).toBeCloseTo(expected, 3);
      expect(cell === '').toBe(Number.isNaN(expected));
    });
    expect(missing).toBeGreaterThan(100);
    expect(missing).toBeLessThan(lines.length - 100);
  });

  it('as tables of samples, one a sensor, with both clocks @slow', () => {
    const files = exportSession(recording, 'samples-csv');
    expect(files.map((file) => file.suffix)).toEqual([
      '-upperBack-samples.csv',
      '-pelvis-samples.csv',
      '-upperArmRight-samples.csv',
    ]);
    const series = imuSeriesFromPackets(recording.sensors[0]!);
    const rows = asText(files[0]).trimEnd().split('\r\n').slice(1);
    expect(rows.length).toBe(series.count);
    rows.forEach((row, i) => {
      const cells = row.split(',').map(Number);
      if (i % 97 !== 0) return;
      expect(cells[3]).toBeCloseTo(series.gyroRadPerS[3 * i]!, 6);
      expect(cells[8]).toBeCloseTo(series.accMetersPerS2[3 * i + 2]!, 5);
    });
    const times = rows.map((row) => Number(row.split(',')[2]));
    expect(times.every((time, i) => i === 0 || time > times[i - 1]!)).toBe(true);
  });

  it('as Parquet that another reader opens: the same samples to the bit', async () => {
    const files = exportSession(recording, 'samples-parquet');
    expect(files.map((file) => file.suffix)).toEqual([
      '-upperBack-samples.parquet',
      '-pelvis-samples.parquet',
      '-upperArmRight-samples.parquet',
    ]);
    const bytes = files[1]!.content as Uint8Array<ArrayBuffer>;
    const rows = await parquetReadObjects({ file: bytes.buffer });
    const series = imuSeriesFromPackets(recording.sensors[1]!);
    expect(rows.length).toBe(series.count);
    const column = (name: string) => Float64Array.from(rows, (row) => row[name] as number);
    const axis = (values: Float64Array, k: number) => values.filter((_, i) => i % 3 === k);
    expect(column('gyro_x_rad_per_s')).toEqual(axis(series.gyroRadPerS, 0));
    expect(column('acc_z_m_per_s2')).toEqual(axis(series.accMetersPerS2, 2));
    expect(column('device_time_ms').every((time, i, all) => i === 0 || time > all[i - 1]!)).toBe(true);
    const { packets } = recording.sensors[1]!;
    expect(rows.at(-1)!['host_arrival_ms']).toBe(packets.hostTimeMs[rows.at(-1)!['packet'] as number]);
    const about = parquetMetadata(bytes.buffer).key_value_metadata ?? [];
    expect(about.find(({ key }) => key === 'role')?.value).toBe('pelvis');
  });

  it('as orientations for OpenSim: one row a moment in which all are known, world z up @slow', () => {
    const content = text('sto');
    expect(content).toMatch(/^DataRate=100\.000000\nDataType=Quaternion\nversion=3\nOpenSimVersion=/);
    const { names, rows } = table(content, 'endheader');
    expect(names).toEqual(['time', 'torso_imu', 'pelvis_imu', 'humerus_r_imu']);
    const known = Array.from(tracks.timeS, (_, i) => i).filter((i) =>
      tracks.segments.every((segment) => Number.isFinite(segment.qFacingFromSensor[4 * i])),
    );
    expect(rows.length).toBe(known.length);
    expect(rows.length).toBeLessThan(tracks.timeS.length - 300);
    for (const [k, row] of rows.entries()) {
      if (k % 53 !== 0) continue;
      const i = known[k]!;
      const [w, x, y, z] = row[1]!.split(',').map(Number) as [number, number, number, number];
      expect(Math.hypot(w, x, y, z)).toBeCloseTo(1, 6);
      // OpenSim turns the sensors' world by -90 deg about x to its own, which is the facing frame.
      const back = new Quaternion(-Math.SQRT1_2, 0, 0, Math.SQRT1_2).multiply(new Quaternion(x, y, z, w));
      const own = upperBack!.qFacingFromSensor.subarray(4 * i, 4 * i + 4);
      const [ow, ox, oy, oz] = own as unknown as [number, number, number, number];
      expect(Math.abs(back.dot(new Quaternion(ox, oy, oz, ow)))).toBeCloseTo(1, 7);
      expect(Number(row[0])).toBeCloseTo(tracks.timeS[i]!, 4);
    }
  });

  it('as a motion with the signs of OpenSim: bowing is negative extension @slow', () => {
    const { names, rows } = table(text('mot'), 'endheader');
    const column = names.indexOf('lumbar_extension');
    const values = rows.map((row) => Number(row[column])).filter(Number.isFinite);
    const flexion = tracks.angles.find((angle) => angle.name === 'flexion')!.angleRad.filter(Number.isFinite);
    expect(Math.min(...values)).toBeCloseTo((-Math.max(...flexion) * 180) / Math.PI, 4);
    expect(text('mot')).toContain(`nRows=${rows.length}\nnColumns=${names.length}\ninDegrees=yes\n`);
  });

  it('as an animation that another reader turns the same way @slow', () => {
    const { clip, skeleton } = new BVHLoader().parse(text('bvh'));
    expect(skeleton.bones.map((bone) => bone.name).filter((name) => name !== 'ENDSITE')).toEqual([
      'Hips',
      'Spine',
      'Chest',
      'LeftArm',
      'RightArm',
    ]);
    const rotations = (name: string) =>
      clip.tracks.find((track) => track.name === `${name}.quaternion`)!.values;
    const first = tracks.timeS.length - rotations('Hips').length / 4;
    let compared = 0;
    for (let i = first; i < tracks.timeS.length; i += 37) {
      const own = [pelvis!, upperBack!].map(({ qFacingFromSegment: q }) => q.subarray(4 * i, 4 * i + 4));
      if (own.some((q) => Number.isNaN(q[0]))) continue;
      const world = new Quaternion();
      for (const name of ['Hips', 'Spine', 'Chest'])
        world.multiply(new Quaternion().fromArray(rotations(name), 4 * (i - first)));
      const [w, x, y, z] = own[1] as unknown as [number, number, number, number];
      expect(Math.abs(world.dot(new Quaternion(-z, y, x, w)))).toBeCloseTo(1, 6);
      compared++;
    }
    expect(compared).toBeGreaterThan(50);
  });

  it('is refused in words where there is nothing to say @slow', () => {
    const empty = { ...recording, commands: recording.commands.slice(0, 3) };
    for (const format of ['sto', 'mot', 'bvh'] as const)
      expect(() => exportSession(empty, format)).toThrow(/measured/);
  });
});

describe('comma-separated values', () => {
  it('keep words from being taken for formulas, and numbers as they are', () => {
    expect(
      csvLines(
        ['a', 'b'],
        [
          ['=1+1', -1.5],
          ['@x', null],
          ['-2+3', NaN],
          ['say "hi", you', 0],
        ],
      ),
    ).toBe(`a,b\r\n'=1+1,-1.5\r\n'@x,\r\n'-2+3,\r\n"say ""hi"", you",0\r\n`);
  });
});
