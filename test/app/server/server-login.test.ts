import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LoginEnd } from '../../../src/adapters/fhir/smart-login.ts';
import type { ServerLinkRow } from '../../../src/adapters/session-log/session-database.ts';
import { createServerLogin } from '../../../src/app/server/server-login.ts';
import { FakeLocks } from '../../adapters/fake-locks.ts';

const LINK: ServerLinkRow = {
  linkId: 'server',
  baseUrl: 'https://records.example/fhir',
  name: 'records.example',
  clientId: 'thora',
  patientReference: 'Patient/ana',
  refreshToken: null,
  agreedAtUtc: '2026-11-27T08:00:00.000Z',
  lastExchangeUtc: null,
};

afterEach(() => vi.unstubAllGlobals());

function loggedIn(party: 'patient' | 'clinic', patientReference: string | null) {
  vi.stubGlobal('location', { href: 'https://app.example/' });
  vi.stubGlobal('sessionStorage', {});
  const login = createServerLogin({ locks: new FakeLocks(), ownerOf: () => 'the same tab' });
  const store = { read: async () => LINK, keep: async () => undefined, forget: async () => undefined };
  const end = {
    server: { baseUrl: LINK.baseUrl },
    clientId: 'thora',
    party,
    tokens: {
      accessToken: 'secret',
      expiresAtUtcMs: Date.now() + 3_600_000,
      refreshToken: null,
      patientReference,
    },
  } as unknown as LoginEnd;
  login.enter(end, store);
  return (link: Partial<ServerLinkRow>) => ({
    isIn: login.isIn(party, { ...LINK, ...link }),
    token: login.accessToken(party, { ...LINK, ...link }, store),
  });
}

describe('the token of a login', () => {
  it('goes to the server and for the patient that it was given for', async () => {
    const at = loggedIn('patient', 'Patient/ana')({});
    expect(at.isIn).toBe(true);
    expect(await at.token).toBe('secret');
  });

  it.each([
    { baseUrl: 'https://other.example/fhir' },
    { patientReference: 'Patient/bea' },
    { clientId: 'another' },
  ])('goes nowhere else: %o', async (link) => {
    const at = loggedIn('patient', 'Patient/ana')(link);
    expect(at.isIn).toBe(false);
    await expect(at.token).rejects.toMatchObject({ code: 'unauthorised' });
  });

  it('of a clinic is for all of its patients, whoever the record system had open', async () => {
    expect(await loggedIn('clinic', 'Patient/ana')({ patientReference: null }).token).toBe('secret');
  });
});
