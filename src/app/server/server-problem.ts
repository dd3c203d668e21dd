import { FhirError, type FhirErrorCode } from '../../adapters/fhir/fhir-error.ts';
import { SmartError, type SmartErrorCode } from '../../adapters/fhir/smart-error.ts';
import { ServerProblem, type ServerProblemCode } from '../../ui/server-ports.ts';

const OF_FHIR: Readonly<Record<FhirErrorCode, ServerProblemCode>> = {
  offline: 'offline',
  timeout: 'slow',
  unauthorised: 'loginNeeded',
  forbidden: 'notAllowed',
  notFound: 'notFound',
  conflict: 'serverFault',
  stale: 'serverFault',
  tooMany: 'busy',
  server: 'serverFault',
  refused: 'refused',
  notFhir: 'notFhir',
  tooLarge: 'notFhir',
  elsewhere: 'elsewhere',
  badAddress: 'notAnAddress',
  cut: 'stopped',
};

const OF_LOGIN: Readonly<Record<SmartErrorCode, ServerProblemCode>> = {
  badServer: 'notFhir',
  notAgreed: 'notAllowed',
  denied: 'loginRefused',
  serverSaid: 'loginRefused',
  foreignReturn: 'foreignLogin',
  tooLate: 'loginRefused',
  wrongAudience: 'foreignLogin',
  clockOff: 'clockOff',
  noPatient: 'notFound',
  otherPatient: 'foreignLogin',
  notUnderstood: 'loginRefused',
  ended: 'loginNeeded',
  offline: 'offline',
  timeout: 'slow',
  elsewhere: 'elsewhere',
  tooLarge: 'notFhir',
};

/** Runs work whose errors come out as the screens know them. */
export async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FhirError)
      throw new ServerProblem(OF_FHIR[error.code], hostOf(error.where), error.message, error);
    if (error instanceof SmartError)
      throw new ServerProblem(OF_LOGIN[error.code], hostOf(error.where), error.message, error);
    throw error;
  }
}

/** The whole address stands in the details. */
function hostOf(where: string): string {
  return URL.canParse(where) ? new URL(where).host : where;
}
