import type { Patient } from 'fhir/r4';
import { identifierOf } from './fhir-names.ts';
import { plainText } from './fhir-values.ts';
import { finishNew, type MappedResource, type MappingContext } from './mapped-resource.ts';

/**
 * A patient whom the server does not know yet: a name and nothing else. For a clinic alone, and only where nobody chose one of
 * the server's own patients; the reference that everything else needs is what the server answers.
 */
export async function patientResource(
  patientId: string,
  name: string,
  context: Omit<MappingContext, 'patientReference' | 'patientId'>,
): Promise<MappedResource> {
  const text = plainText(name);
  const resource: Patient = {
    resourceType: 'Patient',
    active: true,
    ...(text === undefined ? {} : { name: [{ text }] }),
  };
  return finishNew(
    { resource, identifier: identifierOf('patient', patientId), mode: 'once' },
    { ...context, patientId, patientReference: '' },
  );
}
