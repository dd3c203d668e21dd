import type { CarePlan, CarePlanActivity, Extension, Goal, Provenance, Timing } from 'fhir/r4';
import type { ClinicExercise, ClinicPlan } from '../../../core/care/clinic/clinic-plan.ts';
import { canonical } from '../../../core/recording/canonical-json.ts';
import { newestPlan, planDigest } from '../../../core/recording/clinic-record.ts';
import { type BusinessIdentifier, DOSE_URL, identifierOf, LIMITS_URL, STANDARD } from './fhir-names.ts';
import { dateOf, instantOf, instantOfUtc, local, logical, plainText, quantity } from './fhir-values.ts';
import type { Draft, MappingContext } from './mapped-resource.ts';

const DIGEST_DIGITS = 16;

/** Two plans with one number, made on two devices of a clinic, are two: the digest tells them apart. */
export function planIdentifier(
  { patientId, planId, version }: Pick<ClinicPlan, 'patientId' | 'planId' | 'version'>,
  digest: string,
): BusinessIdentifier {
  return identifierOf('plan', patientId, planId, version, digest.slice(0, DIGEST_DIGITS));
}

/** Every version as a CarePlan; the one that holds is active, the others are revoked. */
export async function planDrafts(
  plans: readonly ClinicPlan[],
  context: MappingContext,
): Promise<readonly Draft[]> {
  const newest = newestPlan(plans);
  const drafts = await Promise.all(
    plans.map(async (plan): Promise<readonly Draft[]> => {
      const identifier = planIdentifier(plan, await planDigest(plan, context.sha256));
      const goal = sessionsGoal(plan, identifier, context, plan === newest);
      return [
        carePlan(plan, identifier, goal.identifier, context, plan === newest),
        goal,
        provenance(plan, identifier, context),
      ];
    }),
  );
  return drafts.flat();
}

function carePlan(
  plan: ClinicPlan,
  identifier: BusinessIdentifier,
  goal: BusinessIdentifier,
  { patientReference }: MappingContext,
  holds: boolean,
): Draft {
  const madeAt = instantOfUtc(plan.madeAtUtc);
  const title = plainText(`Upper back plan, version ${plan.version}`);
  const note = plainText(plan.note);
  const author = plainText(plan.author);
  const resource: CarePlan = {
    resourceType: 'CarePlan',
    extension: [limitsOf(plan)],
    ...(plan.previousDigest === null
      ? {}
      : {
          replaces: [
            logical('CarePlan', planIdentifier({ ...plan, version: plan.version - 1 }, plan.previousDigest)),
          ],
        }),
    status: holds ? 'active' : 'revoked',
    intent: 'plan',
    category: [{ coding: [{ ...STANDARD.physicalTherapy }] }],
    ...(title === undefined ? {} : { title }),
    ...(note === undefined ? {} : { description: note }),
    subject: { reference: patientReference },
    ...(madeAt === undefined ? {} : { period: { start: madeAt }, created: madeAt }),
    ...(author === undefined ? {} : { author: { type: 'Practitioner', display: author } }),
    goal: [logical('Goal', goal)],
    activity: plan.exercises.map((exercise) => activityOf(exercise, plan, patientReference)),
  };
  return {
    resource,
    identifier,
    mode: 'newest',
    record: { kind: 'plan', value: plan, when: madeAt ?? instantOf(0) },
  };
}

function activityOf(
  exercise: ClinicExercise,
  { sessionsPerWeek }: ClinicPlan,
  patientReference: string,
): CarePlanActivity {
  const { sets, repetitions, holdS, restS, minutes, mostDeg, mode } = exercise;
  const dose = [
    minutes === null ? `${sets} x ${repetitions ?? 1}` : `${minutes} min`,
    ...(holdS > 0 ? [`hold ${holdS} s`] : []),
    ...(restS > 0 ? [`rest ${restS} s`] : []),
    ...(mostDeg === null ? [] : [`no further than ${mostDeg} deg`]),
    ...(exercise.variation === null ? [] : [`variation ${exercise.variation}`]),
  ];
  const timing = weekly(sessionsPerWeek);
  return {
    detail: {
      extension: [
        {
          url: DOSE_URL,
          extension: [
            { url: 'sets', valueDecimal: sets },
            ...(repetitions === null ? [] : [{ url: 'repetitions', valueDecimal: repetitions }]),
            { url: 'holdS', valueDecimal: holdS },
            { url: 'restS', valueDecimal: restS },
            ...(minutes === null ? [] : [{ url: 'minutes', valueDecimal: minutes }]),
            { url: 'targetShare', valueDecimal: exercise.targetShare },
            ...(mostDeg === null ? [] : [{ url: 'mostDeg', valueDecimal: mostDeg }]),
            { url: 'mode', valueCode: mode },
          ],
        },
      ],
      kind: 'ServiceRequest',
      code: local(exercise.exerciseId),
      status: 'scheduled',
      ...(timing === null ? { scheduledString: `${sessionsPerWeek} a week` } : { scheduledTiming: timing }),
      performer: [{ reference: patientReference }],
      description: dose.join(', '),
    },
  };
}

function weekly(sessionsPerWeek: number): Timing | null {
  if (!Number.isInteger(sessionsPerWeek) || sessionsPerWeek < 1) return null;
  return { repeat: { frequency: sessionsPerWeek, period: 1, periodUnit: 'wk' } };
}

/** What the rules of the app must never cross while the plan holds. */
function limitsOf(plan: ClinicPlan): Extension {
  return {
    url: LIMITS_URL,
    extension: [
      { url: 'phase', valueInteger: plan.phase },
      { url: 'painCeiling', valueDecimal: plan.painCeiling },
      { url: 'minutesPerSession', valueDecimal: plan.minutesPerSession },
      { url: 'reviewDate', valueDate: dateOf(plan.reviewDay) },
      ...plan.mayChange.map((variable) => ({ url: 'mayChange', valueCode: variable })),
      ...plan.sensors.map(({ place }) => ({ url: 'sensorPlace', valueCode: place })),
    ],
  };
}

function sessionsGoal(
  { patientId, planId, version, sessionsPerWeek, madeAtUtc }: ClinicPlan,
  plan: BusinessIdentifier,
  { patientReference }: MappingContext,
  holds: boolean,
): Draft {
  const madeAt = instantOfUtc(madeAtUtc);
  const resource: Goal = {
    resourceType: 'Goal',
    lifecycleStatus: holds ? 'active' : 'cancelled',
    description: { text: `${sessionsPerWeek} sessions a week` },
    subject: { reference: patientReference },
    ...(madeAt === undefined ? {} : { startDate: madeAt.slice(0, 10) }),
    target: [{ measure: local('sessionsPerWeek'), detailQuantity: quantity(sessionsPerWeek, '/wk') }],
  };
  // By the plan's own digest as well, as two plans can have one number.
  const digest = plan.value.slice(-DIGEST_DIGITS);
  return { resource, identifier: identifierOf('goal', patientId, planId, version, digest), mode: 'newest' };
}

/** Who made the plan, with their signature for systems that look for it here. */
function provenance(plan: ClinicPlan, identifier: BusinessIdentifier, { writer }: MappingContext): Draft {
  const when = instantOfUtc(plan.madeAtUtc) ?? instantOf(0);
  const party = identifierOf('party', writer.partyId);
  const name = plainText(writer.name);
  const author = plainText(plan.author);
  const resource: Provenance = {
    resourceType: 'Provenance',
    target: [logical('CarePlan', identifier)],
    occurredDateTime: when,
    recorded: when,
    activity: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/v3-DataOperation',
          code: 'CREATE',
          display: 'create',
        },
      ],
    },
    agent: [
      {
        type: {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type',
              code: 'author',
              display: 'Author',
            },
          ],
        },
        who: { type: 'Practitioner', display: author ?? 'unknown' },
        onBehalfOf: { ...logical('Organization', party), ...(name === undefined ? {} : { display: name }) },
      },
    ],
  };
  return {
    resource,
    identifier: identifierOf('provenance', identifier.value),
    mode: 'once',
    ...(writer.role === 'clinic' ? { signed: { kind: 'plan', text: canonical(plan), when } as const } : {}),
  };
}
