import type { SegmentRole } from '../body/segment-role.ts';
import { DEG_PER_RAD } from '../math/angle.ts';
import { conjugateMultiplyInto, createQuaternion, type Quaternion } from '../math/quaternion.ts';
import { ExportError } from './opensim.ts';
import type { SegmentTrack, SessionTracks } from './session-tracks.ts';

/** Joints from the hips up; offsets in cm from the parent, y up, the figure faces z. Lengths are a usual adult's, not the person's. */
interface Joint {
  readonly name: string;
  readonly role: SegmentRole;
  readonly offset: readonly [number, number, number];
  readonly end: readonly [number, number, number] | null;
  readonly children: readonly Joint[];
}

const arm = (name: string, role: SegmentRole, side: 1 | -1): Joint => ({
  name,
  role,
  offset: [17 * side, 24, 0],
  end: [0, -30, 0],
  children: [],
});
const SKELETON: Joint = {
  name: 'Hips',
  role: 'pelvis',
  offset: [0, 0, 0],
  end: null,
  children: [
    {
      name: 'Spine',
      role: 'lowerBack',
      offset: [0, 16, 0],
      end: null,
      children: [
        {
          name: 'Chest',
          role: 'upperBack',
          offset: [0, 10, 0],
          end: [0, 28, 0],
          children: [arm('LeftArm', 'upperArmLeft', 1), arm('RightArm', 'upperArmRight', -1)],
        },
      ],
    },
  ],
};
const HIPS_HEIGHT_CM = 95;
const FEWEST_FRAMES = 2;

/**
 * The session as an animation (Biovision hierarchy; axes x left, y up, z forward; rotations z x y in degrees). A segment
 * without a sensor goes with the one below it. The format knows no gaps: what was not measured stays as it was last seen, so this file is to look at,
 * not to measure from.
 */
export function bvhText(tracks: SessionTracks): string {
  const byRole = new Map(tracks.segments.map((segment) => [segment.role, segment]));
  const first = firstFrame(tracks.segments, tracks.timeS.length);
  const frames = tracks.timeS.length - first;
  if (tracks.segments.length === 0 || frames < FEWEST_FRAMES)
    throw new ExportError(
      'No segment was measured after the person stood tall: there is nothing to animate.',
    );
  const lines = ['HIERARCHY', ...jointLines(SKELETON, 'ROOT', ''), 'MOTION'];
  lines.push(`Frames: ${frames}`, `Frame Time: ${(1 / tracks.rateHz).toFixed(6)}`);
  const held = new Map<SegmentRole, Quaternion>();
  for (let i = first; i < tracks.timeS.length; i++) {
    const cells: string[] = [`0.0 ${HIPS_HEIGHT_CM.toFixed(1)} 0.0`];
    addFrame(cells, SKELETON, byRole, held, i, createQuaternion());
    lines.push(cells.join(' '));
  }
  return `${lines.join('\n')}\n`;
}

function jointLines(joint: Joint, keyword: 'ROOT' | 'JOINT', indent: string): string[] {
  const inner = `${indent}  `;
  const xyz = (offset: readonly number[]): string => offset.map((value) => value.toFixed(1)).join(' ');
  const channels =
    keyword === 'ROOT'
      ? '6 Xposition Yposition Zposition Zrotation Xrotation Yrotation'
      : '3 Zrotation Xrotation Yrotation';
  return [
    `${indent}${keyword} ${joint.name}`,
    `${indent}{`,
    `${inner}OFFSET ${xyz(joint.offset)}`,
    `${inner}CHANNELS ${channels}`,
    ...joint.children.flatMap((child) => jointLines(child, 'JOINT', inner)),
    ...(joint.end === null
      ? []
      : [`${inner}End Site`, `${inner}{`, `${inner}  OFFSET ${xyz(joint.end)}`, `${inner}}`]),
    `${indent}}`,
  ];
}

/** The first instant at which every segment was measured, or else the first at which any was. */
function firstFrame(segments: readonly SegmentTrack[], count: number): number {
  let any = count;
  for (let i = 0; i < count; i++) {
    const measured = segments.filter((segment) => Number.isFinite(segment.qFacingFromSegment[4 * i]));
    if (measured.length > 0 && any === count) any = i;
    if (segments.length > 0 && measured.length === segments.length) return i;
  }
  return any;
}

/** Channels of a joint and its children, each turned against its parent. */
function addFrame(
  cells: string[],
  joint: Joint,
  byRole: ReadonlyMap<SegmentRole, SegmentTrack>,
  held: Map<SegmentRole, Quaternion>,
  frame: number,
  parent: Quaternion,
): void {
  const measured = byRole.get(joint.role)?.qFacingFromSegment.subarray(4 * frame, 4 * frame + 4);
  if (measured !== undefined && Number.isFinite(measured[0])) held.set(joint.role, inFigureAxes(measured));
  const own = held.get(joint.role) ?? parent;
  const local = conjugateMultiplyInto(createQuaternion(), parent, own);
  cells.push(
    eulerZxyDeg(local)
      .map((value) => (value + 0).toFixed(4))
      .join(' '),
  );
  for (const child of joint.children) addFrame(cells, child, byRole, held, frame, own);
}

/** Facing axes (x forward, y up, z right) to the figure's (x left, y up, z forward). */
function inFigureAxes(q: ArrayLike<number>): Quaternion {
  return createQuaternion(q[0], -q[3], q[2], q[1]);
}

/** Angles about z, x and y, deg, of a rotation that is z, then x, then y of the turned axes. */
function eulerZxyDeg(q: Quaternion): [number, number, number] {
  const [w, x, y, z] = q;
  const sin = Math.max(-1, Math.min(1, 2 * (y * z + w * x)));
  const aboutX = Math.asin(sin);
  if (Math.abs(sin) > 1 - 1e-9) {
    // Looking straight up or down z and y turn alike: all of it is given to z.
    const aboutZ = Math.atan2(2 * (x * y + w * z), 1 - 2 * (y * y + z * z));
    return [aboutZ * DEG_PER_RAD, aboutX * DEG_PER_RAD, 0];
  }
  const aboutZ = Math.atan2(-2 * (x * y - w * z), 1 - 2 * (x * x + z * z));
  const aboutY = Math.atan2(-2 * (x * z - w * y), 1 - 2 * (x * x + y * y));
  return [aboutZ * DEG_PER_RAD, aboutX * DEG_PER_RAD, aboutY * DEG_PER_RAD];
}
