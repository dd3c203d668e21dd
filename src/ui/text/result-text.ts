/** Words for what was measured: findings, repetitions, flags. */
import { msg } from '@lingui/core/macro';
import type { Trend } from '../../core/care/outcomes/change-verdict.ts';
import type { MessageDescriptor } from '@lingui/core';
import type { RepetitionReason, RepetitionResult } from '../../core/exercise/repetition-result.ts';
import type { SensorFinding } from '../../core/pipeline/pipeline-fact.ts';
import type { RepetitionForm } from '../../core/exercise/repetition-form.ts';
import type { ComparisonRefusal, RangeChange, SideDifference } from '../../core/report/range-change.ts';
import type { PainChange } from '../history-filter.ts';
import type { QualityFlagName } from '../../core/quality/quality-flag.ts';
import { roleName } from './exercise-text.ts';
import { laterWords } from './later-text.ts';

export interface FindingWords {
  /** Follows the sensor's place: "Upper back: upside down, corrected". */
  readonly what: MessageDescriptor;
  readonly detail: MessageDescriptor;
  readonly mark: 'check' | 'mended' | 'look';
}

export function findingWords(finding: SensorFinding, movedDeg: string | null): FindingWords {
  switch (finding.kind) {
    case 'inPlace':
      return { what: msg`in place`, detail: inPlaceDetail(finding, movedDeg), mark: 'check' };
    case 'upsideDown':
      return {
        what: msg`upside down, corrected`,
        detail: msg`Leave it as it is. We turned the numbers round.`,
        mark: 'mended',
      };
    case 'turned':
      return {
        what: msg`turned, corrected`,
        detail: msg`Leave it as it is. We turned the numbers to fit.`,
        mark: 'mended',
      };
    case 'swapped':
      return {
        what: msg`swapped, corrected`,
        detail:
          finding.formerRole === null
            ? msg`It moved like a sensor in another place. We gave it the right name.`
            : swappedDetail(finding.formerRole),
        mark: 'mended',
      };
    case 'maybeSwapped':
      return {
        what: msg`place not sure`,
        detail:
          movedDeg === null
            ? msg`It moved like a sensor in another place.`
            : msg`It moved ${{ moved: movedDeg }} when you bowed.`,
        mark: 'look',
      };
    case 'axisUnclear':
      return {
        what: msg`direction not sure`,
        detail: msg`Its numbers carry a wider band. Bow once more if you like.`,
        mark: 'look',
      };
    case 'needsBenchCalibration':
      return {
        what: msg`needs a bench check`,
        detail: msg`It works today. Let it lie still on the table for longer next time.`,
        mark: 'look',
      };
    case 'biasTaken':
      return { what: msg`ready`, detail: msg`It lay still long enough.`, mark: 'check' };
  }
}

function inPlaceDetail(finding: SensorFinding, movedDeg: string | null): MessageDescriptor {
  if (movedDeg === null) return msg`It moves as it should there.`;
  if (finding.role === 'upperArmLeft' || finding.role === 'upperArmRight')
    return msg`It rose ${{ moved: movedDeg }} when you lifted your arm.`;
  return msg`It moved ${{ moved: movedDeg }} when you bowed.`;
}

function swappedDetail(formerRole: NonNullable<SensorFinding['formerRole']>): MessageDescriptor {
  switch (formerRole) {
    case 'upperBack':
      return msg`It was set up for the upper back. Leave it where it is.`;
    case 'lowerBack':
      return msg`It was set up for the lower back. Leave it where it is.`;
    case 'pelvis':
      return msg`It was set up for the base of the spine. Leave it where it is.`;
    case 'upperArmLeft':
      return msg`It was set up for the left arm. Leave it where it is.`;
    case 'upperArmRight':
      return msg`It was set up for the right arm. Leave it where it is.`;
    default:
      return roleName(formerRole);
  }
}

export function verdictWords(repetition: RepetitionResult): MessageDescriptor {
  switch (repetition.verdict) {
    case 'full':
      return msg`Counted`;
    case 'good':
      return msg`Counted`;
    case 'partial':
      return msg`Part of the way`;
    case 'small':
      return msg`Too small to count`;
    case 'wrongSide':
      return msg`Other side`;
    case 'tooFast':
      return msg`Quicker than planned`;
    case 'timeout':
      return msg`Took too long`;
    case 'signalLost':
      return msg`Signal lost`;
    case 'stopped':
      return msg`Stopped on the way`;
    default:
      return laterWords(repetition.verdict);
  }
}

export function reasonWords(reason: RepetitionReason): MessageDescriptor {
  switch (reason) {
    case 'shortOfTarget':
      return msg`stopped short of the target`;
    case 'holdTooShort':
      return msg`came back before the hold`;
    case 'tooFast':
      return msg`quicker than planned`;
    case 'tooSlow':
      return msg`slower than planned`;
    case 'wrongSide':
      return msg`went to the other side`;
    case 'didNotReturn':
      return msg`did not come back to the middle`;
    case 'signalLost':
      return msg`signal lost for a moment`;
    case 'stopped':
      return msg`paused or stopped on the way`;
    case 'driftCorrected':
      return msg`a small drift was taken out`;
    case 'driftTooLarge':
      return msg`the sensor drifted too much`;
    case 'compensation':
      return msg`another part of the body helped`;
    default:
      return laterWords(reason);
  }
}

export function flagWords(name: QualityFlagName): MessageDescriptor {
  switch (name) {
    case 'DRIFT':
      return msg`The zero wandered during the session.`;
    case 'GAP':
      return msg`The signal was lost for a while.`;
    case 'RATE_LOW':
      return msg`A sensor sent fewer samples than it should.`;
    case 'STALE':
      return msg`A sensor repeated old values for a while.`;
    case 'SLIP':
      return msg`A strap slipped.`;
    case 'SWAP_SUSPECT':
      return msg`Two sensors may have changed places.`;
    case 'MAG_DISTURBED':
      return msg`Something magnetic was near a sensor.`;
    case 'NOT_SETTLED':
      return msg`A sensor had not settled yet.`;
    case 'IMPLAUSIBLE':
      return msg`A value is larger than a body can move.`;
    case 'PLANE_IMPURE':
      return msg`Much of a movement went in another direction.`;
    case 'POSE_NOT_LOCKED':
      return msg`The low back moved along.`;
    case 'FEW_REPS':
      return msg`Fewer than three moves to go by.`;
    case 'NO_REST':
      return msg`No quiet second was found.`;
    case 'NEUTRAL_NOT_STILL':
      return msg`There was movement while standing tall.`;
    case 'MOUNTING_UNSURE':
      return msg`How a sensor sits on the body is not sure.`;
    case 'SIGN_UNRESOLVED':
      return msg`A direction could not be told apart and is left out.`;
    case 'SATURATED':
      return msg`A movement was faster than the sensor can measure.`;
    case 'GRAVITY_ONLY':
      return msg`Measured from gravity alone.`;
    case 'CLOCK_UNSURE':
      return msg`The clocks of the sensors could not be matched well.`;
    case 'NEEDS_BENCH_CALIBRATION':
      return msg`A sensor needs a bench check.`;
    default:
      return laterWords(name);
  }
}

export function changeWords(change: RangeChange): MessageDescriptor {
  switch (change.verdict) {
    case 'real':
      return change.afterRad > change.beforeRad ? msg`A real change: further` : msg`A real change: less far`;
    case 'withinNoise':
      return msg`No clear change`;
    case 'cannotTellYet':
      return msg`Can't tell yet`;
  }
}

/** Beside a comparison with the last test: what all tests since the first say. */
export function trendWords(trend: Trend): MessageDescriptor {
  switch (trend) {
    case 'improved':
      return msg`Since your first test: further, twice in a row`;
    case 'possiblyImproved':
      return msg`Since your first test: further, once so far`;
    case 'noClearChange':
      return msg`Since your first test: no clear change`;
    case 'possiblyDeclined':
      return msg`Since your first test: less far, once so far`;
    case 'declined':
      return msg`Since your first test: less far, twice in a row`;
    case 'tooEarly':
      return msg`Since your first test: too early to say`;
  }
}

/** Why two sessions cannot be compared, and what would let them. */
export function refusalWords(refusal: ComparisonRefusal | 'virtual'): MessageDescriptor {
  switch (refusal) {
    case 'noTest':
      return msg`Only tests can be compared, and one of these sessions has none. In a guided set you stop at a target, so it does not show how far you can go.`;
    case 'otherMovement':
      return msg`These are tests of two different movements.`;
    case 'otherSide':
      return msg`These tests were of different sides.`;
    case 'otherMeasure':
      return msg`The sensors sat in other places, so the two tests measured different things.`;
    case 'feedbackOnly':
      return msg`With these sensors the numbers only guide a session. They are not sure enough to compare.`;
    case 'oneDayOnly':
      return msg`With these sensors the middle is found anew each day, so this range can only be compared within one session.`;
    case 'noCommonSide':
      return msg`The two tests have no side in common.`;
    case 'virtual':
      return msg`One of these sessions was done by the virtual kit. A virtual body's range says nothing of yours.`;
  }
}

export function painChangeWords(change: PainChange): MessageDescriptor {
  switch (change) {
    case 'less':
      return msg`Less after the session`;
    case 'same':
      return msg`The same after the session`;
    case 'more':
      return msg`More after the session`;
    case 'notSaid':
      return msg`Not said`;
  }
}

export function sideDifferenceWords(difference: SideDifference): MessageDescriptor {
  switch (difference) {
    case 'symmetric':
      return msg`The two sides are too close to call.`;
    case 'small':
      return msg`One side goes a little less far today.`;
    case 'marked':
      return msg`One side goes clearly less far today.`;
  }
}

/** Why a session was stopped, as it was recorded; null for what this version does not know. */
export function stopReasonWords(reason: string): MessageDescriptor | null {
  switch (reason) {
    case 'pain':
      return msg`Stopped early: it hurt.`;
    case 'unwell':
      return msg`Stopped early: felt dizzy or unwell.`;
    case 'finished':
      return msg`Stopped early: finished for the day.`;
    case 'other':
      return msg`Stopped early, for another reason.`;
    default:
      return null;
  }
}

/**
 * How well the check before the exercise told how the sensors sit.
 * @param quality 0 to 100, null where no check was done
 */
export function fitWords(quality: number | null): MessageDescriptor {
  if (quality === null) return msg`not checked`;
  if (quality >= 80) return msg`good`;
  return quality >= 60 ? msg`fair` : msg`unsure: the numbers are rough`;
}

/** From here on a swing has no stops, and goes straight enough to say nothing. */
const SMOOTH_FROM = 0.8;
const STRAIGHT_FROM = 0.9;

/** How moves were made, in sentences; empty where nothing that was worn shows it. */
export function formWords(form: RepetitionForm, isArm: boolean): MessageDescriptor[] {
  const { smoothness, purity, ownShare } = form;
  const words: MessageDescriptor[] = [];
  if (smoothness !== null)
    words.push(smoothness >= SMOOTH_FROM ? msg`In one smooth swing.` : msg`With stops on the way.`);
  if (ownShare !== null) {
    const percent = Math.round(100 * ownShare);
    words.push(
      isArm
        ? msg`The arm did ${percent} % of it, the back the rest.`
        : msg`The upper back did ${percent} % of it, what is below the rest.`,
    );
  }
  if (purity !== null && purity < STRAIGHT_FROM) words.push(msg`Part of it went to another side.`);
  return words;
}
