import { cardDocument } from '../../src/adapters/fhir/mapping/document-resources.ts';
import type { MappingContext } from '../../src/adapters/fhir/mapping/mapped-resource.ts';
import { patientResource } from '../../src/adapters/fhir/mapping/patient-resource.ts';
import { resourcesOf } from '../../src/adapters/fhir/mapping/resources-of.ts';
import { emptyContent } from '../../src/core/recording/clinic-record.ts';
import type { KeptJournalEntry } from '../../src/core/recording/journal-schema.ts';
import { writeCard } from '../../src/core/recording/party-card.ts';
import { DAY_MS } from './care-journal.ts';
import type { FhirServer } from './fhir-server.ts';
import { createParty } from './hand-over-parties.ts';
import { COURSE_DAYS, type CourseTruth, simulateCourse } from './simulated-course.ts';

/** Names of colours and trees: nobody is called that. */
const GIVEN = ['Amber', 'Blue', 'Coral', 'Dusk', 'Ebony', 'Fawn', 'Gold', 'Hazel'];
const FAMILY = ['Alder', 'Birch', 'Cedar', 'Elm', 'Fir', 'Larch', 'Maple', 'Oak'];
const CHANGES: readonly CourseTruth['changes'][] = ['pain', 'movement', 'function', null];

export interface InventedPatient {
  readonly number: string;
  readonly name: string;
}

/**
 * Patients who do not exist, with twelve simulated weeks each that end today, as their own apps would have written them: signed
 * with keys that are thrown away afterwards.
 */
export async function inventPatients(
  { store }: Pick<FhirServer, 'store'>,
  count: number,
  nowUtcMs: number,
): Promise<readonly InventedPatient[]> {
  const today = Math.floor(nowUtcMs / DAY_MS);
  const invented: InventedPatient[] = [];
  for (let i = 0; i < count; i++) {
    const name = `${GIVEN[i % GIVEN.length]} ${FAMILY[Math.floor(i / GIVEN.length + i) % FAMILY.length]}`;
    const patientId = `invented-${String(i + 1).padStart(3, '0')}`;
    const { card, crypto } = await createParty('patient', patientId);
    const writer = { ...card, name };
    const base = { writer, appVersion: 'demo', sha256: crypto.sha256, sign: crypto.sign };
    const { resource } = await patientResource(patientId, name, base);
    const [given, family] = name.split(' ');
    const { id } = (await store.createResource({
      ...resource,
      name: [{ text: name, given: [given], family }],
      birthDate: `${1950 + ((i * 7) % 50)}-0${1 + (i % 9)}-1${i % 9}`,
    } as never)) as { readonly id: string };
    const context: MappingContext = { ...base, patientId, patientReference: `Patient/${id}` };
    const file = { card: writer, patientId, patientName: name };
    const truth = { changes: CHANGES[i % CHANGES.length] ?? null, rangeCount: 4 };
    const journal = simulateCourse(i + 1, truth).map((entry, order): KeptJournalEntry => {
      const day = entry.day - COURSE_DAYS + today;
      return {
        ...entry,
        order,
        day,
        atUtcMs: day * DAY_MS + 8 * 3_600_000,
        entryId: `${patientId}-${order}`,
      };
    });
    const mapped = [
      await cardDocument(await writeCard(file, crypto), file, context),
      ...(await resourcesOf({ ...emptyContent(patientId), journal }, context)),
    ];
    for (const one of mapped) await store.createResource(one.resource as never);
    invented.push({ number: id, name });
  }
  return invented;
}
