import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { contentOf } from '../../../src/adapters/fhir/mapping/content-of.ts';
import { resourcesOf } from '../../../src/adapters/fhir/mapping/resources-of.ts';
import { canonical } from '../../../src/core/recording/canonical-json.ts';
import { clinicContents, PATIENT_ID, patientContents } from '../../support/fhir-content.ts';
import { contextOf, everything, expectedBy, same, written } from '../../support/fhir-parties.ts';
import { soundnessOf } from '../../support/fhir-validators.ts';
import { createParty, type TestParty } from '../../support/hand-over-parties.ts';

let clinic: TestParty;
let patient: TestParty;
beforeAll(async () => {
  clinic = await createParty('clinic', 'clinic-1');
  patient = await createParty('patient', PATIENT_ID);
});

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
