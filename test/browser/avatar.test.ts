import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mountAvatar } from '../../src/adapters/avatar/avatar.ts';
import { POSTURE_NAMES } from '../../src/core/body/posture-name.ts';
import { EXERCISE_IDS, motionDefinition } from '../../src/core/exercise/motion-definitions.ts';
import { segmentPoseInto } from '../../src/core/exercise/motion-pose.ts';
import type { Avatar } from '../../src/ui/services.ts';

const RAD = Math.PI / 180;
const WIDTH = 240;
const HEIGHT = 260;
const NOT_MEASURED = new Float64Array(20).fill(NaN);

let canvas: HTMLCanvasElement;
let avatar: Avatar;

function mount(options: Partial<Parameters<typeof mountAvatar>[1]> = {}): Avatar {
  const mounted = mountAvatar(canvas, { theme: 'light', reducedMotion: true, ...options });
  mounted.resize(WIDTH, HEIGHT, 1);
  return mounted;
}

/** Draws and reads the picture back in the same task, before the browser may clear it. */
function picture(): Uint8ClampedArray {
  avatar.render();
  return shown();
}

function shown(): Uint8ClampedArray {
  const copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  const context = copy.getContext('2d');
  if (context === null) throw new Error('no 2d context');
  context.drawImage(canvas, 0, 0);
  return context.getImageData(0, 0, copy.width, copy.height).data;
}

interface Patch {
  readonly count: number;
  /** Mean column, 0 to 1. */
  readonly column: number;
}

/** The opaque pixels that a test of red, green, blue accepts. */
function find(pixels: Uint8ClampedArray, accepts: (r: number, g: number, b: number) => boolean): Patch {
  let count = 0;
  let sum = 0;
  for (let i = 0; i < pixels.length; i += 4) {
    if (pixels[i + 3] < 200 || !accepts(pixels[i], pixels[i + 1], pixels[i + 2])) continue;
    count++;
    sum += (i / 4) % canvas.width;
  }
  return { count, column: sum / Math.max(1, count) / canvas.width };
}

const anything = () => true;
const isBlue = (r: number, g: number, b: number) => b > 110 && b > r + 60 && b > g + 30;
const isTarget = (r: number, g: number, b: number) => r > 150 && g < 110 && b < 80;
const isFill = (r: number, g: number, b: number) => r < 40 && g > 85 && b > 85 && g < 130;

beforeEach(() => {
  canvas = document.createElement('canvas');
  document.body.replaceChildren(canvas);
  avatar = mount();
});
afterEach(() => {
  avatar.dispose();
});

describe('the avatar', () => {
  it('draws a body that fills a good part of the picture in every posture', () => {
    avatar.setSegments(NOT_MEASURED);
    for (const posture of POSTURE_NAMES) {
      avatar.setPosture(posture);
      const { count } = find(picture(), anything);
      expect(count, posture).toBeGreaterThan(0.04 * WIDTH * HEIGHT);
      expect(count, posture).toBeLessThan(0.9 * WIDTH * HEIGHT);
    }
  });

  it('shows the tile of a worn sensor and only of that', () => {
    avatar.setPosture('sitting');
    expect(find(picture(), isBlue).count).toBe(0);
    avatar.setWorn(['upperBack']);
    expect(find(picture(), isBlue).count).toBeGreaterThan(10);
    avatar.setWorn(['lowerBack']);
    expect(find(picture(), isBlue).count).toBe(0);
  });

  it('moves the bead to the left in a left turn and to the right in a right one', () => {
    avatar.setPosture('sittingArmsCrossed');
    const fillAt = (deg: number) => {
      avatar.setArc({ exerciseId: 'E01', primaryRad: deg * RAD, targetRad: null, lastPeakRad: null });
      return find(picture(), isFill);
    };
    expect(fillAt(30).column).toBeLessThan(0.42);
    expect(fillAt(-30).column).toBeGreaterThan(0.58);
    expect(fillAt(30).count).toBeGreaterThan(fillAt(5).count);
    expect(fillAt(NaN).count).toBe(0);
  });

  it('demonstrates each exercise from where it is seen, with the hands that its words name', () => {
    avatar.setWorn(['upperBack']);
    avatar.setPosture('sitting');
    avatar.setDemonstration({ exerciseId: 'E08', primaryRad: 0 });
    const fromBehind = find(picture(), isBlue);
    avatar.setDemonstration({ exerciseId: 'E05', primaryRad: 0 });
    const fromTheSide = find(picture(), isBlue);
    // On the back of somebody who looks to the right.
    expect(fromTheSide.count).toBeLessThan(fromBehind.count);
    expect(fromTheSide.column).toBeLessThan(fromBehind.column - 0.1);
    avatar.setPosture('sittingArmsCrossed');
    avatar.setSegments(NOT_MEASURED);
    avatar.setDemonstration({ exerciseId: 'E01', primaryRad: 0 });
    const crossed = find(picture(), anything).count;
    avatar.setSegments(segmentPoseInto(new Float64Array(20), motionDefinition('E01'), 0));
    // Arms that hang are not hidden before the chest.
    expect(find(picture(), anything).count).toBeGreaterThan(crossed);
  });

  it('draws the target zone on the side of the target', () => {
    avatar.setPosture('sittingArmsCrossed');
    const targetAt = (targetDeg: number | null) => {
      const targetRad = targetDeg === null ? null : targetDeg * RAD;
      avatar.setArc({ exerciseId: 'E01', primaryRad: 0, targetRad, lastPeakRad: null });
      return find(picture(), isTarget);
    };
    expect(targetAt(null).count).toBe(0);
    expect(targetAt(36).column).toBeLessThan(0.35);
    expect(targetAt(-36).column).toBeGreaterThan(0.65);
  });

  it('keeps the body in its place when the target changes sides or rests', () => {
    avatar.setPosture('sittingArmsCrossed');
    avatar.setWorn(['upperBack']);
    const tileAt = (targetRad: number | null) => {
      avatar.setArc({ exerciseId: 'E01', primaryRad: 0, targetRad, lastPeakRad: null });
      return find(picture(), isBlue);
    };
    const first = tileAt(0.9);
    expect(first.count).toBeGreaterThan(0);
    expect(tileAt(-0.9)).toEqual(first);
    expect(tileAt(null)).toEqual(first);
  });

  it('outlines the ghost only where it leaves the body', () => {
    const definition = motionDefinition('E08');
    avatar.setPosture('sitting');
    const segments = segmentPoseInto(new Float64Array(20), definition, 20 * RAD);
    segments.fill(NaN, 12);
    avatar.setSegments(segments);
    const outlineAt = (deg: number) => {
      avatar.setGhost({ exerciseId: 'E08', primaryRad: deg * RAD });
      return find(picture(), isTarget).count;
    };
    const together = outlineAt(20);
    expect(outlineAt(-15)).toBeGreaterThan(100);
    expect(together).toBeLessThan(outlineAt(-15) / 10);
    avatar.setGhost(null);
    expect(find(picture(), isTarget).count).toBe(0);
  });

  it('changes its colours with the theme', () => {
    avatar.setPosture('standing');
    const mean = () => picture().reduce((sum, value, i) => (i % 4 === 3 ? sum : sum + value), 0);
    const light = mean();
    avatar.setTheme('dark');
    expect(mean()).toBeLessThan(0.8 * light);
  });

  it('draws every exercise at both ends and in the middle, to each side', () => {
    const pose = new Float64Array(20);
    for (const exerciseId of EXERCISE_IDS) {
      const definition = motionDefinition(exerciseId);
      avatar.setPosture(definition.posture);
      for (const side of ['left', 'right'] as const)
        for (const share of [-1, 0, 1]) {
          const primaryRad = share * definition.usualMaximumDeg * RAD;
          avatar.setSegments(segmentPoseInto(pose, definition, primaryRad, side));
          avatar.setGhost({ exerciseId, primaryRad: -primaryRad, side });
          avatar.setArc({
            exerciseId,
            primaryRad,
            targetRad: primaryRad,
            lastPeakRad: primaryRad * 0.9,
            side,
          });
          expect(find(picture(), anything).count).toBeGreaterThan(0.04 * WIDTH * HEIGHT);
        }
    }
  });

  it('follows the size of its canvas', () => {
    avatar.resize(120, 90, 2);
    expect([canvas.width, canvas.height]).toEqual([240, 180]);
    expect(find(picture(), anything).count).toBeGreaterThan(1000);
    avatar.resize(0, 0, 1);
    expect(() => avatar.render()).not.toThrow();
  });

  it('is not empty when its size has changed and no frame has come since', () => {
    avatar.render();
    avatar.resize(120, 90, 2);
    expect(find(shown(), anything).count).toBeGreaterThan(1000);
  });

  it('tells how long the script of one frame takes', () => {
    avatar.setPosture('sittingArmsCrossed');
    avatar.setWorn(['upperBack', 'lowerBack']);
    const definition = motionDefinition('E01');
    const pose = new Float64Array(20);
    const frames = 20;
    let start = 0;
    for (let i = -1; i < frames; i++) {
      if (i === 0) start = performance.now(); // the first picture compiles the shaders
      const primaryRad = Math.sin(i / 10) * 40 * RAD;
      avatar.setSegments(segmentPoseInto(pose, definition, primaryRad));
      avatar.setGhost({ exerciseId: 'E01', primaryRad });
      avatar.setArc({ exerciseId: 'E01', primaryRad, targetRad: 36 * RAD, lastPeakRad: null });
      avatar.render();
    }
    const perFrameMs = (performance.now() - start) / frames;
    console.info(`avatar: ${perFrameMs.toFixed(2)} ms of script per frame, drawing calls included`);
    expect(find(picture(), isTarget).count).toBeGreaterThan(0);
  });
});

describe('disposing of the avatar', () => {
  /** Counts what is alive on the graphics card, by kind. */
  function watch(): { alive: Map<string, number>; stop: () => void } {
    const prototype = WebGL2RenderingContext.prototype;
    const alive = new Map<string, number>();
    const originals: (() => void)[] = [];
    for (const kind of [
      'Buffer',
      'VertexArray',
      'Program',
      'Texture',
      'Framebuffer',
      'Renderbuffer',
    ] as const) {
      alive.set(kind, 0);
      for (const [verb, step] of [
        ['create', 1],
        ['delete', -1],
      ] as const) {
        const name = `${verb}${kind}` as const;
        const original = prototype[name] as (...values: unknown[]) => unknown;
        originals.push(() =>
          Object.defineProperty(prototype, name, { value: original, writable: true, configurable: true }),
        );
        Object.defineProperty(prototype, name, {
          configurable: true,
          writable: true,
          value: function (this: WebGL2RenderingContext, ...values: unknown[]) {
            if (step === 1 || values[0]) alive.set(kind, (alive.get(kind) ?? 0) + step);
            return original.apply(this, values);
          },
        });
      }
    }
    return { alive, stop: () => originals.forEach((restore) => restore()) };
  }

  it('gives back buffers, programs and textures, again and again on one canvas', () => {
    avatar.dispose();
    const { alive, stop } = watch();
    try {
      const left: number[] = [];
      for (let round = 0; round < 2; round++) {
        avatar = mount();
        avatar.setPosture(round % 2 === 0 ? 'heelSit' : 'sitting');
        avatar.setWorn(['upperBack', 'lowerBack', 'upperArmRight']);
        const exerciseId = round % 2 === 0 ? 'E02' : 'E05';
        avatar.setGhost({ exerciseId, primaryRad: 0.2 });
        avatar.setArc({ exerciseId, primaryRad: 0.1, targetRad: 0.4, lastPeakRad: 0.3 });
        expect(find(picture(), anything).count).toBeGreaterThan(1000);
        avatar.setArc({ exerciseId, primaryRad: 0.1, targetRad: 0.3, lastPeakRad: 0.3 });
        avatar.setPosture('standing');
        expect(alive.get('Buffer')).toBeGreaterThan(10);
        avatar.render();
        avatar.dispose();
        left.push(alive.get('Texture') ?? 0);
        expect(alive.get('Buffer')).toBe(0);
        expect(alive.get('VertexArray')).toBe(0);
        expect(alive.get('Program')).toBe(0);
      }
      // three keeps a few one-pixel textures per renderer, which go with the context
      expect(left[0]).toBeLessThanOrEqual(4);
    } finally {
      stop();
      avatar = mount();
    }
  });
});
