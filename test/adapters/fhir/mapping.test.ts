import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleOf } from '../../../src/adapters/fhir/mapping/bundle.ts';
import {
  cardDocument,
  recordingBinary,
  recordingDocument,
} from '../../../src/adapters/fhir/mapping/document-resources.ts';
import { localCodeSystem } from '../../../src/adapters/fhir/mapping/local-codes.ts';
import { conditionOf } from '../../../src/adapters/fhir/mapping/mapped-resource.ts';
import { patientResource } from '../../../src/adapters/fhir/mapping/patient-resource.ts';
import { reportResource } from '../../../src/adapters/fhir/mapping/report-resource.ts';
import { writeCard } from '../../../src/core/recording/party-card.ts';
import { contentOf } from '../../../src/adapters/fhir/mapping/content-of.ts';
import { emptyContent, mergeContent } from '../../../src/core/recording/clinic-record.ts';
import { resourcesOf } from '../../../src/adapters/fhir/mapping/resources-of.ts';
import { canonical } from '../../../src/core/recording/canonical-json.ts';
import { clinicContents, PATIENT_ID, patientContents } from '../../support/fhir-content.ts';
import { contextOf, everything, expectedBy, same, written } from '../../support/fhir-parties.ts';
import { soundnessOf } from '../../support/fhir-validators.ts';
import { createParty, type TestParty } from '../../support/hand-over-parties.ts';

const TIMES = process.env['THORA_LONG'] ? 10 : 1;

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

  it('comes back whole whatever it is, in any order and however often @slow', async () => {
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
      { numRuns: 60 * TIMES },
    );
  });

  it('is sound by both validators, every kind of it @slow', async () => {
    const all = await everything();
    const context = contextOf(patient);
    const { journal } = all.patient;
    const kinds = new Set(journal.map(({ event }) => event.kind));
    expect(kinds.size).toBe(20);
    const last = journal.at(-1)!;
    const who = { name: 'Ana', kit: null };
    const file = { card: patient.card, patientId: PATIENT_ID, patientName: 'Ana' };
    const recording = {
      recordingId: 'r1',
      startedAtUtc: '2026-01-06T10:00:00Z',
      contentType: 'application/zip',
    };
    const bytes = new Uint8Array(10);
    const mapped = [
      ...(await resourcesOf(all.clinic, contextOf(clinic))),
      ...(await resourcesOf(all.patient, context)),
      await reportResource(journal, { utcMs: last.atUtcMs, day: last.day }, who, context),
      await patientResource(PATIENT_ID, 'Ana', contextOf(clinic)),
      await cardDocument(await writeCard(file, patient.crypto), file, context),
      await recordingDocument(bytes, 'Binary/1', recording, context),
    ];
    const types = new Set(mapped.map(({ resource }) => resource.resourceType));
    expect([...types].toSorted()).toEqual([
      'Basic',
      'CarePlan',
      'Communication',
      'Device',
      'DeviceMetric',
      'DiagnosticReport',
      'DocumentReference',
      'Flag',
      'Goal',
      'Observation',
      'Patient',
      'Procedure',
      'Provenance',
      'QuestionnaireResponse',
    ]);
    for (const { resource } of mapped) expect(soundnessOf(resource)).toEqual([]);
    for (const type of ['transaction', 'batch', 'collection'] as const)
      expect(soundnessOf(bundleOf(mapped, type))).toEqual([]);
    expect(soundnessOf(recordingBinary(bytes, recording, context))).toEqual([]);
    expect(soundnessOf(localCodeSystem())).toEqual([]);
  });

  it('stays small: twelve weeks are a few hundred kilobytes, most of it what others read', async () => {
    const { journal } = (await everything()).patient;
    const content = {
      ...emptyContent(PATIENT_ID),
      journal: journal.filter(({ entryId }) => entryId.startsWith('course')),
    };
    const lines = written(await resourcesOf(content, contextOf(patient))).map((one) => JSON.stringify(one));
    const bytes = lines.reduce((sum, line) => sum + line.length, 0);
    const entryBytes = JSON.stringify(content.journal).length;
    if (process.env['THORA_LONG'])
      console.log(
        `${content.journal.length} entries, ${lines.length} resources, ${bytes} bytes, as JSON ${entryBytes}`,
      );
    expect(lines.length / content.journal.length).toBeLessThan(3);
    expect(bytes / lines.length).toBeLessThan(2000);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(10_000);
  });

  it('is what the writer may say, so that nobody stands in the place of what the other signed @slow', async () => {
    const all = await everything();
    const both = mergeContent(all.clinic, all.patient);
    const byPatient = await resourcesOf(both, contextOf(patient));
    const types = new Set(byPatient.map(({ resource }) => resource.resourceType));
    for (const type of ['CarePlan', 'Device', 'DeviceMetric', 'Provenance'] as const)
      expect(types).not.toContain(type);
    const byClinic = await resourcesOf(both, contextOf(clinic));
    const own = await resourcesOf(all.clinic, contextOf(clinic));
    expect(byClinic.map(({ digest }) => digest)).toEqual(own.map(({ digest }) => digest));

    const kept = await resourcesOf(both, { ...contextOf(clinic), part: 'all' });
    const identifiers = (mapped: typeof kept) => new Set(mapped.map(conditionOf));
    expect(identifiers(kept)).toEqual(new Set([...identifiers(byPatient), ...identifiers(byClinic)]));
    expect(soundnessOf(bundleOf(kept, 'collection'))).toEqual([]);
    const read = await contentOf(written(kept), expectedBy(patient, clinic));
    expect(read.content).toEqual(same(all.clinic));
    expect(new Set(read.refused.map(({ code }) => code))).toEqual(new Set(['notSigned']));
  });

  it('has one identifier each, which no other has', async () => {
    const all = await everything();
    const mapped = [
      ...(await resourcesOf(all.clinic, contextOf(clinic))),
      ...(await resourcesOf(all.patient, contextOf(patient))),
    ];
    expect(new Set(mapped.map((one) => `${one.resource.resourceType}?${conditionOf(one)}`)).size).toBe(
      mapped.length,
    );
    for (const { resource, identifier } of mapped)
      expect(JSON.stringify(resource)).toContain(`"${identifier.value}"`);
  });

  it('is sound whatever it is @slow', async () => {
    await fc.assert(
      fc.asyncProperty(patientContents, clinicContents, async (ofPatient, ofClinic) => {
        const mapped = [
          ...(await resourcesOf(ofPatient, contextOf(patient))),
          ...(await resourcesOf(await ofClinic(), contextOf(clinic))),
        ];
        for (const { resource } of mapped) expect(soundnessOf(resource)).toEqual([]);
      }),
      { numRuns: 40 * TIMES },
    );
  });
});
