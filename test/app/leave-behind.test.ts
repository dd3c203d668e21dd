import { expect, it } from 'vitest';
import { leaveBehindFiles } from '../../src/app/leave-behind.ts';
import { sha256 } from '../../src/adapters/hand-over/web-crypto.ts';
import { emptyContent } from '../../src/core/recording/clinic-record.ts';
import { clinicPlan } from '../support/clinic-plans.ts';
import { soundnessOf } from '../support/fhir-validators.ts';
import { createParty } from '../support/hand-over-parties.ts';

it('holds the page, the record as a valid bundle, and each recording that can be written', async () => {
  const { card, crypto } = await createParty('clinic', 'clinic-1');
  const row = {
    patientId: 'patient-1',
    name: 'Ana',
    createdAtUtc: '2026-11-26T10:00:00.000Z',
    card: null,
    isConfirmed: false,
    sentSequence: 0,
    lastSequence: 0,
    takenFileIds: [],
    lastTakenAtUtc: null,
    content: { ...emptyContent('patient-1'), plans: [clinicPlan()] },
    recordings: ['good', 'empty'].map((sessionId) => ({
      sessionId,
      startedAtUtc: '2026-11-26T10:00:00.000Z',
      isNamed: true,
    })),
  };
  const context = {
    patientId: 'patient-1',
    writer: card,
    appVersion: '0.1.0',
    part: 'all',
    sha256,
    sign: (bytes: Uint8Array) => crypto.sign(bytes),
  } as const;
  const { files, skippedRecordings } = await leaveBehindFiles(row, '<!doctype html>', context, (sessionId) =>
    sessionId === 'good'
      ? Promise.resolve([{ suffix: '-orientations.sto', content: 'DataRate=100' }])
      : Promise.reject(new Error('nothing to write')),
  );
  expect(Object.keys(files)).toEqual([
    'leave-behind.html',
    'record.fhir.json',
    'recordings/2026-11-26T1000-good-orientations.sto',
  ]);
  expect(skippedRecordings).toBe(1);
  const bundle = JSON.parse(new TextDecoder().decode(files['record.fhir.json'])) as {
    type: string;
    entry: { resource: { resourceType: string; name?: { text: string }[] } }[];
  };
  expect(bundle.type).toBe('collection');
  const types = bundle.entry.map(({ resource }) => resource.resourceType);
  expect(types[0]).toBe('Patient');
  expect(bundle.entry[0]?.resource.name?.[0]?.text).toBe('Ana');
  expect(types).toContain('CarePlan');
  for (const { resource } of bundle.entry) expect(soundnessOf(resource)).toEqual([]);
});
