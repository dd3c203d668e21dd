/** The camera: fits a set of points into the picture, and glides to a new view instead of jumping. */
import { PerspectiveCamera, Vector3 } from 'three';
import type { CameraView } from './camera-view.ts';

const FIELD_OF_VIEW_DEG = 24;
/** Share of the picture that stays free at each edge. */
const MARGIN = 0.045;
/** No point comes closer to the camera than this. */
const LEAST_DISTANCE_M = 0.5;
/** Time constant of the glide; about 0.25 s to arrive. */
const GLIDE_MS = 80;
/** After a longer pause between two pictures there is no movement to show: jump. */
const PAUSE_MS = 300;

interface Station {
  azimuthRad: number;
  elevationRad: number;
  distanceM: number;
  readonly centre: Vector3;
}

const createStation = (): Station => ({
  azimuthRad: 0,
  elevationRad: 0,
  distanceM: 3,
  centre: new Vector3(),
});

export class CameraRig {
  readonly camera = new PerspectiveCamera(FIELD_OF_VIEW_DEG, 1, 0.1, 20);
  private readonly glides: boolean;
  private readonly now = createStation();
  private readonly goal = createStation();
  private view: CameraView = { azimuthDeg: 0, elevationDeg: 0, holds: 'whole' };
  private points: readonly Vector3[] = [];
  private lastMs = -Infinity;
  private readonly right = new Vector3();
  private readonly up = new Vector3();
  /** From the scene towards the camera. */
  private readonly out = new Vector3();

  constructor(glides: boolean) {
    this.glides = glides;
  }

  /** Chooses the view and the points (m) that the picture must hold. */
  aim(view: CameraView, points: readonly Vector3[]): void {
    this.view = view;
    this.points = points;
    this.fit();
  }

  setAspect(aspect: number): void {
    this.camera.aspect = aspect;
    this.camera.updateProjectionMatrix();
    this.fit();
    this.jump();
  }

  /** Moves on to the goal; `nowMs` is any steady clock. */
  step(nowMs: number): void {
    const passedMs = nowMs - this.lastMs;
    this.lastMs = nowMs;
    if (!this.glides || passedMs > PAUSE_MS) this.jump();
    else {
      const share = 1 - Math.exp(-passedMs / GLIDE_MS);
      const { now, goal } = this;
      now.azimuthRad += (goal.azimuthRad - now.azimuthRad) * share;
      now.elevationRad += (goal.elevationRad - now.elevationRad) * share;
      now.distanceM += (goal.distanceM - now.distanceM) * share;
      now.centre.lerp(goal.centre, share);
    }
    this.place();
  }

  /** Axes of the picture for a view; `out` points to the camera. */
  static axesInto(view: CameraView, right: Vector3, up: Vector3, out: Vector3): void {
    directionInto(out, (view.azimuthDeg * Math.PI) / 180, (view.elevationDeg * Math.PI) / 180);
    right.set(0, 1, 0).cross(out).normalize();
    up.crossVectors(out, right);
  }

  private jump(): void {
    const { now, goal } = this;
    now.azimuthRad = goal.azimuthRad;
    now.elevationRad = goal.elevationRad;
    now.distanceM = goal.distanceM;
    now.centre.copy(goal.centre);
  }

  private place(): void {
    const { now, camera } = this;
    directionInto(this.out, now.azimuthRad, now.elevationRad);
    camera.position.copy(this.out).multiplyScalar(now.distanceM).add(now.centre);
    camera.lookAt(now.centre);
  }

  /** Middle of the points in the picture plane, then the least distance that holds all of them in perspective. */
  private fit(): void {
    const { view, goal, right, up, out, points } = this;
    goal.azimuthRad = (view.azimuthDeg * Math.PI) / 180;
    goal.elevationRad = (view.elevationDeg * Math.PI) / 180;
    if (points.length === 0) return;
    CameraRig.axesInto(view, right, up, out);
    const tanUp = Math.tan((FIELD_OF_VIEW_DEG * Math.PI) / 360) * (1 - 2 * MARGIN);
    const tanRight = tanUp * this.camera.aspect;
    const range = (axis: Vector3): [number, number] => {
      const along = points.map((p) => p.dot(axis));
      return [Math.min(...along), Math.max(...along)];
    };
    const [left, rightmost] = range(right);
    const [low, high] = range(up);
    const [far, near] = range(out);
    goal.centre.set(0, 0, 0);
    goal.centre.addScaledVector(right, (left + rightmost) / 2).addScaledVector(up, (low + high) / 2);
    goal.centre.addScaledVector(out, (far + near) / 2);
    goal.distanceM = LEAST_DISTANCE_M;
    for (const p of points) {
      const towards = p.dot(out) - goal.centre.dot(out);
      const across = Math.abs(p.dot(right) - goal.centre.dot(right));
      const upwards = Math.abs(p.dot(up) - goal.centre.dot(up));
      goal.distanceM = Math.max(
        goal.distanceM,
        towards + Math.max(across / tanRight, upwards / tanUp, LEAST_DISTANCE_M),
      );
    }
  }
}

function directionInto(out: Vector3, azimuthRad: number, elevationRad: number): void {
  out.set(
    -Math.cos(azimuthRad) * Math.cos(elevationRad),
    Math.sin(elevationRad),
    Math.sin(azimuthRad) * Math.cos(elevationRad),
  );
}
