import { patientReview, type PatientReview } from '../core/care/clinic/patient-review.ts';
import { newestPlan } from '../core/recording/clinic-record.ts';
import type { ClinicDesk, ClinicPatient } from './clinic-ports.ts';

/** The review of what the clinic has of a patient today. */
export function reviewOfPatient(
  { patientId, content, told }: ClinicPatient,
  desk: Pick<ClinicDesk, 'today' | 'dayOf'>,
): PatientReview {
  const signed = newestPlan(content.plans);
  return patientReview({
    patientId,
    journal: content.journal,
    plan: signed === null ? null : { signed, signedDay: desk.dayOf(signed.madeAtUtc) },
    told,
    today: desk.today(),
  });
}
