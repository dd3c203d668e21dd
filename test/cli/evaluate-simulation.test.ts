import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { evaluateBody, KITS } from '../../src/cli/evaluate/simulated-body.ts';
import { simulationMarkdown, simulationSvg, withBlock } from '../../src/cli/evaluate/simulation-docs.ts';
import { summarise } from '../../src/cli/evaluate/simulation-summary.ts';

const LONG = process.env.THORA_LONG !== undefined;
/** Two trunk sensors, a chest with both arms, and both arms alone. */
const FIRST_SEED = LONG ? 1 : 2;
const RUNS = LONG ? 2000 : 3;
const LEAST_SCORED = 300;
const LARGEST_P95_DEG = { A: 3, B: 6 } as const;

describe('evaluate simulation', () => {
  test(
    'every kit is asked by every path, and what is stated is about right',
    () => {
      const outcomes = Array.from({ length: RUNS }, (_, i) => evaluateBody(FIRST_SEED + i)).flat();
      const { lines, pooled } = summarise(outcomes, RUNS, FIRST_SEED);
      expect(new Set(lines.map((line) => line.layout)).size).toBe(Math.min(RUNS, KITS.length));
      const [all] = pooled;
      expect(all!.n).toBeGreaterThan(4 * RUNS);
      expect(all!.coverage95).toBeGreaterThan(LONG ? 0.93 : 0.8);
      if (!LONG) return;
      for (const line of lines) {
        if (line.n < LEAST_SCORED) continue;
        const name = `${line.layout}, ${line.path}, ${line.direction}`;
        expect.soft(line.coverage95, name).toBeGreaterThan(0.9);
        // Skin alone puts an arm's elevation beyond the limit: docs/measurement-validity.md.
        if (line.quality_class === 'C' || line.direction.startsWith('arm')) continue;
        expect.soft(line.p95_centre_error_deg, name).toBeLessThanOrEqual(LARGEST_P95_DEG[line.quality_class]);
      }
    },
    LONG ? 7_200_000 : undefined,
  );

  test('writes what it found as a table and as a picture', () => {
    const outcomes = evaluateBody(9);
    const report = summarise(outcomes, 1, 9);
    const table = simulationMarkdown(report, '2026-11-26');
    expect(table).toContain('Seeds 9 to 9, 2026-11-26');
    const both = report.movements.find((line) => line.path === 'live');
    expect(both?.movement).toBe('armElevation');
    expect(both?.n).toBe(2);
    expect(table).toContain(`| arm elevation | arms alone | C | ${both?.p95_error_deg?.toFixed(1)} |`);
    expect(table).toContain('at least 300 bodies: screen too few, ');
    const often = summarise(Array.from({ length: 300 }, () => outcomes).flat(), 300, 9);
    expect(simulationMarkdown(often, '2026-11-26')).toMatch(/screen (0|100)\.0 % to (0|100)\.0 %, mounting/);
    const picture = simulationSvg(report, '2026-11-26');
    expect(picture).not.toMatch(/NaN|undefined|Infinity/);
    expect(picture.match(/<svg/g)).toHaveLength(1);
    expect(picture.match(/arm elevation, arms alone/g)).toHaveLength(1);
  });

  test('replaces the figures of a page between their marks, and nothing else', () => {
    const page = 'a\n<!-- x: written by a command -->\nold\n<!-- x: end -->\nb\n';
    expect(withBlock(page, 'x', 'new')).toBe(
      'a\n<!-- x: written by a command -->\nnew\n<!-- x: end -->\nb\n',
    );
    expect(withBlock(page, 'y', 'new')).toBeNull();
  });

  test('names the option at fault', () => {
    const run = spawnSync('node', ['scripts/run-cli.mjs', 'evaluate', 'simulation', '--runs', '0'], {
      encoding: 'utf8',
    });
    expect(run.status).toBe(1);
    expect(run.stdout).toBe('');
    expect(run.stderr).toBe('evaluate: --runs: expected a whole number from 1, found "0"\n');
  });
});
