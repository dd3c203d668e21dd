/** Materials of the ghost: a silhouette that writes only the stencil, and a dashed line round it. */
import {
  AlwaysStencilFunc,
  Color,
  DoubleSide,
  MeshBasicMaterial,
  NotEqualStencilFunc,
  ReplaceStencilOp,
  Vector2,
} from 'three';
import { BODY_STENCIL } from './body-material.ts';

/** Shared by all hulls of one scene: size of the drawing, device pixels per CSS pixel. */
export interface OutlineScreen {
  readonly uScreenPx: { readonly value: Vector2 };
  readonly uPixelRatio: { value: number };
}

export function createOutlineScreen(): OutlineScreen {
  return { uScreenPx: { value: new Vector2(1, 1) }, uPixelRatio: { value: 1 } };
}

/** Pushes the surface out by a fixed number of CSS pixels on the screen. */
const GROWN = `#include <project_vertex>
vec2 outwards = (projectionMatrix * vec4(transformedNormal, 0.0)).xy * uScreenPx;
gl_Position.xy += outwards / max(length(outwards), 1e-6) * uGrowPx * uPixelRatio * 2.0 / uScreenPx * gl_Position.w;`;

/** Dashes run across the limb: along y on the trunk and legs, along the arm, round the head. */
const DASH_COORDINATE = `vDash = abs(position.z) > 0.2 && position.y > 0.8 ? abs(position.z)
  : position.y > 1.5 ? 0.09 * atan(position.z, position.y - 1.62) : position.y;`;

function grow(material: MeshBasicMaterial, screen: OutlineScreen, growPx: number, dashed: boolean): void {
  material.onBeforeCompile = (shader) => {
    Object.assign(shader.uniforms, screen, { uGrowPx: { value: growPx } });
    shader.vertexShader = shader.vertexShader
      .replace(
        '#include <common>',
        '#include <common>\nuniform vec2 uScreenPx; uniform float uPixelRatio, uGrowPx; varying float vDash;',
      )
      .replace('#include <project_vertex>', `${GROWN}\n${DASH_COORDINATE}`);
    if (!dashed) return;
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', '#include <common>\nvarying float vDash;')
      .replace('#include <color_fragment>', 'if (fract(vDash / 0.034) > 0.62) discard;');
  };
  material.customProgramCacheKey = () => (dashed ? 'dashed hull' : 'hull');
}

/** Writes the stencil over a silhouette, `growPx` wider than the body; paints nothing. */
export function createSilhouetteMaterial(screen: OutlineScreen, growPx: number): MeshBasicMaterial {
  const material = new MeshBasicMaterial({ colorWrite: false, depthWrite: false, depthTest: false });
  material.stencilWrite = true;
  material.stencilFunc = AlwaysStencilFunc;
  material.stencilRef = BODY_STENCIL;
  material.stencilZPass = ReplaceStencilOp;
  grow(material, screen, growPx, false);
  return material;
}

/** The dashed line: whatever of the grown hull lies outside every silhouette drawn before. */
export function createDashedLineMaterial(
  screen: OutlineScreen,
  growPx: number,
  colour: string,
): MeshBasicMaterial {
  const material = new MeshBasicMaterial({
    color: new Color(colour),
    depthTest: false,
    depthWrite: false,
    side: DoubleSide,
  });
  material.stencilWrite = true;
  material.stencilFunc = NotEqualStencilFunc;
  material.stencilRef = BODY_STENCIL;
  grow(material, screen, growPx, true);
  return material;
}
