import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BROKEN_FIXTURES, differences, expectedOf } from '../../src/cli/fixture-case.ts';
import { fixtureNames, readFixture } from '../../src/cli/fixture-folder.ts';

const ROOT = join(import.meta.dirname, '../../fixtures');
const names = fixtureNames(ROOT);
/** What the project promises of simulated sessions at usual noise. */
const ROM_TOLERANCE_DEG = 3;

/** Every committed recording goes through the door that the radio uses: the live pipeline, packet by packet. */
describe('committed recordings', () => {
  it('exist', () => {
    expect(names.length).toBeGreaterThanOrEqual(6);
  });

  describe.each(names)('%s', (name) => {
    const fixture = readFixture(ROOT, name);
    const result = expectedOf(fixture.recording);

    it('gives its golden result', () => {
      expect(differences(result, fixture.expected)).toEqual([]);
    });

    it.runIf(fixture.truth !== null && !BROKEN_FIXTURES.includes(name))(
      'counts what was done and measures it',
      () => {
        expect(result.sets.length).toBe(fixture.truth!.sets.length);
        fixture.truth!.sets.forEach((set, i) => {
          const counted = result.sets[i]!.reps.filter((repetition) => repetition.counted);
          expect(counted.map((repetition) => repetition.side)).toEqual(set.reps.map((one) => one.side));
          for (const side of new Set(set.reps.map((one) => one.side))) {
            const meanOf = (reps: readonly { side: string; peak_deg: number | null }[]): number => {
              const peaks = reps.filter((one) => one.side === side).map((one) => one.peak_deg!);
              return peaks.reduce((sum, peak) => sum + peak, 0) / peaks.length;
            };
            expect(Math.abs(meanOf(counted) - meanOf(set.reps))).toBeLessThanOrEqual(ROM_TOLERANCE_DEG);
          }
        });
      },
    );
  });

  it('say what a bad radio lost and cut, and count no less for it', () => {
    const { recording } = readFixture(ROOT, 'bad-radio');
    const result = expectedOf(recording);
    expect(result.sensors.every((sensor) => sensor.missing_fraction > 0.005)).toBe(true);
    expect(result.sensors.some((sensor) => sensor.rejected_packets > 0)).toBe(true);
  });

  it('flag a silence and never count over it', () => {
    const { recording, truth } = readFixture(ROOT, 'lost-signal');
    const result = expectedOf(recording);
    expect(result.flags).toContain('GAP');
    expect(result.sensors[0]!.missing_fraction).toBeGreaterThan(0.02);
    const counted = result.sets[0]!.reps.filter((repetition) => repetition.counted);
    expect(counted.length).toBeGreaterThan(0);
    expect(counted.length).toBeLessThan(truth!.sets[0]!.reps.length);
  });
});
