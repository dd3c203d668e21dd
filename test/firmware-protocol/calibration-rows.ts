import { crc32 } from 'node:zlib';
import { encodeCommand, MATRIX_ONE } from '../../firmware-protocol/typescript/command.ts';
import type { CalibrationRow } from '../../firmware-protocol/typescript/command.ts';

const ROW_BYTES = 10;

/** The row of no correction. */
export function identityRow(sensor: number, row: number): CalibrationRow {
  const matrix = [0, 0, 0] as [number, number, number];
  matrix[row] = MATRIX_ONE;
  return { sensor, row, biasSixteenths: 0, matrix };
}

/** Nine rows, of which some are replaced. */
export function calibration(replaced: readonly CalibrationRow[] = []): CalibrationRow[] {
  return Array.from({ length: 9 }, (_, i) => {
    const [sensor, row] = [Math.floor(i / 3), i % 3];
    return replaced.find((r) => r.sensor === sensor && r.row === row) ?? identityRow(sensor, row);
  });
}

/** The sum that `storeCalibration` carries. */
export function crcOf(rows: readonly CalibrationRow[]): number {
  return crc32(
    Buffer.concat(
      rows.map((row) =>
        encodeCommand({ name: 'writeCalibration', reference: 0, calibration: row }).subarray(
          3,
          3 + ROW_BYTES,
        ),
      ),
    ),
  );
}
