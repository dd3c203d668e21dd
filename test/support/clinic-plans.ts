import type { ClinicPlan } from '../../src/core/care/clinic/clinic-plan.ts';
import { fromTemplate } from '../../src/core/care/clinic/plan-templates.ts';

/** A plan that a clinic could sign, made from a template. */
export function clinicPlan(change: Partial<ClinicPlan> = {}): ClinicPlan {
  return {
    planId: 'plan-1',
    version: 1,
    previousDigest: null,
    patientId: 'patient-1',
    patientName: 'Ana',
    author: 'A. Tester',
    madeAtUtc: '2026-11-26T10:00:00.000Z',
    reviewDay: 20_028,
    ...fromTemplate('move', [{ place: 'upperBack', site: '', strap: '' }]),
    ...change,
  };
}
