import type { ProgressSeries } from '../../core/care/outcomes/progress-tiles.ts';
import { useProgressNumbers } from '../hooks/use-progress-numbers.ts';

const WIDTH = 600;
const HEIGHT = 290;
const LEFT = 44;
const RIGHT = 16;
const TOP = 12;
const BOTTOM = 30;
const POINTS_MOST = 10;

/** One line over the weeks, with the start and the band that days alone can make around it. */
export function ProgressChart({
  series,
  label,
}: {
  readonly series: ProgressSeries;
  readonly label: string;
}) {
  const { date, number } = useProgressNumbers(series.unit);
  const { points, start, needed } = series;
  const first = points[0],
    last = points.at(-1);
  if (first === undefined || last === undefined) return null;
  const spread = points.flatMap(({ value, interval }) => interval ?? [value]);
  if (start !== null && needed !== null) spread.push(start.value - needed, start.value + needed);
  const step = series.unit === 'points' ? 2 : tickStep(Math.max(...spread) - Math.min(...spread));
  const least = series.unit === 'points' ? 0 : Math.floor(Math.min(...spread) / step) * step;
  const most = series.unit === 'points' ? POINTS_MOST : Math.ceil(Math.max(...spread) / step) * step;
  const days = Math.max(1, last.day - first.day);
  const x = (day: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * (day - first.day)) / days;
  const y = (value: number): number =>
    TOP +
    (HEIGHT - TOP - BOTTOM) * (1 - (Math.max(least, Math.min(most, value)) - least) / (most - least || 1));
  const ticks = Array.from({ length: Math.round((most - least) / step) + 1 }, (_, i) => least + i * step);
  return (
    <svg className="progress-chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {start !== null && needed !== null && (
        <rect
          className="chart-band"
          x={LEFT}
          width={WIDTH - LEFT - RIGHT}
          y={y(start.value + needed)}
          height={Math.max(0, y(start.value - needed) - y(start.value + needed))}
        />
      )}
      {ticks.map((tick) => (
        <g key={tick}>
          <path className="chart-grid" d={`M${LEFT} ${y(tick)}H${WIDTH - RIGHT}`} />
          <text x={LEFT - 8} y={y(tick) + 5} textAnchor="end">
            {number(tick, 0)}
          </text>
        </g>
      ))}
      {start !== null && <path className="chart-start" d={`M${LEFT} ${y(start.value)}H${WIDTH - RIGHT}`} />}
      {points.length > 1 && (
        <path
          className="chart-line"
          d={points.map(({ day, value }, i) => `${i === 0 ? 'M' : 'L'}${x(day)} ${y(value)}`).join('')}
        />
      )}
      {points.map(({ day, value, interval }) => (
        <g key={day}>
          {interval !== null && (
            <path className="chart-interval" d={`M${x(day)} ${y(interval[0])}V${y(interval[1])}`} />
          )}
          <circle className="chart-point" cx={x(day)} cy={y(value)} r={points.length > 30 ? 3 : 5} />
        </g>
      ))}
      <text x={LEFT} y={HEIGHT - 6}>
        {date(first.day)}
      </text>
      {last.day > first.day && (
        <text x={WIDTH - RIGHT} y={HEIGHT - 6} textAnchor="end">
          {date(last.day)}
        </text>
      )}
    </svg>
  );
}

/** A round number of degrees that leaves four to eight lines. */
function tickStep(range: number): number {
  return [1, 2, 5, 10, 20].find((step) => range / step <= 6) ?? 40;
}
