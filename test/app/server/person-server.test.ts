import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cardDocument } from '../../../src/adapters/fhir/mapping/document-resources.ts';
import type { PeopleKeeper } from '../../../src/adapters/session-log/people-keeper.ts';
import { createKeys, exportKeys, publicKeys } from '../../../src/adapters/hand-over/web-crypto.ts';
import { createClinicLink } from '../../../src/app/clinic-link.ts';
import { createPersonServer } from '../../../src/app/server/person-server.ts';
import { writeCard } from '../../../src/core/recording/party-card.ts';
import type { CareJournal } from '../../../src/ui/services.ts';
import { createDevice } from '../../adapters/session-log/people-bench.ts';
import { contextOf } from '../../support/fhir-parties.ts';
import { type FhirServer, start } from '../../support/fhir-server.ts';
import { loadFhirDefinitions } from '../../support/fhir-store.ts';
import { createParty } from '../../support/hand-over-parties.ts';
import { NO_LOGIN } from '../../support/no-login.ts';

/* A person's end of an open server, over HTTP. */

const nothing = () => undefined;
const NO_SIGNAL = new AbortController().signal;

let server: FhirServer;

beforeAll(() => loadFhirDefinitions(), 60_000);
beforeEach(async () => void (server = await start()));
afterEach(() => server.close());

/** The chosen person is paired with a clinic whose code was compared, and has written to it. */
async function pairChosen(people: PeopleKeeper, patientId: string, text: string): Promise<void> {
  const { clinicLink, journal } = await people.storage();
  const keys = await createKeys(true);
  const stored = await exportKeys(keys);
  await clinicLink.keep({
    linkId: 'clinic',
    card: { partyId: patientId, role: 'patient', name: patientId, ...(await publicKeys(keys)) },
    signKey: stored.sign,
    agreeKey: stored.agree,
    clinic: (await createParty('clinic', 'clinic-1')).card,
    patientId,
    isConfirmed: true,
    sentSequence: 0,
    lastSequence: 0,
    takenFileIds: [],
  });
  const writtenAtUtc = '2026-11-20T10:00:00.000Z';
  await journal.append(
    { kind: 'clinicMessage', messageId: `m-${patientId}`, from: 'patient', text, writtenAtUtc },
    { utcMs: Date.parse(writtenAtUtc), day: 20_777 },
  );
}

/** Nobody sends a recording here. */
const NO_FILES = { recordingFile: () => Promise.reject(new Error('There is no recording.')) };

async function unpaired() {
  const device = createDevice();
  const people = device.openTab();
  await people.storage();
  const clinic = createClinicLink(people, {} as CareJournal);
  const person = createPersonServer(people, clinic, NO_FILES, device.locks, NO_LOGIN);
  const agree = async () => {
    const { id } = (await server.store.createResource({ resourceType: 'Patient' })) as {
      readonly id: string;
    };
    await person.connect(await person.offer(server.url), { clientId: '', patientNumber: id });
  };
  await agree();
  return { people, person, clinic, agree };
}

async function twoPeople() {
  const { people, person, clinic, agree } = await unpaired();
  await pairChosen(people, 'ana', 'Ana says this');
  await people.add('Bea');
  await pairChosen(people, 'bea', 'Bea says this');
  await agree();
  await people.choose('first');
  const beaId = people.state().kind === 'ready' ? idOf(people, 'Bea') : '';
  return { people, person, clinic, beaId };
}

function idOf(people: PeopleKeeper, name: string): string {
  const state = people.state();
  const found = state.kind === 'ready' ? state.people.find((one) => one.name === name) : undefined;
  return found!.personId;
}

const sent = () => server.seen.filter(({ method }) => method !== 'GET').map(({ body }) => body);

describe("a person's end of a server", () => {
  it('sends what is their own', async () => {
    const { person } = await twoPeople();
    await person.exchange(nothing, NO_SIGNAL);
    expect(sent().some((body) => body.includes('Ana says this'))).toBe(true);
    expect(sent().some((body) => body.includes('Bea says this'))).toBe(false);
  });

  it.each(['/CarePlan', '/Device', '/Communication', '/DocumentReference'])(
    'sends nothing of anybody where another person is chosen while %s is read',
    async (path) => {
      const { people, person, beaId } = await twoPeople();
      const chosen: Promise<void>[] = [];
      server.setFault(({ url }) => {
        if (url.startsWith(path) && chosen.length === 0) chosen.push(people.choose(beaId));
        return null;
      });
      await expect(person.exchange(nothing, NO_SIGNAL)).rejects.toMatchObject({ code: 'stopped' });
      await Promise.all(chosen);
      expect(chosen).toHaveLength(1);
      expect(sent()).toEqual([]);
      const { outbox } = await people.storage();
      expect(await outbox.counts()).toEqual({ waiting: 0, setAside: 0, sent: 0 });
    },
  );

  it('sends nothing that waited to who is paired since, before their code was compared', async () => {
    const { person, clinic } = await twoPeople();
    server.setFault(({ method }) => (method === 'POST' ? { kind: 'answer', status: 503 } : null));
    await person.exchange(nothing, NO_SIGNAL).catch(nothing);
    server.setFault(null);
    expect((await person.look())!.waitingCount).toBeGreaterThan(0);
    const { card } = await createParty('clinic', 'clinic-2');
    clinic.openCard({ card, patientId: 'ana-there', patientName: 'Ana' });
    await clinic.accept();
    const before = server.seen.length;
    await person.exchange(nothing, NO_SIGNAL);
    const bodies = server.seen.slice(before).filter(({ method }) => method !== 'GET');
    expect(bodies).toHaveLength(1);
    expect(bodies[0]!.body).toContain('"resourceType":"DocumentReference"');
  });

  it('confirms the code that was compared, and no card that came since', async () => {
    const { people, clinic } = await twoPeople();
    const { clinicLink } = await people.storage();
    const compared = (await clinic.look())!.code;
    const link = (await clinicLink.read())!;
    const other = (await createParty('clinic', 'clinic-2')).card;
    await clinicLink.keep({ ...link, clinic: other, isConfirmed: false });
    await expect(clinic.confirmCode(compared)).rejects.toMatchObject({ code: 'codeChanged' });
    expect((await clinic.look())!.isConfirmed).toBe(false);
  });

  it.each([false, true])(
    'shows the newest card of a clinic that has new keys, in whatever order: turned %s',
    async (isTurned) => {
      const { people, person, clinic } = await unpaired();
      const cards = [await createParty('clinic', 'old'), await createParty('clinic', 'new')];
      const { patientReference } = (await (await people.storage()).serverLink.read())!;
      for (const [i, party] of cards.entries()) {
        const file = { card: { ...party.card, name: `Card ${i}` }, patientId: 'ana', patientName: 'Ana' };
        const context = { ...contextOf(party), patientReference: patientReference!, patientId: 'ana' };
        const { resource } = await cardDocument(await writeCard(file, party.crypto), file, context);
        await server.store.createResource(resource as never);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      server.setFault(({ url }) =>
        isTurned && url.startsWith('/DocumentReference') ? { kind: 'change', change: turned } : null,
      );
      const { fromClinic } = await person.exchange(nothing, NO_SIGNAL);
      expect(fromClinic).toMatchObject({ kind: 'invitation', clinicName: 'Card 1' });
      expect(await clinic.look()).toBeNull();
    },
  );
});

function turned(body: string): string {
  const bundle = JSON.parse(body) as { entry?: unknown[] };
  return JSON.stringify({ ...bundle, entry: bundle.entry?.toReversed() });
}
