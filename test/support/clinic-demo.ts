import { start } from './fhir-server.ts';
import { inventPatients } from './invented-patients.ts';
import { type OpenIdProvider, startOpenIdProvider } from './openid-provider.ts';

/** A clinic's server that forgets everything when it ends, with invented patients and a login. */
export async function startClinicDemo({
  appAddresses,
  patientCount,
  port,
}: {
  /** Where the app is served: the login leads back there. */
  readonly appAddresses: readonly string[];
  readonly patientCount: number;
  /** 0: a free one. */
  readonly port: number;
}) {
  let provider: OpenIdProvider | null = null;
  const server = await start({
    port,
    authorize: (token) => provider?.authorize(token) ?? 401,
    smartConfiguration: () => provider?.smartConfiguration() ?? null,
  });
  const invented = await inventPatients(server, patientCount, Date.now());
  const newcomer = (await server.store.createResource({
    resourceType: 'Patient',
    name: [{ text: 'You, as a patient', given: ['You,'], family: 'as a patient' }],
  } as never)) as { readonly id: string };
  provider = await startOpenIdProvider({
    fhirBaseUrl: server.url,
    redirectUris: appAddresses,
    accounts: [
      {
        accountId: 'clinician',
        name: 'a clinician',
        patientId: null,
        fhirUser: `${server.url}/Practitioner/demo`,
      },
      {
        accountId: 'patient',
        name: 'yourself, as a patient',
        patientId: newcomer.id,
        fhirUser: `${server.url}/Patient/${newcomer.id}`,
      },
    ],
    signIn: 'page',
    accessTokenS: 3600,
  });
  return { address: server.url, patientCount: invented.length + 1 };
}
