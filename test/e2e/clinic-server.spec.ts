import { expect, test, type Page } from '@playwright/test';
import type { ExerciseReport } from '../../src/core/care/programme/programme-event.ts';
import { start, type Fault, type FhirServer, type SeenRequest } from '../support/fhir-server.ts';
import { inventPatients } from '../support/invented-patients.ts';
import { type OpenIdProvider, startOpenIdProvider } from '../support/openid-provider.ts';
import { expectAccessible } from './axe.ts';
import { addPatient, setUpClinic } from './clinic-hands.ts';
import {
  countMoves,
  layJournal,
  safetyAnswered,
  startRecording,
  startTest,
  stopAndSave,
  strapOn,
} from './journey.ts';

/* A clinic and a patient, in two browsers that share nothing but a FHIR server. */

const DONE: ExerciseReport = {
  exerciseId: 'E12',
  variation: null,
  painDuring: 2,
  repetitionsDone: 8,
  repetitionsPlanned: 8,
  quality: null,
  effort: null,
  selfReported: true,
};

async function agree(page: Page, path: string, server: FhirServer, number: string | null): Promise<void> {
  await page.goto(path);
  await page.getByLabel('Address of the server').fill(server.url);
  await page.getByRole('button', { name: 'Ask this server' }).click();
  if (number !== null) await page.getByLabel('Your patient number there').fill(number);
  await page.getByRole('button', { name: 'Agree', exact: true }).click();
  await expect(page.getByText('Nothing was exchanged yet.')).toBeVisible();
}

const exchange = (page: Page) => page.getByRole('button', { name: 'Exchange now' }).click();

test('a clinic and a patient are paired, and plan, results and messages go, through an open FHIR server', async ({
  browser,
}) => {
  const server = await start();
  try {
    const clinic = await (await browser.newContext()).newPage();
    const patient = await (await browser.newContext()).newPage();
    await setUpClinic(clinic);
    await agree(clinic, './#/patients/server', server, null);
    await expectAccessible(clinic);
    const ana = await addPatient(clinic, 'Ana');
    await clinic.getByRole('button', { name: 'Add this patient to the server' }).click();
    const shown = await clinic.getByText(/^Number /).textContent();
    const number = shown!.replace('Number ', '');
    await exchange(clinic);
    await expect(clinic.getByText('1 entry was sent.')).toBeVisible();

    await layJournal(
      patient,
      { hoursAgo: 32, event: safetyAnswered() },
      { hoursAgo: 32, event: { kind: 'consentGiven', textVersion: '1' } },
      { hoursAgo: 32, event: { kind: 'cameIn' } },
      {
        hoursAgo: 30,
        event: {
          kind: 'sessionDone',
          sessionId: null,
          session: 'plan',
          painBefore: 3,
          painAfter: 2,
          ease: 4,
          exercises: [DONE],
          ranges: [],
          durationS: 600,
          donningS: null,
        },
      },
    );
    await agree(patient, './#/settings/clinic', server, number);
    await expectAccessible(patient);
    await exchange(patient);
    await patient.getByRole('button', { name: 'Yes, pair with this clinic' }).click();
    await exchange(patient);
    await expect(patient.getByText('1 entry was sent.')).toBeVisible();
    await exchange(clinic);
    const code = await clinic.locator('.pair-code').textContent();
    await expect(patient.locator('.pair-code')).toHaveText(code!);
    for (const page of [clinic, patient])
      await page.getByRole('button', { name: 'The code is the same' }).click();

    // A plan and a message go out.
    await clinic.goto(ana);
    await clinic.getByRole('link', { name: 'Make a plan' }).click();
    await clinic.getByLabel('Signed by').fill('Dr. Tester');
    await clinic.getByRole('button', { name: 'Approve and sign' }).click();
    await clinic.getByLabel('New message').fill('Start gently, please.');
    await clinic.getByRole('button', { name: 'Add the message' }).click();
    await expect(clinic.getByText('Start gently, please.')).toBeVisible();
    await exchange(clinic);
    await expect(clinic.getByText(/entries were sent/)).toBeVisible();
    await exchange(patient);
    await expect(patient.getByText('A plan for Ana, version 1, signed by Dr. Tester')).toBeVisible();
    await patient.getByRole('button', { name: 'Follow this plan' }).click();
    await expect(patient.getByText('Start gently, please.')).toBeVisible();

    // Results and an answer come back; a second exchange finds nothing to do.
    await patient.getByLabel('New message').fill('It went well.');
    await patient.getByRole('button', { name: 'Add the message' }).click();
    await expect(patient.getByText('It went well.')).toBeVisible();
    await exchange(patient);
    await expect(patient.getByText(/entries were sent/)).toBeVisible();
    await exchange(clinic);
    await expect(clinic.getByText('The patient follows version 1.')).toBeVisible();
    await expect(clinic.getByText('Sessions: 1')).toBeVisible();
    await expect(clinic.getByText('It went well.')).toBeVisible();
    for (const page of [patient, clinic]) {
      await exchange(page);
      await expect(page.getByText('Nothing new to send.')).toBeVisible();
    }
    await expectAccessible(clinic);
    await expectAccessible(patient);

    // A recording goes on its own, once, and is opened at the clinic's as a file is.
    await startRecording(patient);
    await strapOn(patient);
    await startTest(patient);
    await countMoves(patient, 1);
    await stopAndSave(patient);
    await patient.getByRole('link', { name: 'See every move' }).click();
    for (const words of ["The recording is at your clinic's server.", 'The recording was there already.']) {
      await patient.getByRole('button', { name: 'Export' }).click();
      await patient.getByRole('button', { name: 'Send it to your clinic' }).click();
      await expect(patient.getByText(words)).toBeVisible();
      await patient.keyboard.press('Escape');
    }
    await clinic.getByRole('button', { name: 'Look for recordings there' }).click();
    await clinic.getByRole('button', { name: /^Open the recording of/ }).click();
    const unsure = clinic.getByRole('button', { name: 'It is of Ana: open it' });
    await unsure.click();
    await expect(clinic.getByRole('list', { name: 'Recordings', exact: true }).getByRole('link')).toHaveCount(
      1,
    );
    const { entry = [] } = await server.store.search({ resourceType: 'Binary', count: 10 });
    expect(entry).toHaveLength(1);
  } finally {
    await server.close();
  }
});

test('who might pay is also looked for at the server of the clinic, when the person asks for it', async ({
  page,
}) => {
  const server = await start();
  try {
    const create = (resource: object) => server.store.createResource(resource as never);
    const { id } = (await create({ resourceType: 'Patient', name: [{ text: 'Ana' }] })) as {
      readonly id: string;
    };
    await create({ resourceType: 'Organization', name: 'Riverside Works' });
    await create({ resourceType: 'InsurancePlan', name: 'Riverside Care Plus' });
    await agree(page, './#/settings/clinic', server, id);
    await page.goto('./#/coming-in');
    await page.getByRole('checkbox', { name: 'I have read this and want to go on' }).check();
    await page.getByRole('button', { name: 'Begin' }).click();
    const asked = server.seen.length;
    await page.getByRole('searchbox').fill('Riverside');
    const ask = page.getByRole('button', { name: /^Also ask 127\.0\.0\.1/ });
    await expect(ask).toBeVisible();
    expect(server.seen).toHaveLength(asked);
    await ask.click();
    await expect(page.getByRole('button', { name: /^Riverside Works/ })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: /^Riverside Care Plus/ }).click();
    await expect(page.getByText('We do not know whether it pays for this programme')).toBeVisible();
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(page.getByRole('heading', { name: 'How old are you?' })).toBeVisible();
  } finally {
    await server.close();
  }
});

/** A server that wants a login, and who gives it. @param hasOneOpen the clinician has an invented patient open */
async function guardedServer(appAddress: string, hasOneOpen = false) {
  let provider: OpenIdProvider | null = null;
  const server = await start({
    authorize: (token) => provider?.authorize(token) ?? 401,
    smartConfiguration: () => provider?.smartConfiguration() ?? null,
  });
  const { id } = (await server.store.createResource({
    resourceType: 'Patient',
    name: [{ given: ['Ana'], family: 'Demo' }],
    birthDate: '1984-03-02',
  })) as { readonly id: string };
  const [invented] = !hasOneOpen ? [] : await inventPatients(server, 1, Date.now());
  const account = (accountId: string, name: string, patientId: string | null) => ({
    accountId,
    name,
    patientId,
    fhirUser: `${server.url}/${patientId === null ? 'Practitioner/1' : `Patient/${patientId}`}`,
  });
  const own = await startOpenIdProvider({
    fhirBaseUrl: server.url,
    redirectUris: [appAddress],
    accounts: [account('clinician', 'Dr. Tester', invented?.number ?? null), account('ana', 'Ana Demo', id)],
    signIn: 'page',
    accessTokenS: 90,
  });
  provider = own;
  return {
    server,
    provider: own,
    invented,
    close: async () => {
      await own.close();
      await server.close();
    },
  };
}

async function logIn(page: Page, path: string, server: FhirServer, name: string): Promise<void> {
  await page.goto(path);
  await page.getByLabel('Address of the server').fill(server.url);
  await page.getByRole('button', { name: 'Ask this server' }).click();
  await page.getByRole('button', { name: 'Agree and log in' }).click();
  await page.getByRole('link', { name: `Log in as ${name}` }).click();
  await expect(page.getByText('Nothing was exchanged yet.')).toBeVisible();
  expect(page.url()).not.toContain('code=');
}

/** Every n-th request meets the next of these; what waits for a login, or was answered, is left alone. */
function faultsInTurn(every: number, faults: readonly Fault[]) {
  let count = 0;
  const met: string[] = [];
  return {
    met,
    fault: (request: SeenRequest): Fault | null => {
      if (request.url.startsWith('/.well-known') || request.url.startsWith('/metadata')) return null;
      count++;
      if (count % every !== 0) return null;
      const fault = faults[(count / every - 1) % faults.length]!;
      met.push(fault.kind === 'answer' ? String(fault.status) : fault.kind);
      return fault;
    },
  };
}

const FAULTS: readonly Fault[] = [
  { kind: 'answer', status: 503 },
  { kind: 'hangUp', when: 'before' },
  { kind: 'hangUp', when: 'after' },
  { kind: 'answer', status: 401 },
  { kind: 'change', change: (body) => body.slice(0, body.length / 2) },
  { kind: 'answer', status: 429, headers: { 'retry-after': '1' } },
  { kind: 'answer', status: 409 },
  { kind: 'change', change: () => '{"resourceType":"Patient","id":["x"]}' },
  { kind: 'answer', status: 500, body: '<html>no</html>' },
];

/** Until nothing waits: a person presses again, and logs in again where that is asked. */
async function exchangeUntilDone(page: Page, name: string): Promise<void> {
  const login = page.getByRole('button', { name: 'Log in', exact: true });
  const again = page.getByRole('button', { name: 'Exchange now' });
  const who = page.getByRole('link', { name: `Log in as ${name}` });
  await expect(async () => {
    await expect(login.or(again)).toBeVisible({ timeout: 10_000 });
    if (await login.isVisible()) {
      await login.click();
      // The server may remember who it was.
      await expect(who.or(again)).toBeVisible({ timeout: 10_000 });
      if (await who.isVisible()) await who.click();
    }
    await again.click({ timeout: 10_000 });
    await expect(login.or(again)).toBeVisible({ timeout: 20_000 });
    await expect(page.locator('main').getByRole('alert')).toHaveCount(0, { timeout: 500 });
    await expect(page.getByText(/wait to be sent|waits to be sent/)).toHaveCount(0, { timeout: 500 });
  }).toPass({ timeout: 120_000, intervals: [200, 1200] });
}

test('through a login, hours without a network and every fault of a server, nothing is doubled or lost', async ({
  browser,
  baseURL,
}) => {
  const { server, provider, close } = await guardedServer(`${baseURL}/`);
  try {
    const clinic = await (await browser.newContext()).newPage();
    const patientContext = await browser.newContext();
    const patient = await patientContext.newPage();
    await setUpClinic(clinic);
    await logIn(clinic, './#/patients/server', server, 'Dr. Tester');
    await clinic.getByRole('button', { name: 'Bring Ana Demo here' }).click();
    await expect(clinic.getByRole('heading', { level: 1, name: 'Ana Demo' })).toBeVisible();
    const ana = clinic.url();
    await exchange(clinic);
    await expect(clinic.getByText('1 entry was sent.')).toBeVisible();

    await layJournal(
      patient,
      { hoursAgo: 32, event: safetyAnswered() },
      { hoursAgo: 32, event: { kind: 'consentGiven', textVersion: '1' } },
      { hoursAgo: 32, event: { kind: 'cameIn' } },
    );
    await logIn(patient, './#/settings/clinic', server, 'Ana Demo');
    await exchange(patient);
    await patient.getByRole('button', { name: 'Yes, pair with this clinic' }).click();
    await exchange(patient);
    await expect(patient.getByText('1 entry was sent.')).toBeVisible();
    await exchange(clinic);
    const code = await clinic.locator('.pair-code').textContent();
    await expect(patient.locator('.pair-code')).toHaveText(code!);
    for (const page of [clinic, patient])
      await page.getByRole('button', { name: 'The code is the same' }).click();
    await clinic.getByRole('link', { name: 'Make a plan' }).click();
    await clinic.getByLabel('Signed by').fill('Dr. Tester');
    await clinic.getByRole('button', { name: 'Approve and sign' }).click();

    // Offline: said in words, nothing lost.
    await patientContext.setOffline(true);
    await patient.getByLabel('New message').fill('Written without a network.');
    await patient.getByRole('button', { name: 'Add the message' }).click();
    await exchange(patient);
    await expect(patient.getByRole('alert')).toContainText('The server cannot be reached.');
    await patientContext.setOffline(false);

    // Every fault in turn, both ways.
    const faults = faultsInTurn(4, FAULTS);
    server.setFault(faults.fault);
    await exchangeUntilDone(clinic, 'Dr. Tester');
    await exchangeUntilDone(patient, 'Ana Demo');
    await patient.getByRole('button', { name: 'Follow this plan' }).click();
    await exchangeUntilDone(patient, 'Ana Demo');
    await exchangeUntilDone(clinic, 'Dr. Tester');
    expect(new Set(faults.met).size).toBeGreaterThanOrEqual(6);

    // A slow line, on which one request is never answered.
    let isSilent = false;
    server.setFault(({ method }) => {
      if (isSilent || method !== 'POST') return null;
      isSilent = true;
      return { kind: 'silence' };
    });
    const line = await patientContext.newCDPSession(patient);
    await line.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 300,
      downloadThroughput: 60_000,
      uploadThroughput: 30_000,
    });
    await patient.getByLabel('New message').fill('Over a slow line.');
    await patient.getByRole('button', { name: 'Add the message' }).click();
    await exchangeUntilDone(patient, 'Ana Demo');
    expect(isSilent).toBe(true);
    server.setFault(null);
    await exchangeUntilDone(clinic, 'Dr. Tester');
    if (clinic.url() !== ana) await clinic.goto(ana);
    await expect(clinic.getByText('Written without a network.')).toBeVisible();
    await expect(clinic.getByText('Over a slow line.')).toBeVisible();
    await expect(clinic.getByText('The patient follows version 1.')).toBeVisible();

    // One of each: nobody has made a second one of anything, and every entry of the person is there.
    const names = new Map<string, number>();
    for (const resourceType of RECORD_TYPES)
      for (const { resource } of (await server.store.search({ resourceType, count: 1000 })).entry ?? [])
        for (const { system, value } of identifiersOf(resource))
          names.set(`${system}|${value}`, (names.get(`${system}|${value}`) ?? 0) + 1);
    expect([...names].filter(([, count]) => count > 1)).toEqual([]);
    const entries = [...names.keys()].filter((name) => name.startsWith('urn:thora:id:entry|'));
    const kept = await journalCount(patient);
    expect(entries).toHaveLength(kept);
    expect(provider.asked).toContain('refresh_token');
  } finally {
    await close();
  }
});

test('a record system opens the app at a patient; what others wrote there, or changed, is left alone by name', async ({
  browser,
  baseURL,
}) => {
  const { server, invented, close } = await guardedServer(`${baseURL}/`, true);
  try {
    const clinic = await (await browser.newContext()).newPage();
    await setUpClinic(clinic);
    const launch = (iss: string) => `./?iss=${encodeURIComponent(iss)}&launch=xyz#/patients`;
    await clinic.goto(launch(server.url));
    await expect(clinic.getByText('This device does not know this server.')).toBeVisible();
    expect(clinic.url()).not.toContain('iss=');
    await expectAccessible(clinic);
    await clinic.getByRole('button', { name: 'Go on to the login' }).click();
    await clinic.getByRole('link', { name: 'Log in as Dr. Tester' }).click();
    await expect(clinic.getByRole('heading', { level: 1, name: invented!.name })).toBeVisible();

    // Their app was paired before: the card lies there, the code is compared anew.
    await exchange(clinic);
    await clinic.getByRole('button', { name: 'The code is the same' }).click();
    await expect(clinic.locator('.pair-code')).toHaveCount(0);

    // Of another system, and one entry that somebody changed at the server.
    const subject = { reference: `Patient/${invented!.number}` };
    await server.store.createResource({
      resourceType: 'CarePlan',
      status: 'active',
      intent: 'plan',
      title: 'Of another system',
      subject,
      meta: { tag: [{ system: 'urn:thora:tag', code: 'record' }] },
    });
    const found = await server.store.search({ resourceType: 'Observation', count: 1000 });
    const answered = found
      .entry!.map(({ resource }) => resource!)
      .find((one) => {
        const text = JSON.stringify(one);
        return text.includes(subject.reference) && text.includes(String.raw`\"value\":`);
      })!;
    const changed = JSON.stringify(answered).replace(/(\\"value\\":)\d+/, '$110');
    await server.store.updateResource(JSON.parse(changed) as never);
    await exchange(clinic);
    await expect(clinic.getByText(/new entries came/)).toBeVisible();
    const leftAlone = clinic.getByRole('alert');
    await leftAlone.getByText('2 things on the server were left alone').click();
    await expect(leftAlone).toContainText('a plan that another system made');
    await expect(leftAlone).toContainText('changed after it was signed');
    await clinic.getByRole('link', { name: 'Look at the review' }).click();
    await expect(clinic.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(clinic.locator('.review-answer')).not.toBeEmpty();

    // Another record system cannot take the place of the clinic's own.
    await clinic.goto(launch('https://other.example/fhir'));
    await expect(clinic.getByRole('alert')).toContainText('does not let this app do that');
    await expect(clinic.getByRole('button', { name: 'Go on to the login' })).toHaveCount(0);
  } finally {
    await close();
  }
});

const RECORD_TYPES = [
  'Basic',
  'CarePlan',
  'Communication',
  'DocumentReference',
  'Flag',
  'Goal',
  'Observation',
  'Procedure',
  'QuestionnaireResponse',
] as const;

function identifiersOf(resource: unknown): readonly { readonly system?: string; readonly value?: string }[] {
  const { identifier } = resource as { readonly identifier?: object | readonly object[] };
  return identifier === undefined ? [] : [identifier].flat();
}

/** Entries of the person's journal; messages travel as messages. */
function journalCount(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('thora-sessions');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error ?? new Error('The database did not open.'));
    });
    const count = await new Promise<number>((resolve) => {
      const counting = database.transaction('journal').objectStore('journal').count();
      counting.onsuccess = () => resolve(counting.result);
    });
    database.close();
    return count;
  });
}
