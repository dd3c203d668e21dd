import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/adapters/hand-over/web-crypto.ts';
import {
  AUDIT_DEEDS,
  type AuditEntry,
  type AuditFact,
  brokenLinks,
  chained,
} from '../../../src/core/recording/audit-chain.ts';

const facts: fc.Arbitrary<AuditFact> = fc.record({
  atUtc: fc.integer({ min: 0, max: 1e12 }).map((ms) => new Date(ms).toISOString()),
  who: fc.string({ maxLength: 8 }),
  deed: fc.constantFrom(...AUDIT_DEEDS),
  patientId: fc.option(fc.string({ maxLength: 4 })),
  detail: fc.string({ maxLength: 8 }),
});

async function logOf(all: readonly AuditFact[]): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for (const fact of all) entries.push(await chained(fact, entries.at(-1) ?? null, sha256));
  return entries;
}

describe('the log behind the door', () => {
  it('is whole as it was written, whatever was done', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(facts, { maxLength: 12 }), async (all) => {
        expect(await brokenLinks(await logOf(all), sha256)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('shows each change of a field at its entry', async () => {
    const changes = fc.constantFrom<Partial<AuditEntry>>(
      { who: 'somebody else!' },
      { detail: 'something else!' },
      { patientId: 'another' },
      { atUtc: '1999-01-01T00:00:00.000Z' },
      { digest: '0'.repeat(64) },
      { previousDigest: 'f'.repeat(64) },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(facts, { minLength: 1, maxLength: 8 }),
        fc.nat(),
        changes,
        async (all, n, change) => {
          const entries = await logOf(all);
          const at = n % entries.length;
          const changed = entries.map((entry, i) => (i === at ? { ...entry, ...change } : entry));
          expect((await brokenLinks(changed, sha256))[0]).toEqual({ order: at, kind: 'changed' });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('shows where an entry was taken out, and that one was written anew over the old', async () => {
    const entries = await logOf(
      AUDIT_DEEDS.map((deed) => ({
        atUtc: '2026-01-01T00:00:00.000Z',
        who: 'A',
        deed,
        patientId: null,
        detail: '',
      })),
    );
    for (let at = 0; at < entries.length - 1; at++) {
      const without = entries.filter((_entry, i) => i !== at);
      expect(await brokenLinks(without, sha256)).toEqual([{ order: at + 1, kind: 'missing' }]);
      const forged = await chained({ ...entries[at]!, who: 'B' }, entries[at - 1] ?? null, sha256);
      const over = entries.map((entry, i) => (i === at ? forged : entry));
      expect(await brokenLinks(over, sha256)).toEqual([{ order: at + 1, kind: 'changed' }]);
    }
  });
});
