import { expect, test } from '@playwright/test';
import { createFhirClient } from '../../src/adapters/fhir/fhir-client.ts';
import { discoverSmart } from '../../src/adapters/fhir/smart-discovery.ts';
import { arrivalOf, createSmartLogin } from '../../src/adapters/fhir/smart-login.ts';
import { start } from '../support/fhir-server.ts';
import { startOpenIdProvider } from '../support/openid-provider.ts';

test.use({ serviceWorkers: 'allow' });

test('the page may ask a server that somebody named, and nothing that is not secure', async ({ page }) => {
  const server = await start();
  await page.goto('./');
  const taken = await page.evaluate(async (base) => {
    const response = await fetch(`${base}/Communication`, {
      method: 'POST',
      redirect: 'manual',
      credentials: 'omit',
      headers: {
        'content-type': 'application/fhir+json',
        prefer: 'return=representation',
        'if-none-exist': 'identifier=urn:test|a',
        authorization: 'Bearer a',
      },
      body: JSON.stringify({
        resourceType: 'Communication',
        status: 'completed',
        identifier: [{ system: 'urn:test', value: 'a' }],
      }),
    });
    return { status: response.status, etag: response.headers.get('etag') };
  }, server.url);
  expect(taken).toEqual({ status: 201, etag: expect.stringMatching(/^W\/".+"$/) });
  const blocked = page.evaluate(
    () =>
      new Promise<string>((resolve) =>
        addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective)),
      ),
  );
  await page.evaluate(() => fetch('http://clinic.example/fhir').catch(() => null));
  expect(await blocked).toBe('connect-src');
  await server.close();
});

test('a login leads back to the app, with the copy for later in charge and without a network', async ({
  page,
  context,
  baseURL,
}) => {
  const redirectUri = `${baseURL}/`;
  const server = await start({ smartConfiguration: () => provider.smartConfiguration() });
  const provider = await startOpenIdProvider({
    fhirBaseUrl: server.url,
    redirectUris: [redirectUri],
    accounts: [{ accountId: 'ana', name: 'Ana', patientId: 'p1', fhirUser: 'Patient/p1' }],
    signIn: 'page',
  });
  const tab = new Map<string, string>();
  const login = createSmartLogin({
    fetch: (...given) => fetch(...given),
    nowUtcMs: () => Date.now(),
    redirectUri,
    storage: {
      getItem: (key) => tab.get(key) ?? null,
      setItem: (key, value) => void tab.set(key, value),
      removeItem: (key) => void tab.delete(key),
    },
  });
  const { capabilities } = createFhirClient({
    baseUrl: server.url,
    fetch: (...given) => fetch(...given),
    accessToken: () => Promise.resolve(null),
  });
  const smart = await discoverSmart(server.url, { fetch: (...given) => fetch(...given), capabilities });
  const ask = { server: smart!, clientId: 'thora', party: 'patient', owner: 'first' } as const;

  await page.goto('./');
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await page.reload();
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);

  await page.goto(await login.begin({ ...ask, agreedBaseUrls: [server.url] }));
  const arrived = page.waitForRequest((request) => request.url().startsWith(`${redirectUri}?`));
  await page.getByRole('link', { name: 'Log in as Ana' }).click();
  const address = new URL((await arrived).url());
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(arrivalOf(address)).toEqual({ kind: 'return' });
  const { tokens } = await login.finish(address, 'first');
  expect(tokens.patientReference).toBe('Patient/p1');

  // As a record system opens it; the page itself needs no network.
  await context.setOffline(true);
  const launched = page.waitForRequest((request) => request.url().includes('launch='));
  await page.goto(`./?iss=${encodeURIComponent(server.url)}&launch=xyz`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(arrivalOf(new URL((await launched).url()))).toMatchObject({ kind: 'launch', launch: 'xyz' });
  await server.close();
  await provider.close();
});
