import { SEGMENT_ROLES } from '../../core/body/segment-role.ts';
import type { SegmentRole } from '../../core/body/segment-role.ts';
import type { PipelineCommand } from '../../core/pipeline/pipeline-command.ts';
import type { SessionResult } from '../../core/pipeline/session-result.ts';

/** Roles by sensor index as the commands gave them; the result knows better where a swap was mended. */
export class RecordedRoles {
  readonly #roleBySensor = new Map<number, SegmentRole | null>();

  note(command: PipelineCommand): void {
    if (command.kind === 'attachSensor') this.#roleBySensor.set(command.sensor.sensorIndex, command.role);
    if (command.kind === 'assignRole') this.#roleBySensor.set(command.sensorIndex, command.role);
  }

  noteResult(result: SessionResult): void {
    for (const sensor of result.sensors) this.#roleBySensor.set(sensor.sensorIndex, sensor.role);
  }

  roleOf(sensorIndex: number): SegmentRole | null {
    return this.#roleBySensor.get(sensorIndex) ?? null;
  }

  /** Roles in use, in the fixed order. */
  list(): SegmentRole[] {
    const worn = new Set(this.#roleBySensor.values());
    return SEGMENT_ROLES.filter((role) => worn.has(role));
  }
}
