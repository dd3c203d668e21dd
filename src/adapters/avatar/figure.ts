/** The body with its worn sensors: one solver, one skeleton, everything that is skinned to it. */
import { Group, type BufferAttribute, type BufferGeometry, type Material, type SkinnedMesh } from 'three';
import { SEGMENT_ROLES, type SegmentRole } from '../../core/body/segment-role.ts';
import { BodyMaterial } from './body-material.ts';
import { bodyMesh } from './body-mesh.ts';
import type { Palette } from './palette.ts';
import { PoseSolver } from './pose-solver.ts';
import { BODY_SIDES, BONE_COUNT, centreBone, sideBone } from './rig.ts';
import { SensorMaterial } from './sensor-material.ts';
import { createBodyGeometry, createSkeleton, createSkinnedPart, poseSkeleton } from './skinned-part.ts';
import { createSensorGeometry } from './worn-sensor.ts';

/** The bones that keep their colour while a role is worn. */
const ROLE_OF_BONE: readonly (SegmentRole | null)[] = rolesOfBones();

function rolesOfBones(): (SegmentRole | null)[] {
  const roles = Array.from<unknown, SegmentRole | null>({ length: BONE_COUNT }, () => null);
  for (const name of ['pelvis', 'lumbar1'] as const) roles[centreBone(name)] = 'pelvis';
  for (const name of ['lumbar2', 'thorax1'] as const) roles[centreBone(name)] = 'lowerBack';
  for (const name of ['thorax2', 'thorax3', 'thorax4'] as const) roles[centreBone(name)] = 'upperBack';
  for (const side of BODY_SIDES) {
    roles[sideBone('clavicle', side)] = 'upperBack';
    for (const name of ['shoulder', 'upperArm', 'upperArmTwist'] as const)
      roles[sideBone(name, side)] = side === 'left' ? 'upperArmLeft' : 'upperArmRight';
  }
  return roles;
}

interface WornSensor {
  readonly geometry: BufferGeometry;
  readonly material: SensorMaterial;
  readonly part: SkinnedMesh;
}

export class Figure {
  readonly object = new Group();
  readonly solver = new PoseSolver();
  private readonly skeleton = createSkeleton();
  private readonly geometry = createBodyGeometry();
  private readonly material: BodyMaterial;
  /** Tiles and straps, made when a role is first worn. */
  private readonly sensors = new Map<SegmentRole, WornSensor>();
  private palette: Palette;

  constructor(palette: Palette) {
    this.palette = palette;
    this.material = new BodyMaterial(palette);
    this.object.add(...this.skeleton.bones);
    this.object.add(createSkinnedPart(this.geometry, this.material, this.skeleton, 0));
    this.pose();
  }

  /** Solves and moves the bones. */
  pose(): void {
    this.solver.solve();
    poseSkeleton(this.skeleton, this.solver.rig);
  }

  setPalette(palette: Palette): void {
    this.palette = palette;
    this.material.setPalette(palette);
    for (const { material } of this.sensors.values()) material.setPalette(palette);
  }

  /** Shows the tiles of the worn sensors and pales what they do not measure. With none worn the whole body keeps its colour. */
  setWorn(roles: readonly SegmentRole[]): void {
    for (const role of SEGMENT_ROLES) {
      const worn = roles.includes(role);
      const sensor = worn ? this.sensor(role) : this.sensors.get(role);
      if (sensor) sensor.part.visible = worn;
    }
    const { bones, weights } = bodyMesh();
    const attribute = this.geometry.getAttribute('shadeAndMeasured') as BufferAttribute;
    for (let v = 0; v < attribute.count; v++) {
      let measured = roles.length === 0 ? 1 : 0;
      if (roles.length > 0)
        for (let k = 4 * v; k < 4 * v + 4; k++) {
          const role = ROLE_OF_BONE[bones[k]!];
          if (role && roles.includes(role)) measured += weights[k]!;
        }
      attribute.setY(v, measured);
    }
    attribute.needsUpdate = true;
  }

  /** Draws the body once more with another material, in the same pose; the caller owns the material. */
  addOverBody(material: Material, renderOrder: number): SkinnedMesh {
    const part = createSkinnedPart(this.geometry, material, this.skeleton, renderOrder);
    this.object.add(part);
    return part;
  }

  private sensor(role: SegmentRole): WornSensor {
    const known = this.sensors.get(role);
    if (known) return known;
    const geometry = createSensorGeometry(role);
    const material = new SensorMaterial(role);
    material.setPalette(this.palette);
    const part = createSkinnedPart(geometry, material, this.skeleton, 0);
    this.object.add(part);
    const sensor = { geometry, material, part };
    this.sensors.set(role, sensor);
    return sensor;
  }

  dispose(): void {
    this.geometry.dispose();
    this.material.dispose();
    for (const { geometry, material } of this.sensors.values()) {
      geometry.dispose();
      material.dispose();
    }
    this.skeleton.dispose();
  }
}
