import { strToU8 } from 'fflate';
import { bundleOf } from '../adapters/fhir/mapping/bundle.ts';
import type { MappingContext } from '../adapters/fhir/mapping/mapped-resource.ts';
import { patientResource } from '../adapters/fhir/mapping/patient-resource.ts';
import { resourcesOf } from '../adapters/fhir/mapping/resources-of.ts';
import type { ClinicPatientRow } from '../adapters/session-log/clinic-database.ts';
import type { ExportedFile } from '../core/export/export-session.ts';

/** What a patient takes along, by the names in the ZIP. */
export async function leaveBehindFiles(
  { patientId, name, content, recordings = [] }: ClinicPatientRow,
  page: string,
  context: Omit<MappingContext, 'patientReference'>,
  orientations: (sessionId: string) => Promise<readonly ExportedFile[]>,
): Promise<{ readonly files: Readonly<Record<string, Uint8Array>>; readonly skippedRecordings: number }> {
  const patient = await patientResource(patientId, name, context);
  // Within one bundle the patient is the one entry that has no server's name.
  const mapped = [
    patient,
    ...(await resourcesOf(content, { ...context, patientReference: `Patient/${patientId}` })),
  ];
  const files: Record<string, Uint8Array> = {
    'leave-behind.html': strToU8(page),
    'record.fhir.json': strToU8(`${JSON.stringify(bundleOf(mapped, 'collection'), null, 1)}\n`),
  };
  let skippedRecordings = 0;
  for (const { sessionId, startedAtUtc } of recordings) {
    // A recording without a moment in which all sensors were measured has no orientations; the rest still goes along.
    const written = await orientations(sessionId).catch(() => null);
    if (written === null) skippedRecordings++;
    for (const { suffix, content: text } of written ?? [])
      files[`recordings/${startedAtUtc.slice(0, 16).replaceAll(':', '')}-${sessionId.slice(0, 8)}${suffix}`] =
        typeof text === 'string' ? strToU8(text) : text;
  }
  return { files, skippedRecordings };
}
