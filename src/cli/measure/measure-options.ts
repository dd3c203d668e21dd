import { parseArgs } from 'node:util';
import { MountError, parseMountTriple } from '../../core/body/mount-triple.ts';
import { NEUTRAL_POSES, type NeutralPose } from '../../core/body/posture.ts';
import { SEGMENT_ROLES, type SegmentRole } from '../../core/body/segment-role.ts';
import type { Quaternion } from '../../core/math/quaternion.ts';
import { parseComplaint } from '../parse-error.ts';

export const MEASURE_HELP = `Measures thoracic range of motion in one recording of worn sensors.

  npm run -s measure -- RECORDING --role ROLE=PREFIX ... [options] [--json]

RECORDING is Thora's own recording file (*.thora), or a table NAME.json with NAME.bin beside it.

  --role ROLE=PREFIX    which sensor is worn where; repeat for each. ROLE is one of
                        ${SEGMENT_ROLES.join(' ')}.
                        "--role upperBack=" names the one sensor of a table without prefixes.
                        Thora's own files know their roles; --role overrides them.
  --mount PREFIX=x:down,y:right,z:back
                        the anatomical direction (forward back up down left right) that each sensor
                        axis points to in the neutral pose, true within 30 deg; gravity refines it.
                        Without it the mounting is found from gravity and movement, and what stays
                        unclear is left out.
  --neutral START:END   seconds of the neutral pose (default: the first second or more at rest)
  --pose POSE           the pose in that window: ${NEUTRAL_POSES.join(', ')} (default upright)
  --mode live|refined   live: what a screen shows; refined: uses the whole recording (default refined)
  --json                everything as JSON on standard output
  --help                this text

Signs: flexion, right side bend, left turn and elevation are positive.
Exit code 0: measured, 1: nothing could be done.
`;

/** Bad usage: the message names the option and the next step. */
export class UsageError extends Error {}

export interface MeasureOptions {
  readonly recording: string;
  readonly roles: ReadonlyMap<SegmentRole, string>;
  /** qSegmentFromSensor by prefix. */
  readonly mounts: ReadonlyMap<string, Quaternion>;
  readonly neutral: { readonly startS: number; readonly endS: number } | null;
  readonly pose: NeutralPose | null;
  readonly mode: 'live' | 'refined';
  readonly json: boolean;
}

/** @returns 'help' when that is what was asked for */
export function readMeasureOptions(args: readonly string[]): MeasureOptions | 'help' {
  const { values, positionals } = parse(args);
  if (values.help === true) return 'help';
  const [recording, extra] = positionals;
  if (recording === undefined) throw new UsageError('RECORDING is missing; see --help');
  if (extra !== undefined)
    throw new UsageError(`one RECORDING at a time, but "${extra}" follows "${recording}"; see --help`);
  const mode = values.mode ?? 'refined';
  if (mode !== 'live' && mode !== 'refined')
    throw new UsageError(`--mode: "${mode}" is neither live nor refined`);
  return {
    recording,
    roles: readRoles(values.role ?? []),
    mounts: readMounts(values.mount ?? []),
    neutral: values.neutral === undefined ? null : readNeutral(values.neutral),
    pose: values.pose === undefined ? null : readPose(values.pose),
    mode,
    json: values.json === true,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        role: { type: 'string', multiple: true },
        mount: { type: 'string', multiple: true },
        neutral: { type: 'string' },
        pose: { type: 'string' },
        mode: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(parseComplaint(error), { cause: error });
  }
}

function readRoles(texts: readonly string[]): Map<SegmentRole, string> {
  const roles = new Map<SegmentRole, string>();
  for (const text of texts) {
    const at = text.indexOf('=');
    if (at < 0) throw new UsageError(`--role: "${text}" is not of the form ROLE=PREFIX`);
    const name = text.slice(0, at),
      prefix = text.slice(at + 1);
    const role = SEGMENT_ROLES.find((known) => known === name);
    if (role === undefined)
      throw new UsageError(`--role: "${name}" is no role; use ${SEGMENT_ROLES.join(', ')}`);
    if (roles.has(role)) throw new UsageError(`--role: ${role} is given twice`);
    const other = [...roles].find(([, taken]) => taken === prefix);
    if (other !== undefined)
      throw new UsageError(`--role: sensor "${prefix}" cannot be both ${other[0]} and ${role}`);
    roles.set(role, prefix);
  }
  return roles;
}

function readMounts(texts: readonly string[]): Map<string, Quaternion> {
  const mounts = new Map<string, Quaternion>();
  for (const text of texts) {
    const at = text.indexOf('=');
    if (at < 0) throw new UsageError(`--mount: "${text}" is not of the form PREFIX=x:down,y:right,z:back`);
    const prefix = text.slice(0, at);
    if (mounts.has(prefix)) throw new UsageError(`--mount: "${prefix}" is given twice`);
    try {
      mounts.set(prefix, parseMountTriple(text.slice(at + 1)));
    } catch (error) {
      if (!(error instanceof MountError)) throw error;
      throw new UsageError(`--mount: "${text}": ${error.message.replace(/\.$/, '')}`, { cause: error });
    }
  }
  return mounts;
}

function readNeutral(text: string): { startS: number; endS: number } {
  const [start = '', end = '', more] = text.split(':');
  const startS = Number(start),
    endS = Number(end);
  if (start.trim() === '' || end.trim() === '' || more !== undefined || !(startS >= 0) || !(endS > startS))
    throw new UsageError(`--neutral: "${text}" is not START:END in seconds with END after START`);
  return { startS, endS };
}

function readPose(text: string): NeutralPose {
  const pose = NEUTRAL_POSES.find((known) => known === text);
  if (pose === undefined)
    throw new UsageError(`--pose: "${text}" is no pose; use ${NEUTRAL_POSES.join(', ')}`);
  return pose;
}
