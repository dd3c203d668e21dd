/** The perfect movement as a dashed outline, drawn only where it leaves the live body: no fill, no face. */
import { Group, type SkinnedMesh } from 'three';
import type { Figure } from './figure.ts';
import {
  createDashedLineMaterial,
  createSilhouetteMaterial,
  type OutlineScreen,
} from './outline-material.ts';
import type { Palette } from './palette.ts';
import { PoseSolver } from './pose-solver.ts';
import { createBodyGeometry, createSkeleton, createSkinnedPart, poseSkeleton } from './skinned-part.ts';

/** Width of the line, CSS pixels. */
const LINE_PX = 2.6;

/** The line shows only where the ghost leaves the body by more than this, CSS pixels. */
const CLOSE_PX = 3;

/** Draw after the body (order 0) and before the arc's marks. */
const BODY_ORDER = 9;
const SILHOUETTE_ORDER = 10;
const LINE_ORDER = 11;

export class Ghost {
  readonly object = new Group();
  readonly solver = new PoseSolver();
  private readonly skeleton = createSkeleton();
  private readonly geometry = createBodyGeometry();
  private readonly bodyMask;
  private readonly silhouette;
  private readonly line;
  private readonly parts: readonly SkinnedMesh[];

  constructor(palette: Palette, screen: OutlineScreen, body: Figure) {
    this.bodyMask = createSilhouetteMaterial(screen, CLOSE_PX);
    this.silhouette = createSilhouetteMaterial(screen, 0);
    this.line = createDashedLineMaterial(screen, LINE_PX, palette.target);
    this.parts = [
      body.addOverBody(this.bodyMask, BODY_ORDER),
      createSkinnedPart(this.geometry, this.silhouette, this.skeleton, SILHOUETTE_ORDER),
      createSkinnedPart(this.geometry, this.line, this.skeleton, LINE_ORDER),
    ];
    this.object.add(...this.skeleton.bones, ...this.parts.slice(1));
    this.setVisible(false);
  }

  setVisible(visible: boolean): void {
    for (const part of this.parts) part.visible = visible;
  }

  pose(): void {
    this.solver.solve();
    poseSkeleton(this.skeleton, this.solver.rig);
  }

  setPalette(palette: Palette): void {
    this.line.color.set(palette.target);
  }

  dispose(): void {
    this.geometry.dispose();
    this.bodyMask.dispose();
    this.silhouette.dispose();
    this.line.dispose();
    this.skeleton.dispose();
  }
}
