import { useEffect, useRef } from 'react';
import type uPlot from 'uplot';
import { DEG_PER_RAD } from '../../core/math/angle.ts';
import type { GuidedStep } from '../../core/bench/bench-step.ts';
import { TRACE_CAPACITY, type BenchSession } from '../stores/bench-session.ts';
import { useTheme } from '../theme.ts';

const DRAW_EVERY_MS = 100;
const FIELDS = 9;

/** Which three values a step lives by: gyroscope, accelerometer or magnetometer. */
const SHOWN: Readonly<Record<GuidedStep, 0 | 3 | 6>> = {
  radio: 3,
  still: 0,
  faces: 3,
  turns: 0,
  magnet: 6,
  drift: 0,
  ruler: 0,
};

/** The first unit's last seconds as it reads, x solid, y dashed, z dotted. Decoration for eyes: the words beside tell the same. */
export function BenchTrace({
  session,
  step,
  label,
}: {
  readonly session: BenchSession;
  readonly step: GuidedStep;
  readonly label: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  useEffect(() => {
    const place = box.current;
    if (place === null) return undefined;
    let over = false;
    let plot: uPlot | null = null;
    const offset = SHOWN[step];
    const scale = offset === 0 ? DEG_PER_RAD : 1;
    const read = (): uPlot.AlignedData => {
      const count = Math.min(session.traced, TRACE_CAPACITY);
      const rows = Array.from({ length: count }, (_, i) => (session.traced - count + i) % TRACE_CAPACITY);
      const values = (axis: number) =>
        rows.map((row) => scale * (session.trace[FIELDS * row + offset + axis] ?? NaN));
      return [rows.map((row) => session.traceS[row] ?? NaN), values(0), values(1), values(2)];
    };
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const axes = { stroke: colour('--ink-2'), grid: { stroke: colour('--line'), width: 1 } };
    void Promise.all([import('uplot'), import('uplot/dist/uPlot.min.css')]).then(([{ default: Plot }]) => {
      if (over) return;
      plot = new Plot(
        {
          width: place.clientWidth,
          height: 160,
          legend: { show: false },
          cursor: { show: false },
          scales: { x: { time: false } },
          axes: [
            { ...axes, show: false },
            { ...axes, size: 48 },
          ],
          series: [
            {},
            { stroke: colour('--primary'), width: 2 },
            { stroke: colour('--target'), width: 2, dash: [8, 4] },
            { stroke: colour('--ink-2'), width: 2, dash: [2, 4] },
          ],
        },
        read(),
        place,
      );
    });
    const timer = setInterval(() => plot?.setData(read()), DRAW_EVERY_MS);
    const observer = new ResizeObserver(() => plot?.setSize({ width: place.clientWidth, height: 160 }));
    observer.observe(place);
    return () => {
      over = true;
      clearInterval(timer);
      observer.disconnect();
      plot?.destroy();
    };
  }, [session, step, theme]);
  return <div ref={box} className="bench-trace" role="img" aria-label={label} />;
}
