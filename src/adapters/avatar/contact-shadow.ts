/** A dark breath on the floor below every part that is near it: one transparent quad, no shadow map. */
import { Color, Mesh, PlaneGeometry, ShaderMaterial, Vector3, Vector4 } from 'three';
import type { Palette } from './palette.ts';
import { BODY_SIDES, centreBone, sideBone, type Rig } from './rig.ts';

interface Caster {
  readonly bone: number;
  readonly radiusM: number;
  /** Point of the bone's frame that casts. */
  readonly point: Vector3;
}

const cast = (bone: number, radiusM: number, downM: number): Caster => ({
  bone,
  radiusM,
  point: new Vector3(0, -downM, 0),
});

const CASTERS: readonly Caster[] = [
  cast(centreBone('pelvis'), 0.17, 0),
  cast(centreBone('thorax1'), 0.15, 0),
  cast(centreBone('thorax4'), 0.17, 0),
  cast(centreBone('head'), 0.11, -0.08),
  ...BODY_SIDES.flatMap((side) => [
    cast(sideBone('thigh', side), 0.1, 0.21),
    cast(sideBone('shank', side), 0.08, 0),
    cast(sideBone('shank', side), 0.07, 0.2),
    cast(sideBone('foot', side), 0.075, 0.03),
    { bone: sideBone('foot', side), radiusM: 0.07, point: new Vector3(0.12, -0.04, 0) },
    cast(sideBone('upperArmTwist', side), 0.075, 0.15),
    cast(sideBone('forearm', side), 0.06, 0),
    cast(sideBone('forearm', side), 0.055, 0.13),
    cast(sideBone('hand', side), 0.06, 0.06),
  ]),
];

const VERTEX = `varying vec2 place;
void main() {
  vec4 world = modelMatrix * vec4(position, 1.0);
  place = world.xz;
  gl_Position = projectionMatrix * viewMatrix * world;
}`;

const FRAGMENT = `varying vec2 place;
uniform vec4 spots[${CASTERS.length}];
uniform vec3 tint;
uniform float strength;
void main() {
  float open = 1.0;
  for (int i = 0; i < ${CASTERS.length}; i++) {
    vec4 spot = spots[i];
    float height = max(spot.y - spot.w * 0.6, 0.0);
    float radius = spot.w * (1.15 + 1.6 * height);
    vec2 away = place - spot.xz;
    open *= 1.0 - 0.8 * exp(-dot(away, away) / (radius * radius)) * exp(-height * 3.2);
  }
  gl_FragColor = vec4(tint, strength * (1.0 - open));
  #include <colorspace_fragment>
}`;

const place = new Vector3();

export class ContactShadow {
  readonly object: Mesh<PlaneGeometry, ShaderMaterial>;
  private readonly spots = CASTERS.map(() => new Vector4());
  private readonly tint = new Color();
  private readonly strength = { value: 0 };

  constructor(palette: Palette) {
    const material = new ShaderMaterial({
      transparent: true,
      depthWrite: false,
      uniforms: { spots: { value: this.spots }, tint: { value: this.tint }, strength: this.strength },
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
    });
    this.object = new Mesh(new PlaneGeometry(3.2, 3.2).rotateX(-Math.PI / 2), material);
    this.object.position.y = 0.001;
    this.setPalette(palette);
  }

  setPalette(palette: Palette): void {
    this.tint.set(palette.shadow);
    this.strength.value = palette.shadowAmount;
  }

  /** Follows a solved rig. */
  update(rig: Rig): void {
    for (let i = 0; i < CASTERS.length; i++) {
      const { bone, radiusM, point } = CASTERS[i]!;
      const { position, turn } = rig.all[bone]!;
      place.copy(point).applyQuaternion(turn).add(position);
      this.spots[i]!.set(place.x, place.y, place.z, radiusM);
    }
  }

  dispose(): void {
    this.object.geometry.dispose();
    this.object.material.dispose();
  }
}
