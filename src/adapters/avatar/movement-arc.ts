/**
 * The arc: grey track with ticks, fill up to the bead, outlined target zone (0.85 to 1.15 of the target) with its
 * strong line and number, a small triangle at the last peak. It faces the camera; the body covers the track, never the marks.
 */
import { BufferGeometry, DoubleSide, Group, Mesh, MeshBasicMaterial, type Camera, type Vector3 } from 'three';
import { ArcLabel } from './arc-label.ts';
import { FlatShape } from './arc-geometry.ts';
import { clockAngleRad, type ArcScale } from './arc-scale.ts';
import type { Palette } from './palette.ts';

const HALF_WIDTH = 0.0165;
const ZONE_HALF_WIDTH = 0.028;
const LINE = 0.0055;
const ZONE_LOW = 0.85;
const ZONE_HIGH = 1.15;
/** Room of the track beyond the target zone, rad. */
const BEYOND_RAD = (8 * Math.PI) / 180;
/** From the middle of the track to the middle of the number. */
const LABEL_OFFSET = 0.09;
const BEHIND_BODY_ORDER = -2;
const MARKS_ORDER = 20;

export class MovementArc {
  readonly object = new Group();
  private readonly materials = {
    track: createMaterial(),
    tick: createMaterial(),
    fill: createMaterial(),
    bead: createMaterial(),
    target: createMaterial(),
    targetSoft: createMaterial(),
    peak: createMaterial(),
  };
  private readonly track = this.addMesh(this.materials.track, BEHIND_BODY_ORDER);
  private readonly ticks = this.addMesh(this.materials.tick, BEHIND_BODY_ORDER);
  private readonly fill = this.addMesh(this.materials.fill, BEHIND_BODY_ORDER + 1);
  private readonly zone = this.addMesh(this.materials.targetSoft, MARKS_ORDER);
  private readonly zoneEdge = this.addMesh(this.materials.target, MARKS_ORDER + 1);
  private readonly peak = this.addMesh(this.materials.peak, MARKS_ORDER + 2);
  private readonly bead = new Group();
  private readonly label: ArcLabel;
  private scale: ArcScale | null = null;
  private targetRad: number | null = null;
  private widestRad = 0;
  /** Indices of the fill: towards negative, then towards positive. */
  private fillNegative = 0;
  private fillPositive = 0;
  private lowRad = 0;
  private highRad = 0;

  constructor(palette: Palette, fontFamily: string) {
    this.peak.geometry = new FlatShape().triangle(0.0165).finish();
    this.addBeadPart(new FlatShape().disc(0.034, 0).finish(), this.materials.fill, 3);
    this.addBeadPart(new FlatShape().disc(0.0235, 0).finish(), this.materials.bead, 4);
    this.addBeadPart(new FlatShape().disc(0.009, 0).finish(), this.materials.fill, 5);
    this.object.add(this.bead);
    this.label = new ArcLabel(fontFamily, MARKS_ORDER + 6);
    this.object.add(this.label.object);
    this.object.visible = false;
    this.setPalette(palette);
  }

  setPalette(palette: Palette): void {
    const { materials } = this;
    materials.track.color.set(palette.track);
    materials.tick.color.set(palette.tick);
    materials.fill.color.set(palette.fill);
    materials.bead.color.set(palette.bead);
    materials.target.color.set(palette.target);
    materials.targetSoft.color.set(palette.targetSoft);
    materials.peak.color.set(palette.peak);
    this.label.setColour(palette.target);
  }

  /**
   * Builds track and zone; `widestRad` is the largest target of this exercise so far, 0 when none. Call when the
   * movement, its place or the target changes; then {@link point} per frame.
   */
  lay(scale: ArcScale, centre: Vector3, targetRad: number | null, widestRad: number): void {
    this.scale = scale;
    this.targetRad = targetRad;
    this.widestRad = widestRad;
    this.object.position.copy(centre);
    // both ways alike, so that the picture keeps still when the target changes sides or rests
    const reachRad = Math.min(widestRad * ZONE_HIGH + BEYOND_RAD, Math.PI);
    this.lowRad = scale.fromRad < 0 ? Math.min(scale.fromRad, -reachRad) : scale.fromRad;
    this.highRad = scale.toRad > 0 ? Math.max(scale.toRad, reachRad) : scale.toRad;
    this.layTrack(scale);
    this.layTarget(scale);
  }

  /** Moves bead, fill and last-peak mark; angles of movement, rad. */
  point(primaryRad: number, lastPeakRad: number | null): void {
    const { scale } = this;
    if (scale === null) return;
    const known = Number.isFinite(primaryRad);
    this.bead.visible = known;
    this.fill.visible = known;
    if (known) {
      const held = Math.min(this.highRad, Math.max(this.lowRad, primaryRad));
      const clock = clockAngleRad(scale, held);
      this.bead.position.set(Math.sin(clock) * scale.radiusM, Math.cos(clock) * scale.radiusM, 0);
      if (held < 0) this.fill.geometry.setDrawRange(0, wholeQuads(this.fillNegative, held / this.lowRad));
      else
        this.fill.geometry.setDrawRange(
          this.fillNegative,
          wholeQuads(this.fillPositive, held / this.highRad),
        );
    }
    this.peak.visible = lastPeakRad !== null && Number.isFinite(lastPeakRad);
    if (lastPeakRad !== null && this.peak.visible) {
      const clock = clockAngleRad(scale, Math.min(this.highRad, Math.max(this.lowRad, lastPeakRad)));
      const r = scale.radiusM - ZONE_HALF_WIDTH - 0.026;
      this.peak.position.set(Math.sin(clock) * r, Math.cos(clock) * r, 0);
      this.peak.rotation.z = -clock;
    }
  }

  face(camera: Camera): void {
    this.object.quaternion.copy(camera.quaternion);
  }

  /** Radius of all that the track and its ticks take about the centre, m. */
  get extentM(): number {
    return (this.scale?.radiusM ?? 0) + HALF_WIDTH + 0.03;
  }

  /** The same for the target's number. */
  get labelExtentM(): number {
    return (this.scale?.radiusM ?? 0) + LABEL_OFFSET + 0.04;
  }

  /** Clock angles where the number of the widest target lies, to both sides. */
  get labelClocksRad(): readonly number[] {
    const { scale, widestRad, lowRad, highRad } = this;
    if (scale === null || widestRad === 0) return [];
    return [widestRad, -widestRad]
      .filter((rad) => rad >= lowRad && rad <= highRad)
      .map((rad) => clockAngleRad(scale, rad));
  }

  /** Clock angles between which the track lies, lowest first. */
  get clockRangeRad(): readonly [number, number] {
    if (this.scale === null) return [0, 0];
    const a = clockAngleRad(this.scale, this.lowRad);
    const b = clockAngleRad(this.scale, this.highRad);
    return a < b ? [a, b] : [b, a];
  }

  dispose(): void {
    this.object.traverse((child) => {
      if (child instanceof Mesh) (child.geometry as BufferGeometry).dispose();
    });
    for (const material of Object.values(this.materials)) material.dispose();
    this.label.dispose();
  }

  private layTrack(scale: ArcScale): void {
    const { radiusM } = scale;
    const from = clockAngleRad(scale, this.lowRad);
    const to = clockAngleRad(scale, this.highRad);
    const track = new FlatShape();
    track.sector(radiusM - HALF_WIDTH, radiusM + HALF_WIDTH, from, to, true);
    replaceGeometry(this.track, track);

    const ticks = new FlatShape();
    const first = Math.ceil(this.lowRad / scale.tickRad - 1e-6);
    const last = Math.floor(this.highRad / scale.tickRad + 1e-6);
    for (let i = first; i <= last; i++) {
      const inner = radiusM + HALF_WIDTH + 0.008;
      ticks.spoke(inner, inner + (i === 0 ? 0.022 : 0.013), clockAngleRad(scale, i * scale.tickRad), 0.0035);
    }
    replaceGeometry(this.ticks, ticks);

    const fill = new FlatShape();
    const inner = radiusM - HALF_WIDTH;
    const outer = radiusM + HALF_WIDTH;
    this.fillNegative = this.lowRad < 0 ? fill.sector(inner, outer, scale.zeroRad, from) : 0;
    this.fillPositive = this.highRad > 0 ? fill.sector(inner, outer, scale.zeroRad, to) : 0;
    replaceGeometry(this.fill, fill);
  }

  private layTarget(scale: ArcScale): void {
    const { targetRad } = this;
    const shown = targetRad !== null && Number.isFinite(targetRad) && targetRad !== 0;
    this.zone.visible = shown;
    this.zoneEdge.visible = shown;
    this.label.object.visible = shown;
    if (!shown) return;
    const inner = scale.radiusM - ZONE_HALF_WIDTH;
    const outer = scale.radiusM + ZONE_HALF_WIDTH;
    const low = clockAngleRad(scale, targetRad * ZONE_LOW);
    const high = clockAngleRad(scale, targetRad * ZONE_HIGH);
    const target = clockAngleRad(scale, targetRad);
    const zone = new FlatShape();
    zone.sector(inner, outer, low, high);
    replaceGeometry(this.zone, zone);

    const edge = new FlatShape();
    edge.sector(inner - LINE / 2, inner + LINE / 2, low, high);
    edge.sector(outer - LINE / 2, outer + LINE / 2, low, high);
    edge.spoke(inner - LINE / 2, outer + LINE / 2, low, LINE);
    edge.spoke(inner - LINE / 2, outer + LINE / 2, high, LINE);
    edge.spoke(inner - 0.016, outer + 0.018, target, LINE * 1.9);
    replaceGeometry(this.zoneEdge, edge);
    this.label.setText(`${Math.round((Math.abs(targetRad) * 180) / Math.PI)}\u00B0`);
    const r = scale.radiusM + LABEL_OFFSET;
    this.label.object.position.set(Math.sin(target) * r, Math.cos(target) * r, 0);
  }

  private addMesh(material: MeshBasicMaterial, order: number): Mesh<BufferGeometry, MeshBasicMaterial> {
    const mesh = new Mesh(new BufferGeometry(), material);
    mesh.renderOrder = order;
    mesh.frustumCulled = false;
    this.object.add(mesh);
    return mesh;
  }

  private addBeadPart(geometry: BufferGeometry, material: MeshBasicMaterial, layer: number): void {
    const mesh = new Mesh(geometry, material);
    mesh.renderOrder = MARKS_ORDER + layer;
    this.bead.add(mesh);
  }
}

/** A share of an index count in whole quads. */
function wholeQuads(indices: number, share: number): number {
  return 6 * Math.round((indices / 6) * share);
}

function createMaterial(): MeshBasicMaterial {
  return new MeshBasicMaterial({ depthTest: false, depthWrite: false, side: DoubleSide });
}

function replaceGeometry(mesh: Mesh<BufferGeometry, MeshBasicMaterial>, shape: FlatShape): void {
  mesh.geometry.dispose();
  mesh.geometry = shape.finish();
}
