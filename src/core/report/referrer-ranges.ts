import type { Verdict } from '../care/outcomes/change-verdict.ts';
import type { ProgressSeries, SeriesPoint } from '../care/outcomes/progress-tiles.ts';
import type { Side } from '../exercise/motion-definition.ts';
import { readLayout, type ReadLayout } from './care-report.ts';
import { judgeSides, type SideDifference } from './range-change.ts';

/** A figure of a range, deg, with where it lies 19 times out of 20. */
export interface RangeFigure {
  readonly valueDeg: number;
  readonly lowDeg: number;
  readonly highDeg: number;
}

export interface DatedRange extends RangeFigure {
  readonly day: number;
}

/** One range of one side with one kit: the start, now, and what may be said of the way between. */
export interface RangeRow {
  readonly metric: string;
  readonly side: Side | null;
  readonly latest: DatedRange;
  /** Null while there is a single test. */
  readonly first: DatedRange | null;
  /** Latest less first; null with it. */
  readonly change: RangeFigure | null;
  /** A smaller change is none; null: no verdict is given, as for a kit that is no longer used. */
  readonly neededDeg: number | null;
  readonly verdict: Verdict | null;
}

/** Left less right of one test day. */
export interface SideRow {
  readonly metric: string;
  readonly day: number;
  readonly difference: RangeFigure;
  /** Of the larger side, 0 to 1. */
  readonly share: number;
  readonly verdict: SideDifference;
}

/** Everything that was measured with the sensors in the same places. Nothing crosses from one to another. */
export interface RangeTable {
  readonly layout: string;
  readonly worn: ReadLayout;
  readonly isPresent: boolean;
  readonly rows: readonly RangeRow[];
  readonly sides: readonly SideRow[];
}

type RangeSeries = ProgressSeries & { readonly name: { readonly kind: 'range' } };

/**
 * One table for each place of the sensors, that of the ranges used now first.
 *
 * @param mostLines in all tables together: rows, side differences, and one above each table for where the sensors sat
 * @returns with how many rows there was no room for
 */
export function rangeTables(
  series: readonly ProgressSeries[],
  mostLines: number,
): { readonly tables: readonly RangeTable[]; readonly leftOut: number } {
  const byLayout = new Map<string, RangeSeries[]>();
  for (const one of series.filter(isRange)) {
    const own = byLayout.get(one.name.layout) ?? [];
    byLayout.set(one.name.layout, own);
    own.push(one);
  }
  let room = mostLines,
    leftOut = 0;
  const tables: RangeTable[] = [];
  for (const [layout, own] of byLayout) {
    const rows = own.flatMap(rangeRow);
    const sides = sideRows(own);
    // A comparison of sides without both of them could not be followed.
    const shown = rows.slice(0, Math.max(0, room - 1));
    const shownSides = shown.length < rows.length ? [] : sides.slice(0, Math.max(0, room - 1 - shown.length));
    if (shown.length > 0) room -= 1 + shown.length + shownSides.length;
    leftOut += rows.length - shown.length + (sides.length - shownSides.length);
    if (shown.length > 0)
      tables.push({
        layout,
        worn: readLayout(layout),
        isPresent: shown.some(({ verdict }) => verdict !== null),
        rows: shown,
        sides: shownSides,
      });
  }
  return { tables, leftOut };
}

function isRange(series: ProgressSeries): series is RangeSeries {
  return series.name.kind === 'range';
}

function rangeRow({ name, points, start, needed, verdict }: RangeSeries): readonly RangeRow[] {
  const last = points.at(-1);
  const latest = last === undefined ? null : dated(last);
  if (latest === null) return [];
  const from = points.find(({ day }) => day === start?.day);
  const first = from === undefined || from.day === latest.day ? null : dated(from);
  const { metric, side } = name;
  const change = first === null ? null : difference(latest, first);
  return [{ metric, side, latest, first, change, neededDeg: needed, verdict }];
}

function sideRows(own: readonly RangeSeries[]): readonly SideRow[] {
  return own.flatMap((left): readonly SideRow[] => {
    if (left.name.side !== 'left') return [];
    const right = own.find(({ name }) => name.metric === left.name.metric && name.side === 'right');
    const l = left.points.at(-1),
      r = right?.points.at(-1);
    // Sides of different days would compare days, not sides.
    if (l === undefined || r === undefined || l.day !== r.day || left.needed === null) return [];
    const [a, b] = [dated(l), dated(r)];
    if (a === null || b === null) return [];
    const larger = Math.max(a.valueDeg, b.valueDeg);
    if (!(larger > 0)) return [];
    const between = difference(a, b);
    const needed = Math.max(left.needed, (between.highDeg - between.lowDeg) / 2);
    return [
      {
        metric: left.name.metric,
        day: l.day,
        difference: between,
        share: Math.abs(between.valueDeg) / larger,
        verdict: judgeSides(a.valueDeg, b.valueDeg, needed),
      },
    ];
  });
}

/** Null where the interval is missing: a range without one is not shown. */
function dated({ day, value, interval }: SeriesPoint): DatedRange | null {
  return interval === null ? null : { day, valueDeg: value, lowDeg: interval[0], highDeg: interval[1] };
}

/** Errors of two tests are taken as independent of each other. */
function difference(after: RangeFigure, before: RangeFigure): RangeFigure {
  const valueDeg = after.valueDeg - before.valueDeg;
  const halfDeg = Math.hypot(halfWidth(after), halfWidth(before));
  return { valueDeg, lowDeg: valueDeg - halfDeg, highDeg: valueDeg + halfDeg };
}

function halfWidth({ lowDeg, highDeg }: RangeFigure): number {
  return (highDeg - lowDeg) / 2;
}
