import type { ClinicPlan } from './clinic-plan.ts';

export type ClinicEvent =
  /** The person took a plan that their clinic signed: from here on it holds. */
  | {
      readonly kind: 'clinicPlanTaken';
      readonly plan: ClinicPlan;
      /** SHA-256 of its canonical text, hexadecimal. */
      readonly digest: string;
      readonly clinicName: string;
    }
  | {
      readonly kind: 'clinicMessage';
      readonly messageId: string;
      readonly from: 'clinic' | 'patient';
      readonly text: string;
      readonly writtenAtUtc: string;
    };
