import { csvLines } from '../core/export/csv.ts';
import type { AuditEntry } from '../core/recording/audit-chain.ts';

const HEADER = ['order', 'at_utc', 'who', 'deed', 'patient_id', 'detail', 'previous_digest', 'digest'];

/** The log for a spreadsheet, or to be compared later with what stands here then. */
export function auditTable(entries: readonly AuditEntry[]): string {
  return csvLines(
    HEADER,
    entries.map(({ order, atUtc, who, deed, patientId, detail, previousDigest, digest }) => [
      order,
      atUtc,
      who,
      deed,
      patientId,
      detail,
      previousDigest,
      digest,
    ]),
  );
}
