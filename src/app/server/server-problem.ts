import { FhirError, type FhirErrorCode } from '../../adapters/fhir/fhir-error.ts';
import { ServerProblem, type ServerProblemCode } from '../../ui/server-ports.ts';

const CODES: Readonly<Record<FhirErrorCode, ServerProblemCode>> = {
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
  cut: 'offline',
};

/** Whatever came between this device and a server, as the screens know it. */
export function serverProblem(error: unknown): unknown {
  if (!(error instanceof FhirError)) return error;
  return new ServerProblem(CODES[error.code], error.where, error.message, error);
}

/** Runs work whose FhirErrors become ServerProblems. */
export async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw serverProblem(error);
  }
}
