import { PATHS, type Path } from './simulated-body.ts';
import type { MovementLine, SimulationReport } from './simulation-summary.ts';

/** Names for people, in the order of the page. */
const MOVEMENTS: Readonly<Record<MovementLine['movement'], string>> = {
  flexion: 'flexion',
  extension: 'extension',
  lateral: 'side bend',
  rotation: 'rotation, seated',
  lockedRotation: 'rotation, kneeling',
  armElevation: 'arm elevation',
};
const LAYOUTS: Readonly<Record<string, string>> = {
  'upperBack+pelvis': '+ pelvis',
  'upperBack+lowerBack': '+ lower back',
  upperBack: 'upper back',
  'upperBack+upperArmLeft+upperArmRight': '+ arms',
  'upperArmLeft+upperArmRight': 'arms alone',
};
const PATH_NAMES: Readonly<Record<Path, string>> = {
  live: 'screen',
  'stated mounting': 'report',
  'found mounting': 'report, mounting found',
};

interface Row {
  readonly name: string;
  readonly layout: string;
  readonly qualityClass: string;
  readonly byPath: ReadonlyMap<Path, MovementLine>;
}

function rowsOf(report: SimulationReport): Row[] {
  return (Object.keys(MOVEMENTS) as MovementLine['movement'][]).flatMap((movement) =>
    Object.keys(LAYOUTS).flatMap((layout): Row[] => {
      const own = report.movements.filter((line) => line.movement === movement && line.layout === layout);
      const [first] = own;
      if (first === undefined) return [];
      return [
        {
          name: MOVEMENTS[movement],
          layout: LAYOUTS[layout] ?? layout,
          qualityClass: first.quality_class,
          byPath: new Map(own.filter((line) => line.n > 0).map((line) => [line.path, line])),
        },
      ];
    }),
  );
}

/** The table of docs/measurement-validity.md, from the figures of one run. `date` as YYYY-MM-DD. */
export function simulationMarkdown(report: SimulationReport, date: string): string {
  const cells = (row: Row, path: Path): string[] => {
    const line = row.byPath.get(path);
    if (line === undefined) return ['–', '–', '–'];
    const error = path === 'live' ? line.p95_error_deg : line.p95_centre_error_deg;
    return [degrees(error), degrees(line.median_half_width_deg), percent(line.coverage95, 1)];
  };
  const pooledOf = (path: Path | 'all') => report.pooled.find((line) => line.path === path);
  const pooled = (path: Path | 'all'): string => percent(pooledOf(path)?.coverage95 ?? null, 1);
  const miscounted = (path: Path): string => percent(pooledOf(path)?.wrong_count ?? null, 1);
  const leftOut = (path: Path): string => percent(pooledOf(path)?.left_out ?? null, 0);
  const slips = (path: Path) => {
    const own = report.slips.filter((line) => line.path === path);
    const sum = (
      key:
        | 'flagged'
        | 'slipped'
        | 'flagged_over_8_deg'
        | 'slipped_over_8_deg'
        | 'falsely_flagged'
        | 'not_slipped',
    ) => own.reduce((total, line) => total + line[key], 0);
    return `${PATH_NAMES[path]} ${sum('flagged_over_8_deg')} of ${sum('slipped_over_8_deg')} over 8 deg, ${sum('flagged')} of all ${sum('slipped')}, ${sum('falsely_flagged')} of ${sum('not_slipped')} without one`;
  };
  const rows = rowsOf(report).map(
    (row) =>
      `| ${[row.name, row.layout, row.qualityClass, ...PATHS.flatMap((path) => cells(row, path))].join(' | ')} |`,
  );
  const last = report.seed + report.runs - 1;
  return [
    `Seeds ${report.seed} to ${last}, ${date}, again with \`npm run -s evaluate -- simulation --runs ${report.runs} --seed ${report.seed}\`.`,
    '',
    '| movement | sensors | class | screen: error | +- | covers | report: error | +- | covers | mounting found: error | +- | covers |',
    '|---|---|---|---|---|---|---|---|---|---|---|---|',
    ...rows,
    '',
    `Pooled coverage ${pooled('all')} (screen ${pooled('live')}, mounting stated ${pooled('stated mounting')}, found ${pooled('found mounting')}).`,
    `In single directions of a layout with at least ${LEAST_BODIES} bodies: screen ${coverageSpan(report, ['live'])}, mounting stated ${coverageSpan(report, ['stated mounting'])}, found ${coverageSpan(report, ['found mounting'])}, all three together ${coverageSpan(report, PATHS)}.`,
    `Repetitions miscounted in ${miscounted('live')} of ranges on the screen, in ${miscounted('stated mounting')} in reports; directions left out where the mounting was to be found: ${leftOut('found mounting')}.`,
    `Slips flagged: ${slips('live')}; ${slips('stated mounting')}.`,
  ].join('\n');
}

/** Fewer say too little of a share near one. */
const LEAST_BODIES = 300;

/** Least and largest coverage of one direction of one layout, by these paths together. */
function coverageSpan(report: SimulationReport, paths: readonly Path[]): string {
  const bodies = new Map<string, { n: number; inside: number }>();
  for (const { layout, direction, path, n, coverage95 } of report.lines) {
    if (!paths.includes(path)) continue;
    const sum = bodies.get(`${layout} ${direction}`) ?? { n: 0, inside: 0 };
    bodies.set(`${layout} ${direction}`, { n: sum.n + n, inside: sum.inside + n * (coverage95 ?? 0) });
  }
  const shares = [...bodies.values()].filter(({ n }) => n >= LEAST_BODIES).map(({ n, inside }) => inside / n);
  if (shares.length === 0) return 'too few';
  return `${percent(Math.min(...shares), 1)} to ${percent(Math.max(...shares), 1)}`;
}

const WIDTH = 960;
const NAMES_WIDTH = 250;
const PANEL_WIDTH = 320;
const PANEL_GAP = 40;
const ROW_HEIGHT = 30;
const HEAD = 74;
const COLOURS: Readonly<Record<Path, string>> = {
  live: '#0f766e',
  'stated mounting': '#b45309',
  'found mounting': '#6d5bd0',
};
const LARGEST_DEG = 16;
const LEAST_COVERAGE = 0.8;

/** Error, stated half width and coverage of every movement and layout, as a picture. */
export function simulationSvg(report: SimulationReport, date: string): string {
  const rows = rowsOf(report);
  const height = HEAD + ROW_HEIGHT * rows.length + 40;
  const degX = (deg: number): number =>
    NAMES_WIDTH + (Math.min(deg, LARGEST_DEG) / LARGEST_DEG) * PANEL_WIDTH;
  const coverLeft = NAMES_WIDTH + PANEL_WIDTH + PANEL_GAP;
  const coverX = (share: number): number =>
    coverLeft + ((Math.max(LEAST_COVERAGE, share) - LEAST_COVERAGE) / (1 - LEAST_COVERAGE)) * PANEL_WIDTH;
  const bottom = HEAD + ROW_HEIGHT * rows.length;
  const parts: string[] = [
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    text(
      16,
      26,
      `${report.runs} simulated bodies: error, stated interval and coverage`,
      'font-size="17" font-weight="600"',
    ),
    text(NAMES_WIDTH, 62, '95 % of errors (dot) and median half width (bar), deg'),
    text(coverLeft, 62, 'true value inside the interval, with its 95 % range'),
    `<rect x="${coverX(0.93)}" y="${HEAD}" width="${coverX(0.97) - coverX(0.93)}" height="${bottom - HEAD}" fill="#0f766e" opacity="0.12"/>`,
  ];
  for (const deg of [0, 4, 8, 12, 16]) parts.push(tick(degX(deg), bottom, String(deg)));
  for (const share of [0.8, 0.85, 0.9, 0.95, 1])
    parts.push(tick(coverX(share), bottom, `${Math.round(100 * share)} %`));
  PATHS.forEach((path, k) => {
    const x = 560 + 110 * k;
    parts.push(
      `<circle cx="${x}" cy="22" r="5" fill="${COLOURS[path]}"/>`,
      text(x + 10, 26, PATH_NAMES[path]),
    );
  });
  rows.forEach((row, i) => {
    const top = HEAD + ROW_HEIGHT * i;
    if (i % 2 === 0)
      parts.push(
        `<rect x="0" y="${top}" width="${WIDTH}" height="${ROW_HEIGHT}" fill="#64748b" opacity="0.06"/>`,
      );
    parts.push(text(16, top + 19, `${row.name}, ${row.layout} (${row.qualityClass})`));
    PATHS.forEach((path, k) => {
      const line = row.byPath.get(path);
      if (line === undefined) return;
      const y = top + 7 + 8 * k,
        colour = COLOURS[path];
      const error = path === 'live' ? line.p95_error_deg : line.p95_centre_error_deg;
      const half = line.median_half_width_deg ?? 0;
      parts.push(
        `<rect x="${degX(0)}" y="${y - 2}" width="${fixed(degX(half) - degX(0))}" height="4" fill="${colour}" opacity="0.35"/>`,
        `<circle cx="${fixed(degX(error ?? 0))}" cy="${y}" r="3.5" fill="${colour}"/>`,
      );
      if (line.coverage95 === null) return;
      const [low, high] = wilson95(line.coverage95, line.n);
      parts.push(
        `<path d="M${fixed(coverX(low))} ${y}H${fixed(coverX(high))}" stroke="${colour}" stroke-width="1.5"/>`,
        `<circle cx="${fixed(coverX(line.coverage95))}" cy="${y}" r="3.5" fill="${colour}"/>`,
      );
    });
  });
  parts.push(
    text(
      16,
      height - 8,
      `Seeds ${report.seed} to ${report.seed + report.runs - 1}, ${date}. Left and right together; bodies whose sensor slipped are left out.`,
      'fill="#64748b"',
    ),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12" fill="#1e293b">\n${parts.join('\n')}\n</svg>\n`;
}

/** Wilson's 95 % interval of a share (Wilson 1927). */
function wilson95(share: number, n: number): [number, number] {
  const z2 = 1.96 ** 2;
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (1.96 / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  return [centre - half, Math.min(1, centre + half)];
}

function tick(x: number, bottom: number, label: string): string {
  return `<path d="M${fixed(x)} ${HEAD}V${bottom}" stroke="#64748b" opacity="0.25"/>${text(x, bottom + 16, label, 'text-anchor="middle" fill="#64748b"')}`;
}

function text(x: number, y: number, content: string, attributes = ''): string {
  return `<text x="${fixed(x)}" y="${fixed(y)}" ${attributes}>${content}</text>`;
}

function fixed(value: number): string {
  return String(Number(value.toFixed(1)));
}

/** Puts a block between its marks; null where the text has no such marks. */
export function withBlock(page: string, name: string, block: string): string | null {
  const begin = `<!-- ${name}: written by a command -->`,
    end = `<!-- ${name}: end -->`;
  const from = page.indexOf(begin),
    to = page.indexOf(end);
  if (from < 0 || to < from) return null;
  return `${page.slice(0, from + begin.length)}\n${block}\n${page.slice(to)}`;
}

function degrees(value: number | null): string {
  return value === null ? '–' : value.toFixed(1);
}

function percent(share: number | null, digits: number): string {
  return share === null ? '–' : `${(100 * share).toFixed(digits)} %`;
}
