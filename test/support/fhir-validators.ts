import { OperationOutcomeError, validateResource } from '@medplum/core';
import { Fhir } from 'fhir';
import { loadFhirDefinitions } from './fhir-store.ts';
import { looseFaults } from './fhir-validity.ts';

let lantana: Fhir | null = null;

/** What is wrong with a resource by Medplum's validator, by that of the package `fhir`, and by this project's own check. */
export function soundnessOf(resource: object): readonly string[] {
  loadFhirDefinitions();
  lantana ??= new Fhir();
  return [...looseFaults(resource), ...byMedplum(resource), ...byLantana(lantana, resource)];
}

function byMedplum(resource: object): readonly string[] {
  try {
    validateResource(resource as never);
    return [];
  } catch (error) {
    if (!(error instanceof OperationOutcomeError)) throw error;
    return error.outcome.issue.map(
      ({ details, expression }) => `medplum: ${details?.text ?? ''} ${expression?.join(' ') ?? ''}`,
    );
  }
}

function byLantana(validator: Fhir, resource: object): readonly string[] {
  const { messages } = validator.validate(structuredClone(resource), { errorOnUnexpected: true });
  return messages
    .filter(({ severity }) => /^(error|fatal)$/.test(severity ?? ''))
    .map(({ location, message }) => `fhir: ${location ?? ''} ${message ?? ''}`);
}
