import { i18n, type MessageDescriptor } from '@lingui/core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RuleFiring } from '../../src/core/care/programme/programme-plan.ts';
import type { NextStep } from '../../src/core/care/programme/todays-session.ts';
import { SHOWN_TO_A_DOCTOR } from '../../src/core/care/programme/programme-rule.ts';
import {
  alike,
  nextStepWords,
  noticeWords,
  reasonWords,
  ruleSentence,
} from '../../src/ui/text/programme-text.ts';
import { decidePlan } from '../../src/core/care/programme/decide-plan.ts';
import { ABLE, Diary } from '../core/care/programme/programme-person.ts';

const firing = (
  ruleId: string,
  before: string,
  after: string,
  inputs: RuleFiring['inputs'] = {},
): RuleFiring => ({
  ruleId,
  exerciseId: null,
  inputs,
  before,
  after,
});
const text = (message: MessageDescriptor): string => i18n._(message);

beforeAll(() => {
  i18n.load('en', {});
  i18n.activate('en');
});

const said = (ruleId: string, before = '', after = before, inputs: RuleFiring['inputs'] = {}): string =>
  text(ruleSentence(firing(ruleId, before, after, inputs)));

describe('words of the programme', () => {
  it('say once what holds for several exercises, and nothing twice that holds for the whole plan', () => {
    const of = (ruleId: string, exerciseId: RuleFiring['exerciseId'], step = 'sets'): RuleFiring => ({
      ...firing(ruleId, 'a', 'b', { step }),
      exerciseId,
    });
    const words = (firings: readonly RuleFiring[]) =>
      alike(firings, (one) => text(ruleSentence(one))).map(({ ruleId, exerciseIds }) => [
        ruleId,
        ...exerciseIds,
      ]);
    expect(words([of('C1', null), of('C1', 'E01'), of('C1', 'E03')])).toEqual([['C1']]);
    expect(words([of('G1', 'E01'), of('G1', 'E03'), of('G1', 'E05', 'range'), of('PH1', null)])).toEqual([
      ['G1', 'E01', 'E03'],
      ['G1', 'E05'],
      ['PH1'],
    ]);
  });

  it('say what went up, and by what', () => {
    const steps = ['range', 'repetitions', 'minutes', 'hold', 'sets', 'load', 'variation'];
    const words = steps.map((step) => said('G1', 'a', 'b', { step }));
    expect(new Set(words).size).toBe(steps.length);
    expect(said('G1', 'a', 'a')).toContain('stays as it is');
    expect(said('G11', 'a', 'b')).toContain('less');
    expect(said('G4', 'a', 'a')).toContain('as light as it gets');
  });

  it('know the reason of every exercise that a plan gives', () => {
    const diary = new Diary({ ...ABLE, goals: ['sleep', 'sport'] });
    diary.decide();
    for (let i = 0; i < 30; i++, diary.day++) {
      const plan = decidePlan(diary.journal, diary.moment, diary.context)?.plan ?? diary.plan;
      for (const { reason, exerciseId } of plan.exercises)
        expect(text(reasonWords(reason)), exerciseId).not.toBe(text(reasonWords('unknown')));
      diary.trainToday();
      diary.decide();
    }
  });

  it('say of gentle days what they come from, and no more than was told', () => {
    const causes = ['said', 'dayAboveMean', 'weekAboveWeek'];
    const words = causes.map((cause) => said('G6', 'running', 'flare', { cause }));
    expect(new Set(words).size).toBe(causes.length);
    expect(words[0]).toContain('You said');
    expect(words[0]).not.toMatch(/pain|hurt|worse|flare/);
    expect(words[1]).toContain('above your usual');
  });

  it('name the page for a doctor with every rule that leads there', () => {
    for (const rule of SHOWN_TO_A_DOCTOR) expect(text(noticeWords(rule)), rule).toContain('page');
  });

  it('are short, calm and without blame', () => {
    const rules = [
      'ENTRY',
      'X1',
      'X2',
      'P1',
      'I1',
      'PH1',
      'PH2',
      'PH3',
      'PH4',
      'W1',
      'G2',
      'G3',
      'G5',
      'G6',
      'G7',
      'G8',
      'G9',
      'G10',
      'G12',
      'G13',
      'G4W',
      'A1',
      'A2',
      'A3',
      'A4',
      'A5',
      'F2',
      'F3',
      'F4',
      'F5',
      'R-24',
      'D1',
      'M1',
    ];
    const steps: NextStep[] = ['comeIn', 'locked', 'doneToday', 'restDay', 'seeSomebody'];
    const all = [...rules.map((rule) => said(rule)), ...steps.map((step) => text(nextStepWords(step)))];
    expect(new Set(all).size).toBe(rules.length + steps.length);
    for (const words of all) {
      expect(words).not.toMatch(/!|wrong|bad |fail|damage|must|should/i);
      expect(words.split(' ').length, words).toBeLessThanOrEqual(18);
    }
    expect(said('from a later version')).toBe('A rule changed your plan.');
  });
});
