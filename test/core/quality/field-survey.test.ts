import { describe, expect, it } from 'vitest';
import { FieldSurvey, SURVEY_S, type SurveyState } from '../../../src/core/quality/field-survey.ts';
import { Random } from '../../../src/core/simulation/random.ts';

const RAD = Math.PI / 180;
const STEP_MS = 50;

interface Field {
  readonly microTesla: number;
  readonly dipDeg: number;
}

/** Moves the sensor over a place whose field depends on where it is, 0 to 1, for so long. */
function survey(
  fieldAt: (place: number) => Field,
  options: { readonly rateRadPerS?: number; readonly durationS?: number } = {},
): SurveyState[] {
  const { rateRadPerS = 0.2, durationS = SURVEY_S + 1 } = options;
  const one = new FieldSurvey();
  const random = new Random(3);
  const states: SurveyState[] = [];
  for (let timeMs = 0; timeMs <= 1000 * durationS; timeMs += STEP_MS) {
    const { microTesla, dipDeg } = fieldAt((1 - Math.cos(timeMs / 900)) / 2);
    states.push(
      one.take(
        {
          fieldMicroTesla: microTesla + 0.4 * random.between(-1, 1),
          dipRad: (dipDeg + random.between(-1, 1)) * RAD,
          rateRadPerS,
        },
        timeMs,
      ),
    );
  }
  return states;
}

const findingOf = (states: readonly SurveyState[]) => {
  const last = states.at(-1);
  return last?.kind === 'found' ? last.finding : null;
};

describe('a survey of the magnetic field', () => {
  it('finds a room without steel steady, with its figures', () => {
    const finding = findingOf(survey(() => ({ microTesla: 47, dipDeg: 62 })));
    expect(finding?.verdict).toBe('steady');
    expect(finding?.medianMicroTesla).toBeCloseTo(47, 0);
    expect(finding?.spreadMicroTesla).toBeLessThan(1);
    expect(finding!.dipSpreadRad / RAD).toBeLessThan(2.5);
  });

  it('finds a chair with a steel frame disturbed, in size or in slope, and says where while it is moved', () => {
    const steel = survey((place) => ({ microTesla: place > 0.8 ? 62 : 47, dipDeg: 62 }));
    expect(findingOf(steel)?.verdict).toBe('disturbed');
    const heres = steel.flatMap((state) => (state.kind === 'moving' ? [state.isUsualHere] : []));
    expect(heres).toContain(false);
    expect(heres).toContain(true);
    expect(heres[0]).toBeNull();
    expect(findingOf(survey((place) => ({ microTesla: 47, dipDeg: 62 - 25 * place })))?.verdict).toBe(
      'disturbed',
    );
  });

  it("finds a field that is not the earth's", () => {
    expect(findingOf(survey(() => ({ microTesla: 130, dipDeg: 10 })))?.verdict).toBe('notEarths');
    expect(findingOf(survey(() => ({ microTesla: 9, dipDeg: 10 })))?.verdict).toBe('notEarths');
  });

  it('says nothing of a place over which the sensor was not moved, or was swung', () => {
    const still = survey(() => ({ microTesla: 47, dipDeg: 62 }), { rateRadPerS: 0.005, durationS: 40 });
    expect(still.at(-1)).toMatchObject({ kind: 'moving', fraction: 0, hint: 'moveOn' });
    const swung = survey(() => ({ microTesla: 47, dipDeg: 62 }), { rateRadPerS: 3, durationS: 40 });
    expect(swung.at(-1)).toMatchObject({ kind: 'moving', fraction: 0, hint: 'slower' });
  });

  it('waits for a sensor that sends no field', () => {
    const none = survey(() => ({ microTesla: NaN, dipDeg: 62 }), { durationS: 30 });
    expect(new Set(none.map(({ kind }) => kind))).toEqual(new Set(['noField']));
  });
});
