/**
 * The surface of the body: skin, hair, a plain top and trousers drawn from the place in the bind pose, so that seams
 * stay sharp at any size; a soft edge; unmeasured parts paler. One standard material with a few lines of its own.
 */
import { AlwaysStencilFunc, Color, MeshStandardMaterial, ReplaceStencilOp } from 'three';
import { ARM_COS, ARM_SIN } from './body-field.ts';
import type { Palette } from './palette.ts';
import { SHOULDER } from './rig.ts';

/** Stencil value of everything that hides the ghost. */
export const BODY_STENCIL = 1;

const VERTEX_HEAD = `#include <common>
attribute vec2 shadeAndMeasured;
varying vec3 vBind;
varying vec2 vShade;`;

const VERTEX_BODY = `#include <begin_vertex>
vBind = position;
vShade = shadeAndMeasured;`;

const FRAGMENT_HEAD = `#include <common>
uniform vec3 uSkin, uHair, uTop, uTrousers, uRest, uSpine, uEdge;
uniform float uRestAmount, uEdgeAmount;
varying vec3 vBind;
varying vec2 vShade;
float inside(float d) { float w = max(fwidth(d), 1e-5); return smoothstep(-w, w, d); }
vec3 clothing(vec3 p, float pale) {
  float z = abs(p.z);
  vec2 fromShoulder = vec2(p.y - ${SHOULDER.y.toFixed(4)}, z - ${SHOULDER.z.toFixed(4)});
  float along = dot(fromShoulder, vec2(${(-ARM_COS).toFixed(4)}, ${ARM_SIN.toFixed(4)}));
  float sideways = dot(fromShoulder, vec2(${ARM_SIN.toFixed(4)}, ${ARM_COS.toFixed(4)}));
  float neckline = length((p - vec3(-0.016, 1.497, 0.0)) * vec3(1.0, 1.0, 0.86)) - 0.086;
  float armhole = max(0.012 - along, -0.066 - sideways);
  float hem = p.y - 0.965;
  float hairline = p.y - mix(1.548, 1.695, smoothstep(-0.03, 0.08, p.x)) + 0.012 * cos(z * 60.0);
  vec3 c = mix(uSkin, uTrousers, inside(p.y - 0.125) * inside(-hem));
  float top = min(min(neckline, armhole), hem);
  vec3 cloth = uTop * (1.0 - 0.1 * inside(0.0075 - top));
  c = mix(c, cloth, inside(top) * inside(1.5 - p.y));
  float spineDot = 0.0056 - length(vec2(p.z, mod(p.y, 0.042) - 0.021));
  float alongSpine = step(p.x, -0.02) * step(1.0, p.y) * step(p.y, 1.45);
  c = mix(c, uSpine, inside(spineDot) * alongSpine * 0.92);
  // the ears stand out of the hair
  float hair = inside(min(hairline, 0.0815 - z)) * step(1.5, p.y);
  return mix(mix(c, uHair, hair), uRest, pale * uRestAmount * (1.0 - 0.7 * hair));
}`;

const FRAGMENT_COLOR = `#include <color_fragment>
float openness = 0.62 + 0.38 * vShade.x;
vec3 worn = clothing(vBind, 1.0 - smoothstep(0.0, 1.0, vShade.y));
diffuseColor.rgb = worn * vec3(openness, openness * (0.97 + 0.03 * openness), openness * (0.92 + 0.08 * openness));`;

const FRAGMENT_EDGE = `float rim = pow(1.0 - clamp(dot(normalize(vViewPosition), normal), 0.0, 1.0), 2.6);
outgoingLight = mix(outgoingLight, uEdge, rim * uEdgeAmount);
#include <opaque_fragment>`;

export class BodyMaterial extends MeshStandardMaterial {
  private readonly values = {
    uSkin: { value: new Color() },
    uHair: { value: new Color() },
    uTop: { value: new Color() },
    uTrousers: { value: new Color() },
    uRest: { value: new Color() },
    uSpine: { value: new Color() },
    uEdge: { value: new Color() },
    uRestAmount: { value: 0 },
    uEdgeAmount: { value: 0 },
  };

  constructor(palette: Palette) {
    super({ roughness: 0.9, metalness: 0 });
    this.stencilWrite = true;
    this.stencilFunc = AlwaysStencilFunc;
    this.stencilRef = BODY_STENCIL;
    this.stencilZPass = ReplaceStencilOp;
    this.onBeforeCompile = (shader) => {
      Object.assign(shader.uniforms, this.values);
      shader.vertexShader = shader.vertexShader
        .replace('#include <common>', VERTEX_HEAD)
        .replace('#include <begin_vertex>', VERTEX_BODY);
      shader.fragmentShader = shader.fragmentShader
        .replace('#include <common>', FRAGMENT_HEAD)
        .replace('#include <color_fragment>', FRAGMENT_COLOR)
        .replace('#include <opaque_fragment>', FRAGMENT_EDGE);
    };
    this.setPalette(palette);
  }

  setPalette(palette: Palette): void {
    const { values } = this;
    values.uSkin.value.set(palette.skin);
    values.uHair.value.set(palette.hair);
    values.uTop.value.set(palette.top);
    values.uTrousers.value.set(palette.trousers);
    values.uRest.value.set(palette.rest);
    values.uSpine.value.set(palette.spine);
    values.uEdge.value.set(palette.edge);
    values.uRestAmount.value = palette.restAmount;
    values.uEdgeAmount.value = palette.edgeAmount;
  }
}
