import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClinicDesk } from '../../src/app/clinic-desk.ts';
import { emptyContent } from '../../src/core/recording/clinic-record.ts';
import { writeHandOver } from '../../src/core/recording/hand-over.ts';
import type { PartyCard } from '../../src/core/recording/party-card.ts';
import { writeCard } from '../../src/core/recording/party-card.ts';
import { createDevice } from '../adapters/session-log/people-bench.ts';
import { NO_RECORDINGS } from '../support/clinic-desk.ts';
import { clinicPlan } from '../support/clinic-plans.ts';
import { createParty, type TestParty } from '../support/hand-over-parties.ts';

const fileOf = (bytes: Uint8Array, name: string) => new File([new Uint8Array(bytes)], name);

/** A clinic with two patients of one name, in two tabs of one device. */
async function clinicWithTwoAnas() {
  const device = createDevice();
  const doors = [device.openDoor(), device.openDoor()] as const;
  const desks = [
    createClinicDesk(doors[0], NO_RECORDINGS),
    createClinicDesk(doors[1], NO_RECORDINGS),
  ] as const;
  doors[0].introduce('Dr. One');
  doors[1].introduce('Dr. Two');
  await desks[0].setName('Clinic of the test');
  const clinic: PartyCard = await doors[0].behind(async (store) => (await store.identity())!.card);
  const ids = [await desks[0].add('Ana'), await desks[0].add('Ana')] as const;
  const parties: TestParty[] = [];
  for (const patientId of ids) {
    const party = await createParty('patient', patientId);
    parties.push(party);
    const card = await writeCard({ card: party.card, patientId, patientName: 'Ana' }, party.crypto);
    await desks[0].openFile(patientId, fileOf(card, 'card'));
    const listed = (await desks[0].list()).find((one) => one.patientId === patientId);
    await desks[0].confirmCode(patientId, listed!.code!);
  }
  let sequence = 0;
  /** What one of the two writes to the clinic. */
  const results = async (n: 0 | 1, text: string) => {
    const { card, crypto } = parties[n]!;
    sequence++;
    const head = {
      fileId: `file-${sequence}`,
      fromId: card.partyId,
      toId: clinic.partyId,
      sequence,
      writtenAtUtc: new Date().toISOString(),
    };
    const message = {
      messageId: `m-${sequence}`,
      from: 'patient',
      text,
      writtenAtUtc: head.writtenAtUtc,
    } as const;
    const content = { ...emptyContent(ids[n]), messages: [message] };
    return fileOf(await writeHandOver(head, content, clinic, crypto), `results-${n}`);
  };
  return { doors, desks, ids, results };
}

const SIGNING = { author: 'Dr. One', reviewDay: 30_000, onVersion: 0 };

describe('the desk of a clinic', () => {
  it('confirms the code that was compared, and no card that came since', async () => {
    const { desks } = await clinicWithTwoAnas();
    const [mine, other] = desks;
    const patientId = await mine.add('Bea');
    const cardOf = async () => {
      const party = await createParty('patient', patientId);
      const file = { card: party.card, patientId, patientName: 'Bea' };
      return fileOf(await writeCard(file, party.crypto), 'card');
    };
    await mine.openFile(patientId, await cardOf());
    const compared = (await mine.read(patientId))!.code!;
    await other.openFile(patientId, await cardOf());
    await expect(mine.confirmCode(patientId, compared)).rejects.toMatchObject({ code: 'codeChanged' });
    expect(await mine.read(patientId)).toMatchObject({ pairing: 'compare' });
    await mine.confirmCode(patientId, (await mine.read(patientId))!.code!);
    expect(await mine.read(patientId)).toMatchObject({ pairing: 'paired' });
  });

  it('reads all of the server anew where a patient has new keys', async () => {
    const { desks, doors, ids } = await clinicWithTwoAnas();
    const place = { baseUrl: 'https://records.example/fhir', number: '42' };
    await doors[0].behind(async (store) => {
      const row = (await store.patient(ids[0]))!;
      await store.putPatient({ ...row, server: { ...place, readUntilUtc: '2026-11-26T10:00:00.000Z' } });
    });
    const party = await createParty('patient', ids[0]);
    const file = { card: party.card, patientId: ids[0], patientName: 'Ana' };
    await desks[0].openFile(ids[0], fileOf(await writeCard(file, party.crypto), 'card'));
    expect(await doors[0].behind(async (store) => (await store.patient(ids[0]))!.server)).toEqual(place);
  });

  it('mixes no patient with another, whatever two tabs do at once @slow', async () => {
    const turn = fc.record({
      tab: fc.constantFrom<0 | 1>(0, 1),
      of: fc.constantFrom<0 | 1>(0, 1),
      deed: fc.constantFrom('message', 'note', 'draft', 'read', 'file', 'wrongFile'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 2, maxLength: 10 }), async (turns) => {
        const { desks, ids, results } = await clinicWithTwoAnas();
        const files = new Map<number, File>();
        for (const [i, { of, deed }] of turns.entries())
          if (deed === 'file' || deed === 'wrongFile')
            files.set(i, await results(of, `${ids[of]} says ${i}`));
        await Promise.all(
          turns.map(async ({ tab, of, deed }, i) => {
            const [desk, id] = [desks[tab], ids[of]];
            const words = `${id} ${i}`;
            if (deed === 'message') await desk.write(id, words);
            if (deed === 'note') await desk.addNote(id, words);
            if (deed === 'draft') await desk.keepDraft(id, 'note', words);
            if (deed === 'read') expect((await desk.read(id))?.patientId).toBe(id);
            if (deed === 'file') await desk.openFile(id, files.get(i)!).catch(() => undefined);
            if (deed === 'wrongFile')
              await expect(desk.openFile(ids[of === 0 ? 1 : 0], files.get(i)!)).rejects.toThrow();
          }),
        );
        for (const [n, id] of ids.entries()) {
          const patient = (await desks[0].read(id))!;
          const texts = [...patient.notes, ...patient.content.messages].map(({ text }) => text);
          for (const text of texts) expect(text.startsWith(id)).toBe(true);
          const kept = turns.filter(({ of, deed }) => of === n && (deed === 'message' || deed === 'note'));
          expect(texts.filter((text) => !text.includes('says'))).toHaveLength(kept.length);
          expect((await desks[0].draft(id, 'note'))?.startsWith(id) ?? true).toBe(true);
        }
        expect((await desks[0].audit()).broken).toEqual([]);
      }),
      { numRuns: 6 },
    );
  });

  it('takes a file and a card at no other patient, and writes down that it refused', async () => {
    const { desks, ids, results } = await clinicWithTwoAnas();
    const file = await results(1, 'of the second');
    await expect(desks[0].openFile(ids[0], file)).rejects.toThrow();
    const before = (await desks[0].read(ids[0]))!;
    expect(before.content.messages).toEqual([]);
    expect(before.lastTakenAtUtc).toBeNull();
    expect(await desks[1].openFile(ids[1], file)).toMatchObject({ kind: 'results' });
    const { entries } = await desks[0].audit();
    const told = entries.filter(({ deed }) => deed === 'fileRefused' || deed === 'fileTaken');
    expect(told.map(({ deed, patientId, who }) => [deed, patientId, who])).toEqual([
      ['fileRefused', ids[0], 'Dr. One'],
      ['fileTaken', ids[1], 'Dr. Two'],
    ]);
  });

  it('lets nobody sign without a name, or over a version that they did not see', async () => {
    const { desks, ids } = await clinicWithTwoAnas();
    const { planId: _id, version: _version, ...body } = clinicPlan();
    await expect(desks[0].sign(ids[0], body, { ...SIGNING, author: ' ' })).rejects.toThrow(/name/);
    expect(await desks[0].sign(ids[0], body, SIGNING)).toMatchObject({ version: 1, patientId: ids[0] });
    expect(await desks[1].sign(ids[0], body, SIGNING)).toBeNull();
    expect(await desks[1].sign(ids[0], body, { ...SIGNING, onVersion: 1 })).toMatchObject({ version: 2 });
    expect((await desks[0].read(ids[1]))?.content.plans).toEqual([]);
  });

  it('writes down who looked at whom, once in a while and for each who looks', async () => {
    const { doors, desks, ids } = await clinicWithTwoAnas();
    for (const id of [ids[0], ids[0], ids[1], ids[0]]) await desks[0].read(id);
    doors[0].introduce('Dr. Three');
    await desks[0].read(ids[0]);
    const seen = (await desks[0].audit()).entries.filter(({ deed }) => deed === 'patientSeen');
    expect(seen.map(({ who, patientId }) => [who, patientId])).toEqual([
      ['Dr. One', ids[0]],
      ['Dr. One', ids[1]],
      ['Dr. One', ids[0]],
      ['Dr. Three', ids[0]],
    ]);
  });
});
