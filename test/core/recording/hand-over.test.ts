import { beforeAll, describe, expect, it } from 'vitest';
import type { ClinicPlan } from '../../../src/core/care/clinic/clinic-plan.ts';
import { emptyContent, type HandOverContent, planDigest } from '../../../src/core/recording/clinic-record.ts';
import { type HandOverHead, readHandOver, writeHandOver } from '../../../src/core/recording/hand-over.ts';
import { pairCode, readCard, writeCard } from '../../../src/core/recording/party-card.ts';
import { sealPassport } from '../../../src/core/recording/passport-file.ts';
import { clinicPlan } from '../../support/clinic-plans.ts';
import { createParty, type TestParty } from '../../support/hand-over-parties.ts';
import { passportContent } from '../../support/passports.ts';

const NOW = Date.parse('2026-11-26T12:00:00Z');
const HEAD: HandOverHead = {
  fileId: 'file-1',
  fromId: 'clinic-1',
  toId: 'patient-1',
  sequence: 3,
  writtenAtUtc: '2026-11-26T11:59:00.000Z',
};
const HELLO = {
  messageId: 'm1',
  from: 'clinic',
  text: 'Olá: "10 %"',
  writtenAtUtc: HEAD.writtenAtUtc,
} as const;

let clinic: TestParty;
let patient: TestParty;
let stranger: TestParty;
let content: HandOverContent;
let bytes: Uint8Array;

beforeAll(async () => {
  clinic = await createParty('clinic', 'clinic-1');
  patient = await createParty('patient', 'patient-1');
  stranger = await createParty('clinic', 'clinic-1');
  const first = clinicPlan();
  const previousDigest = await planDigest(first, clinic.crypto.sha256);
  const passport = await sealPassport(passportContent(), clinic.crypto.sha256);
  content = {
    ...emptyContent('patient-1'),
    plans: [first, clinicPlan({ version: 2, previousDigest })],
    passports: [passport],
    messages: [HELLO],
  };
  bytes = await write({});
});

const write = (
  change: { head?: Partial<HandOverHead>; content?: Partial<HandOverContent> },
  by: TestParty = clinic,
  to: TestParty = patient,
) => writeHandOver({ ...HEAD, ...change.head }, { ...content, ...change.content }, to.card, by.crypto);

const receiver = () => ({
  partyId: 'patient-1',
  crypto: patient.crypto,
  peer: clinic.card,
  patientId: 'patient-1',
  lastSequence: 2,
  takenFileIds: ['file-0'],
  nowUtcMs: NOW,
  toUtcMs: Date.parse,
});

const read = (file: Uint8Array, change = {}) => readHandOver(file, 'a.json', { ...receiver(), ...change });

function edited(change: Record<string, unknown>, file = bytes): Uint8Array {
  const root = JSON.parse(new TextDecoder().decode(file)) as object;
  return new TextEncoder().encode(JSON.stringify({ ...root, ...change }));
}

describe('a file from a clinic', () => {
  it('comes out as it went in, for its receiver alone', async () => {
    expect(await read(bytes)).toEqual({ head: HEAD, content, clockAheadMs: 0 });
    expect(new TextDecoder().decode(bytes)).not.toContain('Olá');
    const other = await createParty('patient', 'patient-1');
    await expect(read(bytes, { crypto: other.crypto })).rejects.toMatchObject({ code: 'cannotOpen' });
  });

  it('is refused by the name of each field that was changed', async () => {
    const other = JSON.parse(new TextDecoder().decode(await write({}))) as Record<string, string>;
    const changes: Record<string, unknown> = {
      fileId: 'file-2',
      toId: 'patient-2',
      sequence: 4,
      writtenAtUtc: '2026-11-26T11:58:00.000Z',
      ephemeralKey: other['ephemeralKey'],
      iv: 'a'.repeat(24),
      cipher: other['cipher'],
      signature: 'a'.repeat(128),
    };
    for (const [field, value] of Object.entries(changes))
      await expect(read(edited({ [field]: value })), field).rejects.toMatchObject({ code: 'altered', field });
    // Whoever seals the change anew lacks the key of the clinic.
    await expect(read(await write({}, stranger))).rejects.toMatchObject({
      code: 'altered',
      field: 'signature',
    });
  });

  it('is refused where it is for somebody else, or from somebody else', async () => {
    await expect(read(bytes, { partyId: 'patient-2' })).rejects.toMatchObject({
      code: 'forSomeoneElse',
      field: 'toId',
    });
    await expect(read(await write({ head: { fromId: 'clinic-2' } }))).rejects.toMatchObject({
      code: 'unknownSender',
    });
    const foreign = clinicPlan({ patientId: 'patient-2' });
    await expect(read(await write({ content: { plans: [foreign] } }))).rejects.toMatchObject({
      code: 'forSomeoneElse',
      field: 'plans.0.patientId',
    });
    await expect(read(await write({ content: { patientId: 'patient-2' } }))).rejects.toMatchObject({
      code: 'forSomeoneElse',
      field: 'patientId',
    });
  });

  it('is refused where it was taken, or is older than what was', async () => {
    await expect(read(bytes, { takenFileIds: ['file-1'] })).rejects.toMatchObject({ code: 'alreadyTaken' });
    await expect(read(bytes, { lastSequence: 3 })).rejects.toMatchObject({ code: 'olderFile' });
  });

  it('tells of a clock that is ahead, and is refused a day ahead', async () => {
    expect((await read(bytes, { nowUtcMs: NOW - 3_600_000 })).clockAheadMs).toBe(3_540_000);
    expect((await read(bytes, { nowUtcMs: NOW + 1e10 })).clockAheadMs).toBe(0);
    await expect(read(bytes, { nowUtcMs: NOW - 90_000_000 })).rejects.toMatchObject({ code: 'fromFuture' });
  });

  it('is refused where something else is in it than may be', async () => {
    const refused = async (change: Partial<HandOverContent>, field: string, code = 'fieldInvalid') =>
      expect(read(await write({ content: change }))).rejects.toMatchObject({ code, field });
    const event = { kind: 'cameIn' } as const;
    await refused({ journal: [{ order: 0, entryId: 'a', atUtcMs: 0, day: 0, event }] }, 'journal');
    await refused({ messages: [{ ...HELLO, from: 'patient' }] }, 'messages.0.from');
    await refused({ plans: [{ ...clinicPlan(), painCeiling: 9 }] }, 'plans.0.painCeiling');
    await refused({ plans: [{ ...clinicPlan(), cure: true } as ClinicPlan] }, 'plans.0');
    const torn = clinicPlan({ version: 2, previousDigest: 'b'.repeat(64) });
    await refused({ plans: [clinicPlan(), torn] }, 'plans.1.previousDigest', 'altered');
    for (const [text, code] of [
      ['', 'notAHandOver'],
      ['{"format":"thora-kit-passport","version":1}', 'notAHandOver'],
      ['{"format":"thora-hand-over","version":2}', 'newerVersion'],
      ['{"format":"thora-hand-over","version":1}', 'fieldInvalid'],
    ] as const)
      await expect(read(new TextEncoder().encode(text)), text).rejects.toMatchObject({ code });
    await expect(read(bytes.subarray(0, bytes.length - 200))).rejects.toMatchObject({ code: 'notAHandOver' });
  });

  it('from a patient holds no plan', async () => {
    const head = { fromId: 'patient-1', toId: 'clinic-1' };
    const atClinic = { ...receiver(), partyId: 'clinic-1', crypto: clinic.crypto, peer: patient.card };
    const forged = await write({ head, content: { messages: [], passports: [] } }, patient, clinic);
    await expect(readHandOver(forged, 'a.json', atClinic)).rejects.toMatchObject({ field: 'plans' });
    const answer = { ...HELLO, from: 'patient' } as const;
    const fair = { plans: [], passports: [], messages: [answer] };
    const results = await readHandOver(await write({ head, content: fair }, patient, clinic), 'a', atClinic);
    expect(results.content.messages).toEqual([answer]);
  });
});

describe('cards', () => {
  it('pair two parties by a code that an exchanged card changes', async () => {
    const file = { card: clinic.card, patientId: 'patient-1', patientName: 'Ana' };
    const text = await writeCard(file, clinic.crypto);
    expect(await readCard(text, 'c.json', 'clinic', patient.crypto)).toEqual(file);
    const { sha256 } = clinic.crypto;
    const code = await pairCode(clinic.card, patient.card, 'patient-1', sha256);
    expect(code).toMatch(/^(\d{4} ){4}\d{4}$/);
    expect(await pairCode(stranger.card, patient.card, 'patient-1', sha256)).not.toBe(code);
    expect(await pairCode(clinic.card, patient.card, 'patient-2', sha256)).not.toBe(code);
  });

  it('are refused where they were changed or are of the wrong side', async () => {
    const file = { card: clinic.card, patientId: 'patient-1', patientName: 'Ana' };
    const text = await writeCard(file, clinic.crypto);
    const altered = edited({ patientName: 'Bea' }, text);
    await expect(readCard(altered, 'c.json', 'clinic', patient.crypto)).rejects.toMatchObject({
      code: 'altered',
    });
    await expect(readCard(text, 'c.json', 'patient', patient.crypto)).rejects.toMatchObject({
      field: 'card.role',
    });
    const noPoint = { ...clinic.card, signKey: `04${'0'.repeat(128)}` };
    await expect(
      readCard(edited({ card: noPoint }, text), 'c.json', 'clinic', patient.crypto),
    ).rejects.toMatchObject({ code: 'altered' });
  });
});
