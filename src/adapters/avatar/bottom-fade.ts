/** Lets the picture end softly where it cuts the body: the lowest part of what was drawn fades to nothing. */
import { CustomBlending, Mesh, PlaneGeometry, ShaderMaterial, SrcAlphaFactor, ZeroFactor } from 'three';

/** Share of the picture's height that fades. */
const HEIGHT = 0.16;

const VERTEX = `varying float kept;
void main() {
  kept = position.y + 0.5;
  gl_Position = vec4(position.x * 2.0, -1.0 + kept * ${(2 * HEIGHT).toFixed(2)}, 0.0, 1.0);
}`;
const FRAGMENT = `varying float kept;
void main() { gl_FragColor = vec4(0.0, 0.0, 0.0, smoothstep(0.0, 1.0, kept)); }`;

export class BottomFade {
  readonly object: Mesh<PlaneGeometry, ShaderMaterial>;

  constructor() {
    const material = new ShaderMaterial({
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      transparent: true,
      depthTest: false,
      depthWrite: false,
      blending: CustomBlending,
      blendSrc: ZeroFactor,
      blendDst: SrcAlphaFactor,
    });
    this.object = new Mesh(new PlaneGeometry(1, 1), material);
    this.object.frustumCulled = false;
    this.object.renderOrder = 100;
  }

  dispose(): void {
    this.object.geometry.dispose();
    this.object.material.dispose();
  }
}
