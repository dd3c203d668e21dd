import type { Communication, Reference } from 'fhir/r4';
import type { ClinicMessage } from '../../../core/recording/clinic-record.ts';
import { type BusinessIdentifier, identifierOf } from './fhir-names.ts';
import { instantOf, instantOfUtc, local, logical, plainText } from './fhir-values.ts';
import type { Draft, MappingContext } from './mapped-resource.ts';

export function messageIdentifier(patientId: string, { messageId }: ClinicMessage): BusinessIdentifier {
  return identifierOf('message', patientId, messageId);
}

/** A message between the clinic and the patient: nobody is told of it before somebody looks. */
export function messageDraft(
  message: ClinicMessage,
  { patientId, patientReference, writer }: MappingContext,
): Draft {
  const sent = instantOfUtc(message.writtenAtUtc);
  const text = plainText(message.text);
  const patient: Reference = { reference: patientReference };
  const clinic: Reference | null =
    writer.role === 'clinic' ? logical('Organization', identifierOf('party', writer.partyId)) : null;
  const isFromClinic = message.from === 'clinic';
  const sender = isFromClinic ? clinic : patient;
  const recipient = isFromClinic ? patient : clinic;
  const resource: Communication = {
    resourceType: 'Communication',
    status: 'completed',
    category: [local('written')],
    subject: { ...patient },
    ...(sent === undefined ? {} : { sent }),
    ...(recipient === null ? {} : { recipient: [{ ...recipient }] }),
    ...(sender === null ? {} : { sender: { ...sender } }),
    ...(text === undefined ? {} : { payload: [{ contentString: text }] }),
  };
  return {
    resource,
    identifier: messageIdentifier(patientId, message),
    mode: 'newest',
    record: { kind: 'message', value: message, when: sent ?? instantOf(0) },
  };
}
