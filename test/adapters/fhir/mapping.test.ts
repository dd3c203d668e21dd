import type { Resource } from 'fhir/r4';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { contentOf, type Expected } from '../../../src/adapters/fhir/mapping/content-of.ts';
import type { MappedResource, MappingContext } from '../../../src/adapters/fhir/mapping/mapped-resource.ts';
import { resourcesOf } from '../../../src/adapters/fhir/mapping/resources-of.ts';
import { canonical } from '../../../src/core/recording/canonical-json.ts';
import {
  emptyContent,
  type HandOverContent,
  mergeContent,
} from '../../../src/core/recording/clinic-record.ts';
import {
  chained,
  clinicContents,
  courseJournal,
  passport,
  PATIENT_ID,
  patientContents,
} from '../../support/fhir-content.ts';
import { clinicPlan } from '../../support/clinic-plans.ts';
import { soundnessOf } from '../../support/fhir-validators.ts';
import { createParty, type TestParty } from '../../support/hand-over-parties.ts';

const PATIENT_REFERENCE = 'Patient/p1';

let clinic: TestParty;
let patient: TestParty;
beforeAll(async () => {
  clinic = await createParty('clinic', 'clinic-1');
  patient = await createParty('patient', PATIENT_ID);
});

const contextOf = ({ card, crypto }: TestParty): MappingContext => ({
  patientReference: PATIENT_REFERENCE,
  patientId: PATIENT_ID,
  writer: card,
  appVersion: '0.1.0',
  sha256: crypto.sha256,
  sign: crypto.sign,
});
const expectedBy = (own: TestParty, peer: TestParty): Expected => ({
  patientId: PATIENT_ID,
  patientReference: PATIENT_REFERENCE,
  own: own.card,
  peer: peer.card,
  crypto: own.crypto,
  knownPlans: [],
});
const written = (mapped: readonly MappedResource[]): Resource[] =>
  mapped.map(({ resource }) => JSON.parse(JSON.stringify(resource)) as Resource);
const same = (content: HandOverContent): HandOverContent => mergeContent(emptyContent(PATIENT_ID), content);

async function everything(): Promise<{ clinic: HandOverContent; patient: HandOverContent }> {
  const plans = await chained([
    clinicPlan({ patientId: PATIENT_ID }),
    clinicPlan({ patientId: PATIENT_ID, painCeiling: 3, note: 'Take care' }),
  ]);
  const message = { messageId: 'm1', text: 'Hello', writtenAtUtc: '2026-01-06T10:00:00.000Z' };
  return {
    clinic: {
      ...emptyContent(PATIENT_ID),
      plans,
      passports: [await passport('passport-1')],
      messages: [{ ...message, from: 'clinic' }],
    },
    patient: {
      ...emptyContent(PATIENT_ID),
      messages: [{ ...message, messageId: 'm2', from: 'patient' }],
      journal: courseJournal(1),
    },
  };
}

describe('content as FHIR resources', () => {
  it('comes back whole, from either party', async () => {
    const all = await everything();
    for (const [party, reader] of [
      ['clinic', patient],
      ['patient', clinic],
    ] as const) {
      const writer = party === 'clinic' ? clinic : patient;
      const mapped = await resourcesOf(all[party], contextOf(writer));
      const { content, refused } = await contentOf(written(mapped), expectedBy(reader, writer));
      expect(refused).toEqual([]);
      expect(content).toEqual(same(all[party]));
    }
  });

  it('comes back whole whatever it is, in any order and however often', async () => {
    const draw = fc.oneof(
      patientContents.map((content) => ({ content: async () => content, party: 'patient' as const })),
      clinicContents.map((content) => ({ content, party: 'clinic' as const })),
    );
    await fc.assert(
      fc.asyncProperty(draw, fc.infiniteStream(fc.nat()), async ({ content: make, party }, numbers) => {
        const content = await make();
        const [writer, reader] = party === 'clinic' ? [clinic, patient] : [patient, clinic];
        const resources = written(await resourcesOf(content, contextOf(writer)));
        const next = (): number => Number(numbers.next().value);
        const doubled = resources.flatMap((one) => (next() % 3 === 0 ? [one, structuredClone(one)] : [one]));
        const shuffled = doubled.map((one) => [next(), one] as const).toSorted(([a], [b]) => a - b);
        const read = await contentOf(
          shuffled.map(([, one]) => one),
          expectedBy(reader, writer),
        );
        expect(read.refused).toEqual([]);
        expect(canonical(read.content)).toBe(canonical(same(content)));
      }),
      { numRuns: 60 },
    );
  });

  it('is sound by both validators, every kind of it', async () => {
    const all = await everything();
    const mapped = [
      ...(await resourcesOf(all.clinic, contextOf(clinic))),
      ...(await resourcesOf(all.patient, contextOf(patient))),
    ];
    const types = new Set(mapped.map(({ resource }) => resource.resourceType));
    expect([...types].toSorted()).toMatchInlineSnapshot(`
      [
        "Basic",
        "CarePlan",
        "Communication",
        "Device",
        "DeviceMetric",
        "Goal",
        "Observation",
        "Procedure",
        "Provenance",
        "QuestionnaireResponse",
      ]
    `);
    for (const { resource } of mapped) expect(soundnessOf(resource)).toEqual([]);
  });

  it('is sound whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(patientContents, clinicContents, async (ofPatient, ofClinic) => {
        const mapped = [
          ...(await resourcesOf(ofPatient, contextOf(patient))),
          ...(await resourcesOf(await ofClinic(), contextOf(clinic))),
        ];
        for (const { resource } of mapped) expect(soundnessOf(resource)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
