import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  doubledVersions,
  emptyContent,
  type HandOverContent,
  mergeContent,
  newestPlan,
} from '../../../src/core/recording/clinic-record.ts';
import { clinicPlan } from '../../support/clinic-plans.ts';

const utc = (minute: number) => new Date(Date.UTC(2026, 10, 26, 10, minute)).toISOString();
const small = fc.integer({ min: 0, max: 4 });
const contents: fc.Arbitrary<HandOverContent> = fc.record({
  patientId: fc.constant('patient-1'),
  plans: fc.array(
    fc
      .record({ version: fc.integer({ min: 1, max: 4 }), minute: small, painCeiling: small })
      .map(({ version, minute, painCeiling }) =>
        clinicPlan({ version, painCeiling, madeAtUtc: utc(minute) }),
      ),
  ),
  passports: fc.constant([]),
  messages: fc.array(
    fc.record({
      messageId: small.map(String),
      from: fc.constantFrom('clinic', 'patient'),
      text: small.map((n) => `text ${n}`),
      writtenAtUtc: small.map(utc),
    }),
  ),
  journal: fc.array(
    fc.record({
      entryId: small.map(String),
      order: small,
      atUtcMs: small,
      day: small,
      event: fc.constant({ kind: 'cameIn' } as const),
    }),
  ),
});

describe('laying two copies together', () => {
  it('is the same whichever comes first, and however often @slow', () => {
    fc.assert(
      fc.property(contents, contents, contents, (a, b, c) => {
        const merged = mergeContent(a, b);
        expect(mergeContent(b, a)).toEqual(merged);
        expect(mergeContent(merged, merged)).toEqual(merged);
        expect(mergeContent(merged, a)).toEqual(merged);
        expect(mergeContent(mergeContent(a, b), c)).toEqual(mergeContent(a, mergeContent(b, c)));
      }),
      { numRuns: 60 },
    );
  });

  it('loses nothing of either and adds nothing @slow', () => {
    fc.assert(
      fc.property(contents, contents, (a, b) => {
        const merged = mergeContent(a, b);
        for (const list of ['plans', 'messages'] as const) {
          for (const item of [...a[list], ...b[list]]) expect(merged[list]).toContainEqual(item);
          for (const item of merged[list]) expect([...a[list], ...b[list]]).toContainEqual(item);
        }
        const ids = new Set([...a.journal, ...b.journal].map(({ entryId }) => entryId));
        expect(new Set(merged.journal.map(({ entryId }) => entryId))).toEqual(ids);
        expect(merged.journal).toHaveLength(ids.size);
        for (const entry of merged.journal) expect([...a.journal, ...b.journal]).toContainEqual(entry);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps two versions of the same number, and the later one holds', () => {
    const here = clinicPlan({ version: 2, madeAtUtc: utc(1), painCeiling: 2 });
    const there = clinicPlan({ version: 2, madeAtUtc: utc(2), painCeiling: 3 });
    const of = (...plans: HandOverContent['plans']) => ({ ...emptyContent('patient-1'), plans });
    const { plans } = mergeContent(of(clinicPlan(), there), of(here));
    expect(doubledVersions(plans)).toEqual([2]);
    expect(newestPlan(plans)).toEqual(there);
    expect(newestPlan([])).toBeNull();
  });
});
