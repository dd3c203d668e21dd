/** Soft studio light for a figure seen from behind (camera at -x): key from the upper left behind, rims from the front. */
import { DirectionalLight, Group, HemisphereLight } from 'three';
import type { Palette } from './palette.ts';

export class StudioLight {
  readonly object = new Group();
  private readonly ambient = new HemisphereLight();
  private readonly key = createLight('#FFF4E6', -2.2, 3.2, -1.8);
  private readonly coolRim = createLight('#E4F0F2', 1.6, 1.8, 2.6);
  private readonly warmRim = createLight('#FFE9D6', 2.2, 1.2, -2.4);

  constructor(palette: Palette) {
    for (const light of [this.key, this.coolRim, this.warmRim]) this.object.add(light, light.target);
    this.object.add(this.ambient);
    this.setPalette(palette);
  }

  setPalette(palette: Palette): void {
    this.ambient.color.set(palette.sky);
    this.ambient.groundColor.set(palette.ground);
    this.ambient.intensity = palette.ambient;
    this.key.intensity = palette.key;
    this.coolRim.intensity = palette.rim;
    this.warmRim.intensity = palette.rim * 0.6;
  }
}

function createLight(colour: string, x: number, y: number, z: number): DirectionalLight {
  const light = new DirectionalLight(colour);
  light.position.set(x, y, z);
  return light;
}
