/** Words of the page for a referrer: what a figure is worth, and where it comes from. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import {
  FUNCTION_CHANGE,
  INTERFERENCE_CHANGE,
  PAIN_CHANGE,
} from '../../core/care/outcomes/outcome-thresholds.ts';
import { PROGRESS_LIMITS } from '../../core/care/programme/programme-thresholds.ts';
import type { LockAction } from '../../core/care/safety/safety-questions.ts';
import type { OutcomeRow, Worth } from '../../core/report/referrer-outcomes.ts';
import type { NoteId } from '../../core/report/referrer-report.ts';
import type { SideDifference } from '../../core/report/range-change.ts';
import { seriesName } from './progress-text.ts';

export function outcomeName(name: OutcomeRow['name']): MessageDescriptor {
  return name.kind === 'worstPain' ? msg`Worst pain, week by week` : seriesName(name);
}

/** Null: nothing to add to the verdict. */
export function worthWords(worth: Worth): MessageDescriptor | null {
  switch (worth) {
    case 'reached':
      return msg`The latest change is large enough to matter (MCID).`;
    case 'notReached':
      return msg`The latest change is below the MCID.`;
    case 'withinChance':
      return msg`The latest change would be large enough to matter (MCID), but it could be chance.`;
    case 'lowFromStart':
    case 'notKnown':
    case 'tooEarly':
      return null;
  }
}

export function sidesWords(verdict: SideDifference): MessageDescriptor {
  switch (verdict) {
    case 'symmetric':
      return msg`too close to call`;
    case 'small':
      return msg`a small difference`;
    case 'marked':
      return msg`a clear difference`;
  }
}

export function lockWords(action: LockAction): MessageDescriptor {
  switch (action) {
    case 'emergency':
      return msg`Exercise is locked: the answers asked for emergency care.`;
    case 'urgent':
      return msg`Exercise is locked: the answers asked to be seen soon.`;
    case 'review':
      return msg`Exercise is locked until somebody has looked at the answers.`;
    case 'ineligible':
      return msg`Exercise is locked: the programme is for adults.`;
  }
}

/** Source, method, and how sure the figure is. */
export function noteWords(id: NoteId): MessageDescriptor {
  const { meaningfulPoints, meaningfulShare } = PAIN_CHANGE;
  const percent = 100 * meaningfulShare;
  const { small } = FUNCTION_CHANGE;
  const partPercent = 100 * PROGRESS_LIMITS.leastRepetitionShare;
  switch (id) {
    case 'sessions':
      return msg`Counted by the app; tests are left out. Planned: sessions a week of each plan, for as long as it held. Cut short: less than ${partPercent} % of an exercise was done. A count, so it has no interval.`;
    case 'painWeek':
      return msg`The person's morning answers, 0 none to 10 worst; average of a week with at least four answers. An answer has no interval.`;
    case 'painReview':
      return msg`The person's answers about the past week at reviews, 0 none to 10 worst. An answer has no interval.`;
    case 'worstPain':
      return msg`As average pain, for the worst of 24 hours. Shown; no verdict is given.`;
    case 'function':
      return msg`Average of up to three things that the person named, 0 cannot to 10 as before (own words, after the PSFS). An answer has no interval.`;
    case 'interference':
      return msg`Average of enjoying life, usual activities and the week's pain, 0 not at all to 10 completely. An answer has no interval.`;
    case 'answers':
      return msg`One answer of 0 to 10 of the person. An answer has no interval.`;
    case 'pgic':
      return msg`The person's own word at a review, one of seven.`;
    case 'needed':
      return msg`Needed: the smallest change beyond chance (MDC), raised where several things are looked at or days go up and down a lot. A verdict needs it twice in a row.`;
    case 'worth':
      return msg`MCID: pain ${meaningfulPoints} points and ${percent} % of the start (Farrar 2001); things that are hard ${small} points (Abbott 2014); how much it gets in the way ${INTERFERENCE_CHANGE} point (Reed 2024). None is published for the others.`;
    case 'range':
      return msg`Average of the best moves of a test, by worn motion sensors; in brackets where the true angle lies 19 times out of 20. Needed: MDC of this test, larger where the person's own tests scatter more, raised where several are tested. Sensors in other places are never compared.`;
    case 'sides':
      return msg`Left less right of one test day. Clear: beyond the needed change and 15 % of the larger side.`;
    case 'counts':
      return msg`Said by the person or counted by the app's rules. A count, so it has no interval.`;
    case 'rules':
      return msg`Fixed rules make and change the plan, within a clinic's limits where one signed it. No AI. The reasons stand as the person read them.`;
  }
}
