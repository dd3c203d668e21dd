/** Surface of a tile and its straps: the role's colour, its white mark (circle, triangle, square), stitched webbing. */
import { Color, MeshStandardMaterial } from 'three';
import type { SegmentRole } from '../../core/body/segment-role.ts';
import type { Palette } from './palette.ts';
import { TILE_HALF_HEIGHT, TILE_HALF_WIDTH } from './worn-sensor.ts';

/** The mark tells the role without colour; the left arm's square is hollow. */
const MARK: Readonly<Record<SegmentRole, number>> = {
  upperBack: 0,
  lowerBack: 1,
  upperArmRight: 2,
  upperArmLeft: 3,
  pelvis: 4,
};

const FRAGMENT_HEAD = `#include <common>
uniform vec3 uTile, uTileEdge, uMark, uStrap, uStitch;
uniform int uShape;
varying vec3 vPlace;
float inside(float d) { float w = max(fwidth(d), 1e-6); return smoothstep(-w, w, d); }
float mark(vec2 p) {
  if (uShape == 0) return 0.0105 - length(p);
  if (uShape == 1) return 0.0068 - max(-p.y + 0.002, abs(p.x) * 0.84 + (p.y - 0.002) * 0.52);
  float square = max(abs(p.x), abs(p.y));
  if (uShape == 4) return 0.012 - abs(p.x) - abs(p.y);
  return uShape == 3 ? 0.003 - abs(square - 0.0075) : 0.0095 - square;
}
vec3 tile(vec2 p) {
  vec2 corner = abs(p) - vec2(${(TILE_HALF_WIDTH - 0.0125).toFixed(4)}, ${(TILE_HALF_HEIGHT - 0.0125).toFixed(4)});
  float border = 0.0125 - length(max(corner, 0.0)) - min(max(corner.x, corner.y), 0.0);
  return mix(mix(uTile, uMark, inside(mark(p))), uTileEdge, 1.0 - inside(border - 0.0034));
}
vec3 strap(vec2 p) {
  float stitch = min(0.16 - abs(abs(p.y) - 0.5), 0.3 - abs(fract(p.x / 0.014) - 0.5));
  return mix(uStrap, uStitch, 0.8 * inside(stitch));
}`;

export class SensorMaterial extends MeshStandardMaterial {
  private readonly values;
  private readonly role: SegmentRole;

  constructor(role: SegmentRole) {
    super({ roughness: 0.62, metalness: 0 });
    this.role = role;
    this.values = {
      uTile: { value: new Color() },
      uTileEdge: { value: new Color() },
      uMark: { value: new Color() },
      uStrap: { value: new Color() },
      uStitch: { value: new Color() },
      uShape: { value: MARK[role] },
    };
    this.onBeforeCompile = (shader) => {
      Object.assign(shader.uniforms, this.values);
      shader.vertexShader = shader.vertexShader
        .replace('#include <common>', '#include <common>\nattribute vec3 place; varying vec3 vPlace;')
        .replace('#include <begin_vertex>', '#include <begin_vertex>\nvPlace = place;');
      shader.fragmentShader = shader.fragmentShader
        .replace('#include <common>', FRAGMENT_HEAD)
        .replace(
          '#include <color_fragment>',
          'diffuseColor.rgb = vPlace.z > 0.5 ? tile(vPlace.xy) : strap(vPlace.xy);',
        );
    };
  }

  setPalette(palette: Palette): void {
    const { values } = this;
    values.uTile.value.set(palette.tile[this.role]);
    values.uTileEdge.value.set(palette.tileEdge);
    values.uMark.value.set(palette.mark);
    values.uStrap.value.set(palette.strap);
    values.uStitch.value.set(palette.stitch);
  }
}
