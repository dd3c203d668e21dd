import type {
  CarePlan,
  CodeSystem,
  Coding,
  DeviceMetric,
  DiagnosticReport,
  Flag,
  Goal,
  Observation,
  Procedure,
  Provenance,
  QuestionnaireResponse,
  Resource,
} from 'fhir/r4';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { STANDARD } from '../../../src/adapters/fhir/mapping/fhir-names.ts';
import { localCodeSystem } from '../../../src/adapters/fhir/mapping/local-codes.ts';
import { reportResource } from '../../../src/adapters/fhir/mapping/report-resource.ts';
import { resourcesOf } from '../../../src/adapters/fhir/mapping/resources-of.ts';
import { fromBase64 } from '../../../src/adapters/fhir/mapping/fhir-values.ts';
import { signedBytes } from '../../../src/adapters/fhir/mapping/record-extension.ts';
import { MEASURES } from '../../../src/core/care/outcomes/measure-definition.ts';
import { DETECTABLE_DEG } from '../../../src/core/care/outcomes/outcome-thresholds.ts';
import { SAFETY_QUESTIONS } from '../../../src/core/care/safety/safety-questions.ts';
import { EXERCISE_LIBRARY } from '../../../src/core/exercise/exercise-library.ts';
import { canonical } from '../../../src/core/recording/canonical-json.ts';
import { PATIENT_ID } from '../../support/fhir-content.ts';
import { EVERY_EVENT, everyEntry } from '../../support/fhir-events.ts';
import { contextOf, everything, PATIENT_REFERENCE, written } from '../../support/fhir-parties.ts';
import { soundnessOf } from '../../support/fhir-validators.ts';
import { createParty, type TestParty } from '../../support/hand-over-parties.ts';

let clinic: TestParty;
let patient: TestParty;
let ofClinic: readonly Resource[];
let ofPatient: readonly Resource[];
beforeAll(async () => {
  clinic = await createParty('clinic', 'clinic-1');
  patient = await createParty('patient', PATIENT_ID);
  const all = await everything();
  ofClinic = written(await resourcesOf(all.clinic, contextOf(clinic)));
  const content = { ...all.patient, journal: everyEntry(), passports: all.clinic.passports };
  ofPatient = written(await resourcesOf(content, contextOf(patient)));
}, 60_000);

function all<T extends Resource>(resources: readonly Resource[], type: T['resourceType']): readonly T[] {
  return resources.filter((one) => one.resourceType === type) as T[];
}
const observations = (code: string): readonly Observation[] =>
  all<Observation>(ofPatient, 'Observation').filter(({ code: { coding } }) =>
    coding?.some((one) => one.code === code),
  );
const component = ({ component: parts }: Observation, code: string) =>
  parts?.find((part) => part.code.coding?.some((one) => one.code === code));

describe('what other systems read', () => {
  it('is pain by its LOINC code, a skip with its reason, a choice in words', () => {
    const [pain] = all<Observation>(ofPatient, 'Observation').filter(
      ({ code, partOf }) => partOf === undefined && code.coding?.[0]?.code === '72514-3',
    );
    expect(pain).toMatchObject({
      code: {
        coding: [
          { system: 'http://loinc.org', code: '72514-3' },
          { system: 'urn:thora:codes', code: 'pain.now' },
        ],
      },
      category: [{ coding: [{ code: 'survey' }] }],
      subject: { reference: PATIENT_REFERENCE },
      effectiveDateTime: '2026-01-23T08:00:00.000Z',
      valueQuantity: { value: 4, code: '{score}', system: 'http://unitsofmeasure.org' },
    });
    expect(observations('pain.avg24')[0]).toMatchObject({
      dataAbsentReason: { coding: [{ code: 'asked-declined' }] },
    });
    expect(observations('pgic')[0]).toMatchObject({ valueCodeableConcept: { text: 'Much better' } });
    expect(observations('stiff.minutes')[0]).toMatchObject({ valueQuantity: { value: 20, code: 'min' } });
  });

  it('is a range with side, interval, detectable change, sensors and the last check of the kit', () => {
    const [range] = observations('locked.rotation');
    expect(range).toMatchObject({
      category: [{ coding: [{ code: 'exam' }] }],
      valueQuantity: { value: 31.5, code: 'deg' },
      bodySite: { coding: [{ code: '122495006' }] },
      method: { coding: [{ code: 'wearableEstimate' }] },
      partOf: [{ type: 'Procedure' }],
    });
    expect(component(range!, 'interval95')).toMatchObject({
      valueRange: { low: { value: 28 }, high: { value: 35 } },
    });
    expect(component(range!, 'detectableChange')).toMatchObject({ valueQuantity: { value: 7, code: 'deg' } });
    expect(component(range!, 'configuration')).toMatchObject({ valueString: 'lowerBack + upperBack' });
    expect(component(range!, 'side')).toMatchObject({ valueCodeableConcept: { text: 'Left' } });
    expect(component(range!, 'calibration')).toMatchObject({ valueCodeableConcept: { text: 'Fit for use' } });
    // No certain code is known for the arm.
    expect(observations('arm.elevation')[0]?.bodySite).toBeUndefined();
  });

  it('is a session with its time, stopped where something was left out, and marked where it was simulated', () => {
    const sessions = all<Procedure>(ofPatient, 'Procedure').filter(
      ({ code }) => code?.coding?.[0]?.code === 'session.plan',
    );
    expect(sessions.map(({ status }) => status)).toEqual(['stopped', 'completed']);
    expect(sessions[0]?.performedPeriod).toEqual({
      start: '2026-01-20T07:45:00.000Z',
      end: '2026-01-20T08:00:00.000Z',
    });
    expect(sessions.map(({ meta }) => meta?.security?.[0]?.code)).toEqual([undefined, 'HTEST']);
    expect(observations('55411-3').map(({ valueQuantity }) => valueQuantity?.value)).toEqual([15, 15]);
    const [duration] = observations('55411-3');
    expect(duration).toMatchObject({ effectivePeriod: sessions[0]?.performedPeriod });
    const times = (code: string) => observations(code).map(({ effectiveDateTime }) => effectiveDateTime);
    expect(times('painBefore')[0]).toBe('2026-01-20T07:45:00.000Z');
    expect(times('painAfter')[0]).toBe('2026-01-20T08:00:00.000Z');
    expect(observations('adherence').map(({ valueQuantity }) => valueQuantity?.value)).toEqual([
      (100 * 10) / 30,
    ]);
    const [, squeeze] = observations('73985-4');
    expect(component(squeeze!, 'quality')).toMatchObject({
      dataAbsentReason: { coding: [{ code: 'not-performed' }] },
    });
    expect(component(squeeze!, 'selfReported')).toMatchObject({ valueBoolean: true });
    expect(component(squeeze!, 'secondsDone')).toMatchObject({ valueQuantity: { value: 0, unit: 's' } });
    expect(component(squeeze!, 'secondsPlanned')).toMatchObject({ valueQuantity: { value: 80, unit: 's' } });
    const said = component(observations('73985-4')[2]!, 'repetitionsDone');
    expect(said).toMatchObject({ dataAbsentReason: { coding: [{ code: 'unknown' }] } });
    expect(said).not.toHaveProperty('valueQuantity');
  });

  it('is a lock while it stands, and closed when it opened', () => {
    const flags = all<Flag>(ofPatient, 'Flag').map(({ status, code, period }) => [
      code.coding?.[0]?.code,
      status,
      period?.start?.slice(0, 10),
      period?.end?.slice(0, 10),
    ]);
    expect(flags).toEqual([
      ['R-01', 'inactive', '2026-01-12', '2026-01-13'],
      ['R-08', 'inactive', '2026-01-14', '2026-01-16'],
    ]);
  });

  it('is what the person wants, and no longer wants', () => {
    const goals = all<Goal>(ofPatient, 'Goal').map(({ description, lifecycleStatus }) => [
      description.text,
      lifecycleStatus,
    ]);
    expect(goals).toEqual([
      ['Sit and work at a desk with ease', 'cancelled'],
      ['Sleep better', 'active'],
      ['Hang up the washing', 'active'],
    ]);
  });

  it('is the answers of a day, and the safety questions, as forms', () => {
    const forms = all<QuestionnaireResponse>(ofPatient, 'QuestionnaireResponse');
    const day = forms.filter(({ questionnaire }) => questionnaire?.endsWith(':measures'));
    expect(day.map(({ item }) => item?.[0]?.linkId)).toEqual([
      'pain.now',
      'pain.avg24',
      'pgic',
      'stiff.minutes',
    ]);
    expect(day[1]?.item?.[0]?.answer).toBeUndefined();
    const [safety] = forms.filter(({ questionnaire }) => questionnaire?.endsWith(':safetyAnswered'));
    expect(safety?.item).toEqual([
      { linkId: 'R-01', text: 'Chest pain, pressure or breathlessness', answer: [{ valueString: 'yes' }] },
      { linkId: 'R-08', text: 'Fever, chills, night sweats', answer: [{ valueString: 'no' }] },
    ]);
  });

  it('is a plan with doses and limits, who made it, and their signature', async () => {
    const [first, second] = all<CarePlan>(ofClinic, 'CarePlan');
    expect([first?.status, second?.status]).toEqual(['revoked', 'active']);
    expect(second?.replaces).toEqual([{ type: 'CarePlan', identifier: first?.identifier?.[0] }]);
    expect(second?.activity?.[0]?.detail?.code?.coding?.[0]?.system).toBe('urn:thora:codes');
    expect(second?.author).toEqual({ type: 'Practitioner', display: 'A. Tester' });
    const made = all<Provenance>(ofClinic, 'Provenance').find(
      ({ target }) => target[0]?.identifier?.value === second?.identifier?.[0]?.value,
    );
    const { clinic: content } = await everything();
    const signature = fromBase64(made?.signature?.[0]?.data ?? '');
    const bytes = signedBytes('plan', PATIENT_ID, canonical(content.plans[1]));
    expect(await clinic.crypto.verify(clinic.card.signKey, signature!, bytes)).toBe(true);
    expect(
      await clinic.crypto.verify(clinic.card.signKey, signature!, signedBytes('plan', 'other', '{}')),
    ).toBe(false);
  });

  it('is which parts of a sensor are corrected', () => {
    const metrics = all<DeviceMetric>(ofClinic, 'DeviceMetric').map(({ type, calibration }) => [
      type.text,
      calibration?.[0]?.state,
    ]);
    expect(metrics).toEqual([
      ['Accelerometer', 'unspecified'],
      ['Gyroscope', 'calibrated'],
      ['Magnetometer', 'unspecified'],
    ]);
  });

  it('is a report with the same figures as on paper, and what they rest on', async () => {
    const journal = everyEntry();
    const moment = { utcMs: Date.UTC(2026, 1, 1), day: 20_485 };
    const { resource } = await reportResource(
      journal,
      moment,
      { name: 'Ana', kit: null },
      contextOf(patient),
    );
    const report = resource as DiagnosticReport;
    expect(report.conclusion).toContain('Sessions done: 2');
    expect(report.conclusion).toContain(
      'Upper-back rotation, low back locked, left: 31.5 deg (95 % 28 to 35)',
    );
    expect(report.conclusion).toContain('Holds simulated data.');
    expect(report.conclusion).toContain('not radiographic');
    const known = new Set(
      all<Observation>(ofPatient, 'Observation').map(({ identifier }) => identifier?.[0]?.value),
    );
    expect(report.result?.length).toBe(5);
    for (const { identifier } of report.result ?? []) expect(known).toContain(identifier?.value);
  });

  it('has no standard code that is not known to be right, and no local code that is not published', () => {
    const published = new Set(localCodeSystem().concept?.map(({ code }) => code));
    const standard = new Set(Object.values(STANDARD).map(({ system, code }) => `${system}|${code}`));
    const found = [...ofClinic, ...ofPatient].flatMap(codingsOf);
    expect(found.length).toBeGreaterThan(100);
    for (const { system, code } of found) {
      if (system === 'urn:thora:codes') expect(published).toContain(code);
      if (system === 'http://loinc.org' || system === 'http://snomed.info/sct')
        expect(standard).toContain(`${system}|${code}`);
    }
  });

  it('publishes the codes as they are, with one for everything that is asked, tested and done', () => {
    const file = new URL('../../../docs/fhir-codes.json', import.meta.url);
    expect(JSON.parse(readFileSync(file, 'utf8')) as CodeSystem).toEqual(localCodeSystem());
    const published = new Set(localCodeSystem().concept?.map(({ code }) => code));
    for (const { id, scale } of MEASURES) {
      expect(published).toContain(id);
      if (scale.kind !== 'choice') continue;
      for (let place = 0; place < scale.count; place++) expect(published).toContain(`${id}.${place}`);
      expect(published).not.toContain(`${id}.${scale.count}`);
    }
    for (const { kind } of EVERY_EVENT) expect(published).toContain(kind);
    for (const { id } of [...EXERCISE_LIBRARY, ...SAFETY_QUESTIONS]) expect(published).toContain(id);
    for (const metric of Object.keys(DETECTABLE_DEG)) expect(published).toContain(metric);
  });
});

describe('the validators', () => {
  const sound = { resourceType: 'Observation', status: 'final', code: { text: 'x' } };
  it.each([
    ['an unknown property', { ...sound, colour: 'red' }],
    ['a status that is none', { ...sound, status: 'done' }],
    ['a date that is none', { ...sound, effectiveDateTime: '2026-13-40' }],
    ['nothing that is observed', { resourceType: 'Observation', status: 'final' }],
    [
      'a value and the reason why it is missing',
      { ...sound, valueString: 'x', dataAbsentReason: { text: 'y' } },
    ],
    ['two values', { ...sound, valueString: 'x', valueInteger: 1 }],
    ['an empty list', { ...sound, note: [] }],
  ])('find %s', (_what, resource) => {
    expect(soundnessOf(sound)).toEqual([]);
    expect(soundnessOf(resource)).not.toEqual([]);
  });
});

function codingsOf(value: unknown): readonly Coding[] {
  if (Array.isArray(value)) return value.flatMap(codingsOf);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'system' in value && 'code' in value ? [value as Coding] : [];
  return [...own, ...Object.values(value).flatMap(codingsOf)];
}
