import type { Extension, Resource } from 'fhir/r4';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { contentOf } from '../../../src/adapters/fhir/mapping/content-of.ts';
import { RECORD_URL } from '../../../src/adapters/fhir/mapping/fhir-names.ts';
import { toBase64 } from '../../../src/adapters/fhir/mapping/fhir-values.ts';
import { signedBytes } from '../../../src/adapters/fhir/mapping/record-extension.ts';
import { resourcesOf } from '../../../src/adapters/fhir/mapping/resources-of.ts';
import { canonical } from '../../../src/core/recording/canonical-json.ts';
import { emptyContent, type HandOverContent } from '../../../src/core/recording/clinic-record.ts';
import { createParty, type TestParty } from '../../support/hand-over-parties.ts';
import { contextOf, everything, expectedBy, same, written } from '../../support/fhir-parties.ts';
import { clinicPlan } from '../../support/clinic-plans.ts';
import { chained, PATIENT_ID } from '../../support/fhir-content.ts';

const TIMES = process.env['THORA_LONG'] ? 10 : 1;

let clinic: TestParty;
let patient: TestParty;
let stranger: TestParty;
let all: { readonly clinic: HandOverContent; readonly patient: HandOverContent };
let ofClinic: readonly Resource[];
let ofPatient: readonly Resource[];
beforeAll(async () => {
  clinic = await createParty('clinic', 'clinic-1');
  patient = await createParty('patient', PATIENT_ID);
  stranger = await createParty('clinic', 'clinic-2');
  all = await everything();
  ofClinic = written(await resourcesOf(all.clinic, contextOf(clinic)));
  ofPatient = written(await resourcesOf(all.patient, contextOf(patient)));
});

const holds = (resource: Resource): boolean =>
  (resource as { readonly extension?: readonly Extension[] }).extension?.some(
    ({ url }) => url === RECORD_URL,
  ) === true;
const codes = ({ refused }: { readonly refused: readonly { readonly code: string }[] }) =>
  refused.map(({ code }) => code);
const readByPatient = (resources: readonly unknown[], knownPlans: HandOverContent['plans'] = []) =>
  contentOf(resources, { ...expectedBy(patient, clinic), knownPlans });
const readByClinic = (resources: readonly unknown[]) => contentOf(resources, expectedBy(clinic, patient));

describe('what comes from a server', () => {
  it('is refused or says the same after any single change @slow', async () => {
    const whole = canonical(same(all.clinic));
    const places = ofClinic.flatMap((resource, i) => pathsOf(resource).map((path) => ({ i, path })));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.constantFrom(...places), fc.constantFrom(...places.filter(isOfRecord))),
        fc.constantFrom(...CHANGES),
        async ({ i, path }, change) => {
          const resources = structuredClone(ofClinic) as Resource[];
          changeAt(resources as unknown as Tree, [i, ...path], change);
          const { content, refused } = await readByPatient(resources);
          if (refused.length === 0) expect(canonical(content), path.join('.')).toBe(whole);
          else expect(isPartOf(content, all.clinic)).toBe(true);
        },
      ),
      { numRuns: 300 * TIMES },
    );
  });

  it('never says anything else after a single change of one resource @slow', async () => {
    const ownOf = ofPatient.filter(holds);
    const places = ownOf.flatMap((resource, i) => pathsOf(resource).map((path) => ({ i, path })));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.constantFrom(...places), fc.constantFrom(...places.filter(isOfRecord))),
        fc.constantFrom(...CHANGES),
        async ({ i, path }, change) => {
          const resource = structuredClone(ownOf[i]);
          changeAt([resource] as unknown as Tree, [0, ...path], change);
          const { content, refused } = await readByClinic([resource]);
          expect(isPartOf(content, all.patient)).toBe(true);
          expect(content.journal.length + content.messages.length + refused.length).toBe(1);
        },
      ),
      { numRuns: 1000 * TIMES },
    );
  });

  it('never throws and never yields anything, whatever it is @slow', async () => {
    const shapes = fc.anything({ withNullPrototype: true });
    const resources = fc.record(
      {
        resourceType: fc.oneof(
          fc.constantFrom('CarePlan', 'Basic', 'Observation', 'Patient', 'Bundle'),
          shapes,
        ),
        id: shapes,
        meta: shapes,
        identifier: fc.oneof(shapes, fc.constant([{ system: 'urn:thora:id:plan', value: 'x' }])),
        subject: fc.oneof(shapes, fc.constant({ reference: 'Patient/p1' })),
        extension: fc.oneof(
          shapes,
          fc.array(
            fc.record({
              url: fc.constant(RECORD_URL),
              extension: fc.oneof(
                shapes,
                fc.array(
                  fc.record({
                    url: fc.constantFrom('version', 'kind', 'writer', 'text', 'signature'),
                    valueInteger: fc.oneof(fc.constant(1), shapes),
                    valueCode: fc.oneof(fc.constantFrom('plan', 'entry'), shapes),
                    valueString: fc.oneof(fc.constantFrom('clinic-1', '{}', '[1'), shapes),
                    valueSignature: shapes,
                  }),
                ),
              ),
            }),
          ),
        ),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(shapes, resources)), async (sent) => {
        const { content } = await readByPatient(sent);
        expect(content).toEqual(emptyContent(PATIENT_ID));
      }),
      { numRuns: 500 * TIMES },
    );
  });

  it('is left alone where it is of another system', async () => {
    const foreign = {
      resourceType: 'CarePlan',
      id: 'c9',
      status: 'active',
      intent: 'plan',
      subject: { reference: 'Patient/p1' },
    };
    const others = [
      foreign,
      { resourceType: 'Observation', id: 'o1', status: 'final', code: { text: 'Weight' } },
      { resourceType: 'OperationOutcome', issue: [] },
      { resourceType: 'Patient', id: 'p1' },
    ];
    const { content, refused } = await readByPatient([...others, ...ofClinic]);
    expect(refused).toEqual([{ resourceType: 'CarePlan', id: 'c9', code: 'foreignPlan' }]);
    expect(content).toEqual(same(all.clinic));
  });

  it('is refused by name: another patient, no signature, a stranger, a part in which a party may not speak', async () => {
    const about = (resources: readonly Resource[], change: object) =>
      resources.filter(holds).map((one) => ({ ...one, ...change }));
    const elsewhere = { subject: { reference: 'Patient/p2' }, patient: { reference: 'Patient/p2' } };
    expect(new Set(codes(await readByPatient(about(ofClinic, elsewhere))))).toEqual(
      new Set(['otherPatient']),
    );

    const { sign: _sign, ...unsigned } = contextOf(clinic);
    for (const context of [unsigned, contextOf(stranger)])
      expect(new Set(codes(await readByPatient(written(await resourcesOf(all.clinic, context)))))).toEqual(
        new Set(['notSigned']),
      );

    // A clinic's key under another clinic's name.
    const impostor = { ...contextOf(clinic), sign: stranger.crypto.sign };
    expect(new Set(codes(await readByPatient(written(await resourcesOf(all.clinic, impostor)))))).toEqual(
      new Set(['altered']),
    );

    // Who claims another's part gets no further than who leaves it unsigned: nobody speaks for the other.
    const claimed = {
      ...contextOf(clinic),
      part: 'all' as const,
      writer: { ...clinic.card, role: 'patient' as const },
    };
    const said = await readByPatient(written(await resourcesOf(all.patient, claimed)));
    expect(said.content).toEqual(emptyContent(PATIENT_ID));
    expect(new Set(codes(said))).toEqual(new Set(['notSigned']));
    const swapped = written(
      await resourcesOf(
        { ...all.patient, messages: all.clinic.messages },
        { ...contextOf(clinic), part: 'all' },
      ),
    );
    const read = await readByPatient(swapped);
    expect(read.content.journal).toEqual([]);
    expect(read.content.messages).toEqual(all.clinic.messages);
    expect(new Set(codes(read))).toEqual(new Set(['notSigned']));
  });

  it('is refused in another place than its own, and where its text is not written as Thora writes', async () => {
    const [one, other] = ofPatient.filter(
      (resource) => holds(resource) && resource.resourceType === 'Observation',
    );
    const { identifier } = other as unknown as Record<string, unknown>;
    expect(codes(await readByClinic([{ ...one, identifier }]))).toEqual(['altered']);
    expect(codes(await readByClinic([{ ...one, resourceType: 'Basic' }]))).toEqual(['altered']);
    expect(
      codes(
        await readByClinic([
          {
            ...one,
            identifier: [identifier, (one as typeof other & { identifier: unknown[] }).identifier].flat(),
          },
        ]),
      ),
    ).toEqual([]);

    const [message] = all.clinic.messages;
    const text = JSON.stringify({
      writtenAtUtc: message!.writtenAtUtc,
      text: 'x',
      from: 'clinic',
      messageId: 'm1',
    });
    const signature = await clinic.crypto.sign(signedBytes('message', PATIENT_ID, text));
    const loose = JSON.parse(
      JSON.stringify(ofClinic.find(({ resourceType }) => resourceType === 'Communication')),
    ) as {
      extension: { extension: { url: string; valueString?: string; valueSignature?: { data: string } }[] }[];
    };
    for (const part of loose.extension[0]!.extension) {
      if (part.url === 'text') part.valueString = text;
      if (part.url === 'signature') part.valueSignature!.data = toBase64(signature);
    }
    expect(codes(await readByPatient([loose]))).toEqual(['invalid']);
  });

  it('is not taken for another patient whose record was signed by the same clinic', async () => {
    const other = 'patient-2';
    const plans = all.clinic.plans.map((plan) => ({ ...plan, patientId: other }));
    const content = { ...all.clinic, patientId: other, plans };
    const theirs = written(await resourcesOf(content, { ...contextOf(clinic), patientId: other }));
    const read = await readByPatient(theirs);
    expect(read.content).toEqual(emptyContent(PATIENT_ID));
    expect(read.refused).toHaveLength(theirs.filter(holds).length);
  });

  it('says when it was written by a later Thora', async () => {
    const later = JSON.parse(
      JSON.stringify(ofPatient).replaceAll(
        '{"url":"version","valueInteger":1}',
        '{"url":"version","valueInteger":2}',
      ),
    ) as unknown[];
    const read = await readByClinic(later);
    expect(read.content).toEqual(emptyContent(PATIENT_ID));
    expect(new Set(codes(read))).toEqual(new Set(['newerVersion']));
  });

  it('takes the later place of an entry that was moved, whichever comes first', async () => {
    const [entry] = all.patient.journal;
    const moved = { ...entry!, order: entry!.order + 50 };
    const of = (one: typeof moved): HandOverContent => ({ ...emptyContent(PATIENT_ID), journal: [one] });
    const before = written(await resourcesOf(of(entry!), contextOf(patient)));
    const after = written(await resourcesOf(of(moved), contextOf(patient)));
    for (const resources of [
      [...before, ...after],
      [...after, ...before],
    ])
      expect((await readByClinic(resources)).content.journal).toEqual([moved]);
  });

  it('never leads a patient back to an older plan', async () => {
    const [first, second] = all.clinic.plans;
    const old = ofClinic.filter((one) => !JSON.stringify(one).includes('Take care'));
    const read = await readByPatient(old, [first!, second!]);
    expect(read.content.plans).toEqual([]);
    expect(codes(read)).toContain('replayed');
    const anew = await chained([
      clinicPlan({ patientId: PATIENT_ID, planId: 'plan-9', madeAtUtc: '2026-12-01T10:00:00.000Z' }),
    ]);
    const begun = written(await resourcesOf({ ...all.clinic, plans: anew }, contextOf(clinic)));
    expect((await readByPatient(begun, [first!, second!])).content.plans).toEqual(anew);
    expect((await readByPatient(ofClinic, [...all.clinic.plans, ...anew])).content.plans).toEqual([]);
    // A clinic may look at its older ones, and a patient at all of them together.
    expect(
      (await contentOf(old, { ...expectedBy(clinic, patient), knownPlans: [second!] })).content.plans,
    ).toEqual([first]);
    expect((await readByPatient(ofClinic, [first!, second!])).content.plans).toEqual(all.clinic.plans);
  });

  it('is refused where a plan does not follow from the one that is known', async () => {
    const [first] = all.clinic.plans;
    const onlySecond = ofClinic.filter((one) => JSON.stringify(one).includes('Take care'));
    expect((await readByPatient(onlySecond, [first!])).content.plans).toHaveLength(1);
    const other = { ...first!, note: 'Another first version' };
    const read = await readByPatient(onlySecond, [other]);
    expect(read.content.plans).toEqual([]);
    expect(codes(read)).toContain('altered');
  });
});

type Tree = { [key: string | number]: Tree | string | number | boolean | null };
type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]));
  return path.length === 0 ? inner : [path, ...inner];
}

/** Within what is read back: the text and its signature. */
const isOfRecord = ({ path }: { readonly path: Path }): boolean =>
  path[0] === 'extension' && ['valueString', 'data'].includes(String(path.at(-1)));

const CHANGES = ['a digit', 'drop', 'null', 'array', 'text', 'number', 'one sign', 'twice'] as const;

function changeAt(tree: Tree, path: Path, change: (typeof CHANGES)[number]): void {
  const key = path.at(-1)!;
  const holder = path.slice(0, -1).reduce<Tree>((at, step) => at[step] as Tree, tree);
  const value = holder[key]!;
  if (change === 'drop') delete holder[key];
  else if (change === 'null') holder[key] = null;
  else if (change === 'array') holder[key] = [value] as unknown as Tree;
  else if (change === 'text') holder[key] = 'something else';
  else if (change === 'number') holder[key] = 7;
  else if (change === 'a digit') {
    if (typeof value === 'string')
      holder[key] = value.replace(/(?<=:)\d/, (digit) => String((Number(digit) + 1) % 10));
  } else if (change === 'twice') holder[key] = [value, value] as unknown as Tree;
  else if (typeof value === 'string')
    holder[key] = `${value.slice(0, -3)}${value.at(-3) === 'A' ? 'B' : 'A'}${value.slice(-2)}`;
  else if (typeof value === 'number') holder[key] = value + 1;
}

function isPartOf(content: HandOverContent, whole: HandOverContent): boolean {
  return (['plans', 'passports', 'messages', 'journal'] as const).every((field) => {
    const known = new Set(whole[field].map(canonical));
    return content[field].every((one) => known.has(canonical(one)));
  });
}
