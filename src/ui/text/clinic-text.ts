/** Words between a clinic and its patients: plans, their versions, and files that were refused. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { ClinicPlan } from '../../core/care/clinic/clinic-plan.ts';
import type { PlanDifference, PlanField } from '../../core/care/clinic/plan-difference.ts';
import type { ClinicPlanProblem } from '../../core/care/clinic/plan-problems.ts';
import type { PlanTemplateId } from '../../core/care/clinic/plan-templates.ts';
import type { DoseVariable } from '../../core/care/programme/dose.ts';
import type { PlannedExercise } from '../../core/care/programme/programme-plan.ts';
import type { HandOverErrorCode } from '../../core/recording/hand-over-error.ts';
import type { LinkErrorCode } from '../../core/recording/link-file.ts';
import type { ProblemWords } from './problem-text.ts';

export function handOverErrorWords(code: HandOverErrorCode): ProblemWords {
  switch (code) {
    case 'notAHandOver':
      return {
        tone: 'warn',
        happened: msg`This is not a file between a clinic and a patient.`,
        next: msg`Choose the file that you were given.`,
      };
    case 'newerVersion':
      return {
        tone: 'warn',
        happened: msg`This file was made by a newer Thora.`,
        next: msg`Reload Thora to update it, then open the file again.`,
      };
    case 'fieldInvalid':
      return {
        tone: 'warn',
        happened: msg`Something in this file cannot be right. Nothing was taken from it.`,
        next: msg`Ask for the file again.`,
      };
    case 'altered':
      return {
        tone: 'stop',
        happened: msg`This file was changed after it was signed. Nothing was taken from it.`,
        next: msg`Ask for the file again.`,
      };
    case 'forSomeoneElse':
      return {
        tone: 'stop',
        happened: msg`This file is for another person. Nothing was taken from it.`,
        next: msg`Ask for your own file.`,
      };
    case 'unknownSender':
      return {
        tone: 'warn',
        happened: msg`This file is from somebody that this device is not paired with.`,
        next: msg`Pair first: open the card and compare the code.`,
      };
    case 'alreadyTaken':
      return {
        tone: 'info',
        happened: msg`This file was opened here before.`,
        next: msg`There is nothing to do.`,
      };
    case 'olderFile':
      return {
        tone: 'warn',
        happened: msg`This file is older than one that was opened here. Nothing was changed.`,
        next: msg`Ask for the newest file.`,
      };
    case 'fromFuture':
      return {
        tone: 'warn',
        happened: msg`By the clock of this device, this file comes from the future.`,
        next: msg`Set the clock of this device, then open the file again.`,
      };
    case 'cannotOpen':
      return {
        tone: 'warn',
        happened: msg`This file is locked for another device.`,
        next: msg`Pair again with this device, then ask for a new file.`,
      };
    case 'codeChanged':
      return {
        tone: 'stop',
        happened: msg`Another card came since this code was shown. Nothing was confirmed.`,
        next: msg`Compare the code that you see now.`,
      };
  }
}

export function linkErrorWords(code: LinkErrorCode): ProblemWords {
  switch (code) {
    case 'tooLong':
    case 'tooLarge':
      return {
        tone: 'stop',
        happened: msg`This link holds more than any file of Thora that fits into one. Nothing was taken from it.`,
        next: msg`Ask for the file itself.`,
      };
    case 'notALink':
    case 'damaged':
      return {
        tone: 'warn',
        happened: msg`This link is not whole. Nothing was taken from it.`,
        next: msg`Scan the code again, or copy the whole link.`,
      };
    case 'unknownKind':
      return {
        tone: 'warn',
        happened: msg`This link holds something that this Thora does not take from links.`,
        next: msg`Reload Thora to update it, or ask for the file itself.`,
      };
  }
}

export function templateWords(id: PlanTemplateId): MessageDescriptor {
  switch (id) {
    case 'calm':
      return msg`Calm: flares up easily`;
    case 'move':
      return msg`Settle and move`;
    case 'restore':
      return msg`Restore movement`;
    case 'build':
      return msg`Build strength`;
  }
}

/** What a phase is for (clinical page, 6.1). */
export function phaseWords(phase: ClinicPlan['phase']): MessageDescriptor {
  switch (phase) {
    case 1:
      return msg`settle and move`;
    case 2:
      return msg`restore movement, first strength`;
    case 3:
      return msg`build strength`;
    case 4:
      return msg`keep it up`;
  }
}

/** @param isUnseen its sensors are not among those of the plan */
export function modeWords(mode: PlannedExercise['mode'], isUnseen: boolean): MessageDescriptor {
  if (mode === 'sensor') return msg`Counted by sensors`;
  if (mode === 'self') return msg`Counted by the patient`;
  return isUnseen ? msg`No sensor for it: by the clock` : msg`By the clock`;
}

export function variableWords(variable: DoseVariable): MessageDescriptor {
  switch (variable) {
    case 'range':
      return msg`how far`;
    case 'repetitions':
      return msg`how many, or how long`;
    case 'hold':
      return msg`how long to hold`;
    case 'sets':
      return msg`how many sets`;
    case 'load':
      return msg`weight or band`;
    case 'variation':
      return msg`a harder way`;
  }
}

export function planProblemWords(problem: ClinicPlanProblem): MessageDescriptor {
  switch (problem) {
    case 'noExercise':
      return msg`Add at least one exercise.`;
    case 'noAuthor':
      return msg`Say who signs.`;
    case 'unknownExercise':
    case 'unknownVariation':
      return msg`This exercise is not in the library. Take it out.`;
    case 'sameExerciseTwice':
      return msg`This exercise is there twice. Take one out.`;
    case 'sensorMissing':
      return msg`Its sensors are not in the plan. Add them, or do it by the clock.`;
    case 'samePlaceTwice':
      return msg`Two sensors have the same place. Take one out.`;
    case 'doseOutOfRange':
      return msg`This dose is not possible. Enter a smaller number, and no less than 1.`;
    case 'doseAboveLimit':
      return msg`The dose is above its limit. Raise the limit or lower the dose.`;
    case 'scheduleOutOfRange':
      return msg`Enter 1 to 14 sessions a week, of 1 to 60 minutes.`;
    case 'painCeilingOutOfRange':
      return msg`Enter a pain limit from 0 to 7.`;
    case 'reviewNotAhead':
      return msg`Choose a review day after today.`;
  }
}

/** What a difference is about; exercise and place are named beside it. */
export function differenceWords(difference: PlanDifference): MessageDescriptor {
  switch (difference.what) {
    case 'exerciseAdded':
      return msg`is new`;
    case 'exerciseRemoved':
      return msg`is taken out`;
    case 'order':
      return msg`The order of the exercises is another.`;
    case 'sensorAdded':
      return msg`gets a sensor`;
    case 'sensorRemoved':
      return msg`has no sensor any more`;
    case 'sensorMoved':
      return msg`has its sensor worn otherwise`;
    case 'adaptationAllowed':
      return msg`may now grow by itself`;
    case 'adaptationForbidden':
      return msg`does not grow by itself any more`;
    case 'plan':
      return planFieldWords(difference.field);
    case 'exercise':
      switch (difference.field) {
        case 'variation':
          return msg`way of doing it`;
        case 'mode':
          return msg`counted by`;
        case 'sets':
          return msg`sets`;
        case 'repetitions':
          return msg`repetitions`;
        case 'holdS':
          return msg`hold, seconds`;
        case 'restS':
          return msg`rest, seconds`;
        case 'minutes':
          return msg`minutes`;
        case 'targetShare':
          return msg`how far to begin with`;
        case 'mostDeg':
          return msg`never further than, degrees`;
        case 'mostSets':
          return msg`sets at most`;
        case 'mostRepetitions':
          return msg`repetitions at most`;
      }
  }
}

function planFieldWords(field: PlanField): MessageDescriptor {
  switch (field) {
    case 'patientName':
      return msg`Name`;
    case 'phase':
      return msg`Phase`;
    case 'sessionsPerWeek':
      return msg`Sessions a week`;
    case 'minutesPerSession':
      return msg`Minutes a session`;
    case 'painCeiling':
      return msg`Pain limit, 0 to 10`;
    case 'reviewDay':
      return msg`Review day`;
    case 'author':
      return msg`Signed by`;
    case 'note':
      return msg`Note for the patient`;
  }
}
