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
vOutwards = outwards / max(length(outwards), 1e-6);
gl_Position.xy += vOutwards * uGrowPx * uPixelRatio * 2.0 / uScreenPx * gl_Position.w;`;

/** Dash and gap on the screen, CSS pixels. */
const DASH_PX = 6.5;
const GAP_PX = 4.5;

/** Dashes are counted along the axis of the screen that the line follows more closely. */
const DASHED = `float along = abs(vOutwards.x) > abs(vOutwards.y) ? gl_FragCoord.y : gl_FragCoord.x;
if (mod(along / uPixelRatio, ${(DASH_PX + GAP_PX).toFixed(1)}) > ${DASH_PX.toFixed(1)}) discard;`;

function grow(material: MeshBasicMaterial, screen: OutlineScreen, growPx: number, dashed: boolean): void {
  material.onBeforeCompile = (shader) => {
    Object.assign(shader.uniforms, screen, { uGrowPx: { value: growPx } });
    shader.vertexShader = shader.vertexShader
      .replace(
        '#include <common>',
        '#include <common>\nuniform vec2 uScreenPx; uniform float uPixelRatio, uGrowPx; varying vec2 vOutwards;',
      )
      .replace('#include <project_vertex>', GROWN);
    if (!dashed) return;
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', '#include <common>\nuniform float uPixelRatio; varying vec2 vOutwards;')
      .replace('#include <color_fragment>', DASHED);
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
