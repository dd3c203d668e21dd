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
  /** The person follows the clinic's plan no longer: the rules and their own limits hold again. */
  | { readonly kind: 'clinicPlanLeft'; readonly planId: string; readonly version: number }
  | {
      readonly kind: 'clinicMessage';
      readonly messageId: string;
      readonly from: 'clinic' | 'patient';
      readonly text: string;
      readonly writtenAtUtc: string;
    };
