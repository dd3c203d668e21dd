/** Words of the clinic's review: for somebody who looks after patients. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { CareEvent } from '../../core/care/care-journal.ts';
import type { Answer, Decision } from '../../core/care/clinic/patient-review.ts';
import type { AlertLevel, AlertSubject } from '../../core/care/clinic/review-alerts.ts';
import type { TileId } from '../../core/care/outcomes/progress-tiles.ts';
import type { LockAction } from '../../core/care/safety/safety-questions.ts';
import { tileName } from './progress-text.ts';

export function levelWords(level: AlertLevel): MessageDescriptor {
  switch (level) {
    case 'critical':
      return msg`Critical: today`;
    case 'high':
      return msg`High: today`;
    case 'medium':
      return msg`Medium: within 2 days`;
    case 'low':
      return msg`Low: within a week`;
  }
}

/** A tile as somebody else than the patient reads it. */
export function outcomeName(id: TileId): MessageDescriptor {
  return id === 'function' ? msg`What the patient can do` : tileName(id);
}

/** Within the sentence that begins the page. */
export function answerWords(answer: Answer): MessageDescriptor {
  switch (answer) {
    case 'better':
      return msg`Better`;
    case 'same':
      return msg`The same`;
    case 'worse':
      return msg`Worse`;
    case 'mixed':
      return msg`Some better, some worse`;
    case 'cannotTell':
      return msg`Cannot be told yet`;
  }
}

function lockTitle(action: LockAction): MessageDescriptor {
  switch (action) {
    case 'emergency':
      return msg`Locked: told to call the emergency number`;
    case 'urgent':
      return msg`Locked: told to get medical help the same day`;
    case 'review':
      return msg`Locked until a doctor agrees`;
    case 'ineligible':
      return msg`Locked: under 18 years`;
  }
}

/** What happened; numbers and names stand beside it. */
export function alertTitle(subject: AlertSubject): MessageDescriptor {
  switch (subject.kind) {
    case 'lock':
      return lockTitle(subject.action);
    case 'crisis':
      return msg`Told of thoughts of self-harm`;
    case 'statement':
      return msg`Says that somebody saw them and allowed exercise`;
    case 'emergencyTakenBack':
      return msg`Says that an emergency answer was a mistake`;
    case 'adverse':
      return msg`Told of something new or worrying`;
    case 'painOverLimit':
      return msg`Pain above the limit`;
    case 'painWorse':
      return subject.isSure ? msg`Pain is worse than at the start` : msg`Pain may be worse than at the start`;
    case 'rule':
      return ruleTitle(subject.ruleId);
    case 'flare':
      return msg`In a flare`;
    case 'nothingDone':
      return msg`No session done`;
    case 'lowQuality':
      return msg`Three measured sessions in a row came out poorly`;
    case 'notReadable':
      return msg`Part of the journal cannot be read here`;
    case 'noFile':
      return msg`No file from the patient`;
    case 'reviewDue':
      return msg`The review is due`;
    case 'planLeft':
      return msg`The patient stopped following your plan`;
    case 'planNotTaken':
      return msg`The newest plan is not followed yet`;
  }
}

function ruleTitle(ruleId: string): MessageDescriptor {
  switch (ruleId) {
    case 'R-24':
      return msg`Six weeks of exercise without change for the better`;
    case 'G4W':
      return msg`Stopped for pain twice in a week: the exercise has a week off`;
    case 'G10':
      return msg`Still stiff after four weeks, without more movement`;
    case 'F4':
      return msg`The flare does not settle`;
    case 'F5':
      return msg`Third flare in four weeks`;
    default:
      return msg`Under half of the sessions done: the plan is down to its least`;
  }
}

/** Where an alert comes from. */
export function sourceOfAlert(event: CareEvent | null): MessageDescriptor {
  switch (event?.kind) {
    case undefined:
      return msg`the clinic's own record`;
    case 'safetyAnswered':
      return msg`safety questions`;
    case 'mistakeSaid':
    case 'seenSaid':
      return msg`the patient's own word`;
    case 'sessionDone':
      return msg`session`;
    case 'measureAnswered':
      return msg`answer`;
    case 'planSet':
      return msg`rules of the plan`;
    default:
      return msg`the patient's journal`;
  }
}

export function decisionWords(decision: Decision): MessageDescriptor {
  switch (decision) {
    case 'callToday':
      return msg`Call the patient today. The app has told them what to do; nobody else knows.`;
    case 'callSoon':
      return msg`Speak with the patient today about what they told.`;
    case 'lowerDose':
      return msg`Look at the exercise that hurt: less of it, another way, or leave it out.`;
    case 'referOn':
      return msg`Decide whether a doctor should have a look.`;
    case 'reviewPlan':
      return msg`Go through the plan, and sign the next version with a new review day.`;
    case 'askWhatStops':
      return msg`Ask what stands in the way, and offer fewer or shorter sessions.`;
    case 'checkSensors':
      return msg`Go through straps and places of the sensors together, then the moves.`;
    case 'askForFile':
      return msg`Ask for a new file.`;
    case 'sendPlan':
      return msg`Make sure that the newest plan reached the patient.`;
    case 'makePlan':
      return msg`Make and sign a plan.`;
    case 'moveOn':
      return msg`Going well: decide whether the next phase can begin.`;
    case 'goOn':
      return msg`Nothing now. The plan can go on.`;
  }
}
