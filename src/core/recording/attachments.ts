import type { SensorDescription } from '../packet/packet.ts';
import type { SensorCalibration } from '../packet/sensor-calibration.ts';
import type { RecordedCommand } from './session-recording.ts';

/** What was attached at one place of a session, from one of its inputs on. */
export interface Attachment {
  readonly order: number;
  readonly description: SensorDescription;
  /** What the unit was corrected by. */
  readonly calibration: SensorCalibration | null;
}

/** Whether packets of the second are another unit's: what was learned of the first says nothing of it. */
export function isOtherUnit(before: SensorDescription, after: SensorDescription): boolean {
  return before.sensorId !== after.sensorId || before.family !== after.family;
}

/** Whether the same unit was asked for other samples. */
export function isOtherStream(before: SensorDescription, after: SensorDescription): boolean {
  return before.stream !== after.stream || before.nominalRateHz !== after.nominalRateHz;
}

/**
 * Everything that was attached under the number of a sensor, in order of time; the sensor's own description, which is that of
 * the last one, where the commands do not tell.
 */
export function attachmentsOf(
  sensor: SensorDescription,
  commands: readonly RecordedCommand[],
): readonly Attachment[] {
  const found = commands.flatMap(({ order, command }) =>
    command.kind === 'attachSensor' && command.sensor.sensorIndex === sensor.sensorIndex
      ? [{ order, description: command.sensor, calibration: command.calibration ?? null }]
      : [],
  );
  return found.length > 0 ? found : [{ order: 0, description: sensor, calibration: null }];
}
