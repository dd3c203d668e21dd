/** What a posture rests on: stool, chair with a back, mat, pillow and cushion. Plain rounded boxes. */
import { Group, Mesh, MeshStandardMaterial, type BufferGeometry } from 'three';
import type { PropName } from './figure-posture.ts';
import type { Palette } from './palette.ts';
import { createRoundedBox } from './rounded-box.ts';

type Place = readonly [x: number, y: number, z: number];
type Size = readonly [x: number, y: number, z: number];

export class Prop {
  readonly object = new Group();
  private readonly geometries: BufferGeometry[] = [];
  private readonly wood = new MeshStandardMaterial({ roughness: 1 });
  /** A mat is a backdrop: drawn first and without depth, so that nothing sinks into it. */
  private readonly flat = new MeshStandardMaterial({ roughness: 1, depthWrite: false });
  private readonly soft = new MeshStandardMaterial({ roughness: 1 });

  constructor(palette: Palette) {
    this.setPalette(palette);
  }

  setPalette(palette: Palette): void {
    this.wood.color.set(palette.prop);
    this.flat.color.set(palette.mat);
    this.soft.color.set(palette.soft);
  }

  show(name: PropName | null): void {
    this.clear();
    switch (name) {
      case null:
        break;
      case 'stool':
        this.addSeat();
        break;
      case 'chair':
        this.addSeat();
        this.addChairBack();
        break;
      case 'mat':
        this.addMat([0, 0], [2.15, 0.8]);
        break;
      case 'heelMat':
        this.addMat([0.1, 0], [2.0, 0.8]);
        this.addBox(this.soft, [-0.17, 0.112, 0], [0.2, 0.056, 0.3]);
        break;
      case 'sideMatRight':
        this.addSideMat(1);
        break;
      case 'sideMatLeft':
        this.addSideMat(-1);
        break;
    }
  }

  dispose(): void {
    this.clear();
    for (const material of [this.wood, this.flat, this.soft]) material.dispose();
  }

  private clear(): void {
    this.object.clear();
    for (const geometry of this.geometries) geometry.dispose();
    this.geometries.length = 0;
  }

  private addSeat(): void {
    this.addBox(this.wood, [0.07, 0.435, 0], [0.4, 0.05, 0.42]);
    for (const x of [-0.09, 0.23])
      for (const z of [-0.17, 0.17]) this.addBox(this.wood, [x, 0.205, z], [0.034, 0.41, 0.034]);
  }

  /** Its upper edge lies just under the shoulder blades, with a towel over it. */
  private addChairBack(): void {
    for (const z of [-0.17, 0.17]) this.addBox(this.wood, [-0.135, 0.61, z], [0.034, 0.38, 0.034]);
    this.addBox(this.wood, [-0.14, 0.69, 0], [0.03, 0.13, 0.4]);
    this.addBox(this.soft, [-0.135, 0.77, 0], [0.06, 0.06, 0.36]);
  }

  /** Lying on one side (`sign` 1: the right): the mat lies across, the head on a pillow, a cushion between the knees. */
  private addSideMat(sign: 1 | -1): void {
    this.addMat([0.14, 0], [0.95, 2.15]);
    this.addBox(this.soft, [0.01, 0.042, 0.7 * sign], [0.36, 0.084, 0.3]);
    this.addBox(this.soft, [0.34, 0.158, -0.2 * sign], [0.3, 0.11, 0.26]);
  }

  private addMat([x, z]: readonly [number, number], [length, width]: readonly [number, number]): void {
    this.addBox(this.flat, [x, -0.011, z], [length, 0.02, width]).renderOrder = -3;
  }

  private addBox(material: MeshStandardMaterial, [x, y, z]: Place, [w, h, d]: Size): Mesh {
    const geometry = createRoundedBox(w, h, d, Math.min(w, h, d) * 0.42);
    const mesh = new Mesh(geometry, material);
    mesh.position.set(x, y, z);
    this.geometries.push(geometry);
    this.object.add(mesh);
    return mesh;
  }
}
