import { useEffect, useRef, useState } from 'react';
import { Trans } from '@lingui/react/macro';
import type uPlot from 'uplot';
import { DEG_PER_RAD } from '../../core/math/angle.ts';
import { useTheme } from '../theme.ts';

export interface AnglePlotProps {
  readonly label: string;
  readonly timeS: Float64Array;
  readonly angleRad: Float64Array;
  readonly halfWidth95Rad: Float64Array;
  /** Repetitions to mark: time of the peak, s. */
  readonly marks: readonly { readonly timeS: number; readonly counted: boolean }[];
  /** Where the playhead stands, s; null hides it. Set without drawing the whole plot again. */
  readonly playhead: { readonly current: number | null };
  readonly onSeek: (timeS: number) => void;
}

/** Nulls stand for gaps: the line and the band stop there, and a hatch fills the hole. */
function toDegrees(values: Float64Array, add: Float64Array | null, sign: number): (number | null)[] {
  return Array.from(values, (value, index) => {
    const sum = add === null ? value : value + sign * (add[index] ?? NaN);
    return Number.isFinite(sum) ? sum * DEG_PER_RAD : null;
  });
}

/** An angle over the whole session with its 95 % band. uPlot is loaded when the first plot is shown. */
export function AnglePlot(props: AnglePlotProps) {
  const { label, timeS, angleRad, halfWidth95Rad, marks, playhead, onSeek } = props;
  const box = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  const seek = useRef(onSeek);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    seek.current = onSeek;
  }, [onSeek]);

  useEffect(() => {
    const place = box.current;
    if (place === null) return undefined;
    let over = false;
    let plot: uPlot | null = null;
    let handle = 0;
    let observer: ResizeObserver | null = null;
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const ink = {
      primary: colour('--primary'),
      line: colour('--line'),
      text: colour('--ink-2'),
      hatch: colour('--line-2'),
      target: colour('--target'),
      soft: colour('--primary-soft'),
      paper: colour('--surface'),
    };
    const font = '14px "Atkinson Hyperlegible Next Variable", sans-serif';

    const drawGaps = (u: uPlot) => {
      const { ctx, bbox } = u;
      ctx.save();
      ctx.beginPath();
      ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
      ctx.clip();
      ctx.strokeStyle = ink.hatch;
      ctx.lineWidth = devicePixelRatio;
      let from = -1;
      const spacing = 7 * devicePixelRatio;
      for (let i = 0; i <= angleRad.length; i++) {
        const gap = i < angleRad.length && !Number.isFinite(angleRad[i]);
        if (gap && from < 0) from = i;
        if (!gap && from >= 0) {
          const x0 = u.valToPos(timeS[Math.max(0, from - 1)] ?? 0, 'x', true);
          const x1 = u.valToPos(timeS[Math.min(i, timeS.length - 1)] ?? 0, 'x', true);
          from = -1;
          if (x1 - x0 < 2) continue;
          ctx.save();
          ctx.beginPath();
          ctx.rect(x0, bbox.top, x1 - x0, bbox.height);
          ctx.clip();
          ctx.beginPath();
          for (let x = x0 - bbox.height; x < x1; x += spacing) {
            ctx.moveTo(x, bbox.top + bbox.height);
            ctx.lineTo(x + bbox.height, bbox.top);
          }
          ctx.globalAlpha = 0.55;
          ctx.stroke();
          ctx.restore();
        }
      }
      ctx.restore();
    };
    const drawMarks = (u: uPlot) => {
      const { ctx, bbox } = u;
      // On a narrow plot marks shrink before they run into each other.
      const places = marks.map((mark) => u.valToPos(mark.timeS, 'x', true)).sort((a, b) => a - b);
      const closest = Math.min(...places.slice(1).map((x, i) => x - (places[i] ?? x)));
      const radius = Math.max(2.5, Math.min(5, closest / devicePixelRatio / 2 - 1.5));
      for (const mark of marks) {
        const x = u.valToPos(mark.timeS, 'x', true);
        ctx.beginPath();
        ctx.arc(x, bbox.top + 8 * devicePixelRatio, radius * devicePixelRatio, 0, 2 * Math.PI);
        ctx.lineWidth = Math.min(2, radius / 2) * devicePixelRatio;
        ctx.strokeStyle = mark.counted ? ink.primary : ink.hatch;
        ctx.fillStyle = mark.counted ? ink.primary : ink.paper;
        ctx.fill();
        ctx.stroke();
      }
    };

    Promise.all([import('uplot'), import('uplot/dist/uPlot.min.css')])
      .then(([{ default: Plot }]) => {
        if (over) return;
        const axis = {
          stroke: ink.text,
          font,
          grid: { stroke: ink.line, width: 1 },
          ticks: { show: false },
        };
        plot = new Plot(
          {
            width: place.clientWidth,
            height: 240,
            cursor: { y: false, drag: { x: true, y: false }, points: { show: false } },
            legend: { show: false },
            scales: { x: { time: false } },
            axes: [
              {
                ...axis,
                grid: { show: false },
                size: 34,
                values: (_u, ticks) => ticks.map((tick) => `${tick} s`),
              },
              { ...axis, size: 48, values: (_u, ticks) => ticks.map((tick) => `${tick}°`) },
            ],
            bands: [{ series: [1, 2], fill: ink.soft }],
            // The line comes last, so that its band lies under it.
            series: [
              {},
              { stroke: 'transparent', width: 0, points: { show: false }, spanGaps: false },
              { stroke: 'transparent', width: 0, points: { show: false }, spanGaps: false },
              { stroke: ink.primary, width: 2.5, points: { show: false }, spanGaps: false },
            ],
            hooks: { drawClear: [drawGaps], draw: [drawMarks] },
          },
          [
            Array.from(timeS),
            toDegrees(angleRad, halfWidth95Rad, 1),
            toDegrees(angleRad, halfWidth95Rad, -1),
            toDegrees(angleRad, null, 1),
          ],
          place,
        );
        const head = document.createElement('div');
        head.className = 'playhead';
        plot.over.append(head);
        plot.over.addEventListener('click', () => {
          const at = plot?.posToVal(plot.cursor.left ?? 0, 'x');
          if (at !== undefined && Number.isFinite(at)) seek.current(at);
        });
        const follow = () => {
          const at = playhead.current;
          head.hidden = at === null;
          if (at !== null && plot !== null) head.style.transform = `translateX(${plot.valToPos(at, 'x')}px)`;
          handle = requestAnimationFrame(follow);
        };
        follow();
        observer = new ResizeObserver(() => plot?.setSize({ width: place.clientWidth, height: 240 }));
        observer.observe(place);
      })
      .catch(() => {
        if (!over) setFailed(true);
      });
    return () => {
      over = true;
      cancelAnimationFrame(handle);
      observer?.disconnect();
      plot?.destroy();
    };
  }, [timeS, angleRad, halfWidth95Rad, marks, theme, playhead]);

  if (failed)
    return (
      <p className="muted">
        <Trans>The plot could not be loaded. The table below holds the same moves.</Trans>
      </p>
    );
  return <div className="plot" ref={box} role="img" aria-label={label} />;
}
