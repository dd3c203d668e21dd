/** The figure on a canvas: joins body, ghost, arc, props, shadow, light and camera behind the avatar port. */
import { Scene, WebGLRenderer, type Vector3 } from 'three';
import type { PostureName } from '../../core/body/posture-name.ts';
import type { SegmentRole } from '../../core/body/segment-role.ts';
import type { ExerciseId, MotionDefinition, Side } from '../../core/exercise/motion-definition.ts';
import { motionDefinition } from '../../core/exercise/motion-definitions.ts';
import type { Avatar, AvatarOptions } from '../../ui/services.ts';
import { arcScaleFor, type ArcScale } from './arc-scale.ts';
import { BottomFade } from './bottom-fade.ts';
import { CameraRig } from './camera-rig.ts';
import { cameraViewFor, type Held } from './camera-view.ts';
import { ContactShadow } from './contact-shadow.ts';
import { drawnPoseInto, drawnSide, figurePostureFor } from './drawn-movement.ts';
import { Figure } from './figure.ts';
import { addArcPoints, addBodyPoints, spreadClocks } from './framing.ts';
import { Ghost } from './ghost.ts';
import { MovementArc } from './movement-arc.ts';
import { createOutlineScreen } from './outline-material.ts';
import { PALETTES } from './palette.ts';
import { PoseSolver } from './pose-solver.ts';
import { Prop } from './prop.ts';
import { StudioLight } from './studio-light.ts';

/** More device pixels than this cost battery and show nothing. */
const MAX_PIXEL_RATIO = 2;

/**
 * Mounts the figure on a canvas. The caller sets the size with `resize` before the first `render`, owns the animation
 * frame, and calls `dispose` when the canvas goes; the canvas may then be mounted on again.
 * @throws when the browser offers no WebGL
 */
export function mountAvatar(canvas: HTMLCanvasElement, options: AvatarOptions): Avatar {
  return new ThreeAvatar(canvas, options);
}

/** Names under which drawing by the processor alone goes: Chromium, Mesa, Windows. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** Whether no graphics card draws here. Chromium's `failIfMajorPerformanceCaveat` lets SwiftShader pass: the name tells. */
export function drawsInSoftware(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  if (context === null) return false;
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = context.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER);
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return SOFTWARE.test(String(name));
}

class ThreeAvatar implements Avatar {
  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly screen = createOutlineScreen();
  private readonly camera: CameraRig;
  private readonly figure: Figure;
  private readonly ghost: Ghost;
  private readonly arc: MovementArc;
  private readonly prop: Prop;
  private readonly shadow: ContactShadow;
  private readonly light: StudioLight;
  private readonly fade = new BottomFade();
  /** Poses that only the layout looks at. */
  private readonly planner = new PoseSolver();
  private readonly pose = new Float64Array(20);

  private posture: PostureName = 'standing';
  private worn: readonly SegmentRole[] = [];
  private side: Side = 'right';
  private ghostExercise: ExerciseId | null = null;
  private ghostSide: Side | null = null;
  private ghostRad = 0;
  private shownExercise: ExerciseId | null = null;
  private shownSide: Side | null = null;
  private shownRad = 0;
  private arcExercise: ExerciseId | null = null;
  private arcSide: Side | null = null;
  private arcRad = NaN;
  private targetRad: number | null = null;
  private widestTargetRad = 0;
  private lastPeakRad: number | null = null;
  private layoutIsOld = true;
  private poseIsOld = true;
  private ghostIsOld = true;
  private hasDrawn = false;

  constructor(canvas: HTMLCanvasElement, options: AvatarOptions) {
    const palette = PALETTES[options.theme];
    this.renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true, stencil: true });
    this.renderer.setClearAlpha(0);
    this.camera = new CameraRig(!options.reducedMotion);
    this.figure = new Figure(palette);
    this.ghost = new Ghost(palette, this.screen, this.figure);
    this.arc = new MovementArc(palette, getComputedStyle(canvas).fontFamily);
    this.prop = new Prop(palette);
    this.shadow = new ContactShadow(palette);
    this.light = new StudioLight(palette);
    for (const part of [this.light, this.prop, this.shadow, this.figure, this.ghost, this.arc, this.fade])
      this.scene.add(part.object);
  }

  setPosture(posture: PostureName): void {
    if (posture === this.posture) return;
    this.posture = posture;
    this.layoutIsOld = true;
  }

  setWorn(roles: readonly SegmentRole[]): void {
    if (roles.length === this.worn.length && roles.every((role) => this.worn.includes(role))) return;
    this.worn = [...roles];
    this.figure.setWorn(this.worn);
    this.layoutIsOld = true;
  }

  setSegments(qFacingFromSegment: Float64Array): void {
    this.figure.solver.setSegments(qFacingFromSegment);
    this.poseIsOld = true;
  }

  setDemonstration({ exerciseId, primaryRad, side = null }: Parameters<Avatar['setDemonstration']>[0]): void {
    const definition = motionDefinition(exerciseId);
    // At rest it stays with the side it came from; before the first move it is ready for that one.
    const isNew = exerciseId !== this.shownExercise || side !== this.shownSide;
    const towardsRad = isNew && primaryRad === 0 ? (definition.directions[0]?.sign ?? 0) : primaryRad;
    const drawn = drawnSide(definition, side, towardsRad, this.worn, this.side);
    if (isNew || drawn !== this.side) this.layoutIsOld = true;
    this.shownExercise = exerciseId;
    this.shownSide = side;
    this.shownRad = towardsRad;
    this.setSegments(drawnPoseInto(this.pose, definition, primaryRad, drawn));
  }

  setGhost(pose: Parameters<Avatar['setGhost']>[0]): void {
    const exerciseId = pose?.exerciseId ?? null;
    const side = pose?.side ?? null;
    if (exerciseId !== this.ghostExercise || side !== this.ghostSide) this.layoutIsOld = true;
    this.ghostExercise = exerciseId;
    this.ghostSide = side;
    this.ghostRad = pose?.primaryRad ?? 0;
    this.ghostIsOld = true;
  }

  setArc(arc: Parameters<Avatar['setArc']>[0]): void {
    const exerciseId = arc?.exerciseId ?? null;
    const side = arc?.side ?? null;
    const targetRad = finiteOrNull(arc?.targetRad);
    if (exerciseId !== this.arcExercise || side !== this.arcSide || targetRad !== this.targetRad)
      this.layoutIsOld = true;
    if (exerciseId !== this.arcExercise) this.widestTargetRad = 0;
    this.widestTargetRad = Math.max(this.widestTargetRad, Math.abs(targetRad ?? 0));
    this.arcExercise = exerciseId;
    this.arcSide = side;
    this.targetRad = targetRad;
    this.arcRad = arc?.primaryRad ?? NaN;
    this.lastPeakRad = finiteOrNull(arc?.lastPeakRad);
  }

  setTheme(theme: 'light' | 'dark'): void {
    const palette = PALETTES[theme];
    for (const part of [this.figure, this.ghost, this.arc, this.prop, this.shadow, this.light])
      part.setPalette(palette);
  }

  render(): void {
    if (this.layoutIsOld) this.layOut();
    if (this.poseIsOld) {
      this.figure.pose();
      this.shadow.update(this.figure.solver.rig);
      this.poseIsOld = false;
    }
    if (this.ghostIsOld) this.poseGhost();
    this.camera.step(performance.now());
    if (this.arc.object.visible) {
      this.arc.point(this.arcRad, this.lastPeakRad);
      this.arc.face(this.camera.camera);
    }
    this.renderer.render(this.scene, this.camera.camera);
    this.hasDrawn = true;
  }

  resize(widthPx: number, heightPx: number, pixelRatio: number): void {
    const width = Math.max(1, Math.round(widthPx));
    const height = Math.max(1, Math.round(heightPx));
    const ratio = Math.min(Math.max(pixelRatio, 0.5), MAX_PIXEL_RATIO);
    this.renderer.setPixelRatio(ratio);
    this.renderer.setSize(width, height, false);
    this.screen.uScreenPx.value.set(width * ratio, height * ratio);
    this.screen.uPixelRatio.value = ratio;
    this.camera.setAspect(width / height);
    // A new size empties the canvas, and the browser may show it before the next frame is drawn.
    if (this.hasDrawn) this.render();
  }

  dispose(): void {
    for (const part of [this.figure, this.ghost, this.arc, this.prop, this.shadow, this.fade]) part.dispose();
    this.scene.clear();
    // a renderer mounted on the same canvas later trusts the context to be as new
    this.renderer.resetState();
    this.renderer.dispose();
  }

  /** Everything that depends on posture, exercise, side, target and kit; runs when one of them changes. */
  private layOut(): void {
    this.layoutIsOld = false;
    const exerciseId = this.arcExercise ?? this.ghostExercise ?? this.shownExercise;
    const definition = exerciseId === null ? null : motionDefinition(exerciseId);
    const explicit = this.arcSide ?? this.ghostSide ?? this.shownSide;
    const towardsRad = this.targetRad ?? this.shownRad;
    this.side = drawnSide(definition, explicit, towardsRad, this.worn, this.side);
    const posture = figurePostureFor(this.posture, exerciseId, this.side);
    for (const solver of [this.figure.solver, this.ghost.solver, this.planner]) solver.setPosture(posture);
    this.prop.show(posture.prop);
    this.poseIsOld = true;
    this.ghostIsOld = true;

    const view = cameraViewFor(this.posture, definition?.quantity ?? null, this.side);
    const points: Vector3[] = [];
    this.planner.clearSegments();
    this.planner.solve();
    addBodyPoints(points, this.planner, view.holds);
    this.arc.object.visible = this.arcExercise !== null;
    if (definition !== null && this.arcExercise !== null) {
      const scale = arcScaleFor(definition.quantity, this.side);
      const centre = this.arcCentre(scale);
      this.arc.lay(scale, centre, this.targetRad, this.widestTargetRad);
      const { extentM, labelExtentM, clockRangeRad, labelClocksRad } = this.arc;
      addArcPoints(points, centre, extentM, spreadClocks(clockRangeRad), view);
      addArcPoints(points, centre, labelExtentM, labelClocksRad, view);
    }
    if (definition !== null) this.addMovementPoints(points, definition, view.holds);
    this.fade.object.visible = view.holds !== 'whole';
    this.camera.aim(view, points);
  }

  private addMovementPoints(points: Vector3[], definition: MotionDefinition, holds: Held): void {
    const maximumRad = (definition.usualMaximumDeg * Math.PI) / 180;
    for (const share of [0, ...definition.directions.map(({ sign }) => sign)]) {
      this.planner.setSegments(drawnPoseInto(this.pose, definition, share * maximumRad, this.side));
      this.planner.solve();
      addBodyPoints(points, this.planner, holds);
    }
  }

  private arcCentre(scale: ArcScale): Vector3 {
    const { centre, left, right } = this.planner.rig;
    switch (scale.centre) {
      case 'chest':
        return centre.thorax4.position.clone();
      case 'neck':
        return centre.neck.position.clone();
      case 'waist':
        return centre.lumbar2.position.clone();
      case 'leftShoulder':
        return left.shoulder.position.clone();
      case 'rightShoulder':
        return right.shoulder.position.clone();
    }
  }

  private poseGhost(): void {
    this.ghostIsOld = false;
    this.ghost.setVisible(this.ghostExercise !== null);
    if (this.ghostExercise === null) return;
    const definition = motionDefinition(this.ghostExercise);
    this.ghost.solver.setSegments(drawnPoseInto(this.pose, definition, this.ghostRad, this.side));
    this.ghost.pose();
  }
}

function finiteOrNull(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && Number.isFinite(value) ? value : null;
}
