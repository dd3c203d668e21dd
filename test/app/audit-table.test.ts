import { expect, it } from 'vitest';
import { sha256 } from '../../src/adapters/hand-over/web-crypto.ts';
import { auditTable } from '../../src/app/audit-table.ts';
import { chained } from '../../src/core/recording/audit-chain.ts';

it('gives no spreadsheet a formula, whoever typed a name', async () => {
  const entry = await chained(
    {
      atUtc: '2026-11-26T10:00:00.000Z',
      who: '=HYPERLINK("x")',
      deed: 'fileRefused',
      patientId: 'patient-1',
      detail: '@a, b',
    },
    null,
    sha256,
  );
  const [head, line] = auditTable([entry]).split('\r\n');
  expect(head).toBe('order,at_utc,who,deed,patient_id,detail,previous_digest,digest');
  expect(line).toBe(
    `0,2026-11-26T10:00:00.000Z,"'=HYPERLINK(""x"")",fileRefused,patient-1,"'@a, b",,${entry.digest}`,
  );
});
