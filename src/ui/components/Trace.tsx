import { useEffect, useImperativeHandle, useRef, type Ref } from 'react';
import { useTheme } from '../theme.ts';

export interface TraceHandle {
  /** Adds a value with the time it belongs to, and draws. Degrees (NaN: gap), ms of the window's clock. */
  push(nowMs: number, valueAtMs: number, valueDeg: number, targetDeg: number): void;
  /** Marks a counted repetition now. */
  mark(nowMs: number, label: string): void;
}

const WINDOW_MS = 30_000;
const STEP_MS = 50;
/** Values further apart than this are not joined. */
const GAP_MS = 500;
const CAPACITY = WINDOW_MS / STEP_MS + 2;

/** The last 30 seconds. A gap stays a gap: no line is drawn across it. */
export function Trace({
  handle,
  label,
  rangeDeg,
  ends,
}: {
  readonly handle: Ref<TraceHandle>;
  readonly label: string;
  readonly rangeDeg: number;
  /** What lies above zero, and what below; empty where the movement does not go. */
  readonly ends: readonly [above: string, below: string];
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const colours = useRef({ line: '', grid: '', text: '', target: '', soft: '', paper: '' });
  const data = useRef({
    atMs: new Float64Array(CAPACITY),
    valueDeg: new Float32Array(CAPACITY),
    next: 0,
    count: 0,
    lastMs: -Infinity,
    drawnMs: -Infinity,
    marks: [] as { readonly atMs: number; readonly label: string }[],
  });

  useEffect(() => {
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    colours.current = {
      line: colour('--primary'),
      grid: colour('--line'),
      text: colour('--ink-2'),
      target: colour('--target'),
      soft: colour('--target-soft'),
      paper: colour('--on-primary'),
    };
  }, [theme]);

  useImperativeHandle(handle, () => ({
    push(nowMs, valueAtMs, valueDeg, targetDeg) {
      const series = data.current;
      if (nowMs - series.drawnMs < STEP_MS) return;
      series.drawnMs = nowMs;
      if (valueAtMs - series.lastMs >= STEP_MS / 2) {
        series.lastMs = valueAtMs;
        series.atMs[series.next] = valueAtMs;
        series.valueDeg[series.next] = valueDeg;
        series.next = (series.next + 1) % CAPACITY;
        series.count = Math.min(CAPACITY, series.count + 1);
      }
      if (canvas.current !== null) draw(canvas.current, nowMs, targetDeg);
    },
    mark(nowMs, text) {
      data.current.marks.push({ atMs: nowMs, label: text });
      if (data.current.marks.length > 12) data.current.marks.shift();
    },
  }));

  const draw = (surface: HTMLCanvasElement, nowMs: number, targetDeg: number) => {
    const width = surface.clientWidth;
    const height = surface.clientHeight;
    const ratio = Math.min(devicePixelRatio, 2);
    if (surface.width !== Math.round(width * ratio) || surface.height !== Math.round(height * ratio)) {
      surface.width = Math.round(width * ratio);
      surface.height = Math.round(height * ratio);
    }
    const context = surface.getContext('2d');
    if (context === null || width === 0) return;
    const roomy = height > 110;
    const left = roomy ? 44 : 34;
    const right = width - 10;
    const top = roomy ? 30 : 8;
    const bottom = height - (roomy ? 26 : 6);
    const x = (atMs: number) => right - ((nowMs - atMs) / WINDOW_MS) * (right - left);
    const y = (deg: number) => (top + bottom) / 2 - (deg / rangeDeg) * ((bottom - top) / 2);
    const { line, grid, text, target, soft, paper } = colours.current;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.font = '14px "Atkinson Hyperlegible Next Variable", sans-serif';
    context.textBaseline = 'middle';
    if (Number.isFinite(targetDeg)) {
      context.fillStyle = soft;
      context.fillRect(left, y(1.15 * targetDeg), right - left, y(0.85 * targetDeg) - y(1.15 * targetDeg));
      context.strokeStyle = target;
      context.lineWidth = 2;
      context.beginPath();
      context.moveTo(left, y(targetDeg));
      context.lineTo(right, y(targetDeg));
      context.stroke();
    }
    context.strokeStyle = grid;
    context.fillStyle = text;
    context.lineWidth = 1;
    context.textAlign = 'right';
    const steps = roomy ? [-1, -0.5, 0, 0.5, 1] : [-1, 0, 1];
    for (const step of steps) {
      const deg = step * Math.floor(rangeDeg / 10) * 10;
      context.beginPath();
      context.moveTo(left, y(deg));
      context.lineTo(right, y(deg));
      context.stroke();
      if (roomy || step === 0) context.fillText(`${Math.abs(Math.round(deg))}°`, left - 8, y(deg));
    }
    context.textAlign = 'left';
    context.fillText(ends[0], left + 6, top + (roomy ? 12 : 6));
    context.fillText(ends[1], left + 6, bottom - (roomy ? 12 : 6));
    const series = data.current;
    context.strokeStyle = line;
    context.lineWidth = 3;
    context.lineJoin = 'round';
    context.beginPath();
    let down = false;
    let previousMs = -Infinity;
    for (let i = 0; i < series.count; i++) {
      const at = (series.next - series.count + i + CAPACITY) % CAPACITY;
      const deg = series.valueDeg[at] ?? NaN;
      const atMs = series.atMs[at] ?? NaN;
      if (!Number.isFinite(deg) || nowMs - atMs > WINDOW_MS) {
        down = false;
        continue;
      }
      if (atMs - previousMs > GAP_MS) down = false;
      previousMs = atMs;
      const limited = Math.max(-rangeDeg, Math.min(rangeDeg, deg));
      if (down) context.lineTo(x(atMs), y(limited));
      else context.moveTo(x(atMs), y(limited));
      down = true;
    }
    context.stroke();
    if (!roomy) return;
    context.textAlign = 'center';
    context.font = '650 14px "Atkinson Hyperlegible Next Variable", sans-serif';
    for (const mark of series.marks) {
      if (nowMs - mark.atMs > WINDOW_MS) continue;
      context.fillStyle = line;
      context.beginPath();
      context.arc(x(mark.atMs), 13, 11, 0, 2 * Math.PI);
      context.fill();
      context.fillStyle = paper;
      context.fillText(mark.label, x(mark.atMs), 14);
    }
  };

  return <canvas ref={canvas} role="img" aria-label={label} />;
}
