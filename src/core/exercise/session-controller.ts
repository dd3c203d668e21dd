import { RAD_PER_DEG } from '../math/angle.ts';
import {
  SESSION_LIMITS as LIMITS,
  TARGET_LIMITS as TARGET,
  THRESHOLDS_VERSION,
} from './coaching-thresholds.ts';
import { isPainToEaseFor, painZone } from './pain-zone.ts';
import type { RepetitionResult } from './repetition-result.ts';

/**
 * The controller of a running session (clinical page, section 6.5): what happens in a set changes what is asked next,
 * always with the rule that did it. Pure: the same events in the same order give the same decisions.
 */

export type CoachingRuleId =
  'RT1' | 'RT2' | 'RT3' | 'RT4' | 'RT5' | 'RT6' | 'RT7' | 'RT8' | 'RT9' | 'RT10' | 'RT11' | 'RT12';

/** Why something is changed; the words belong to the screens. */
export type CoachingReason =
  | 'threeFull'
  | 'twoPartial'
  | 'compensationRepeated'
  | 'hurried'
  | 'tiring'
  | 'effortHigh'
  | 'shaking'
  | 'painToWatch'
  | 'painRose'
  | 'painTooHigh'
  | 'furtherThanKnown'
  | 'signalLost'
  | 'offDay';

/** What is changed. Fractions are of the personal maximum. */
export type CoachingChange =
  | { readonly kind: 'target'; readonly from: number; readonly to: number }
  | { readonly kind: 'repetitions'; readonly from: number; readonly to: number }
  | { readonly kind: 'rest'; readonly addS: number }
  /** The personal maximum is taken this many times as large for now, and confirmed in the next session. */
  | { readonly kind: 'maximum'; readonly times: number }
  | { readonly kind: 'volume'; readonly times: number }
  /** A beat that gives the pace. */
  | { readonly kind: 'pacer' }
  | { readonly kind: 'showTechnique' }
  | { readonly kind: 'askPainAfterSet' }
  | { readonly kind: 'endSet' }
  /** Go on by the clock; nothing is counted that was not seen. */
  | { readonly kind: 'guidedTimer' }
  | { readonly kind: 'easierVariation' }
  | { readonly kind: 'stopExercise' };

/** One entry of the record. */
export interface CoachingDecision {
  readonly ruleId: CoachingRuleId;
  readonly reason: CoachingReason;
  readonly changes: readonly CoachingChange[];
  /** What it was decided by, as numbers by name. */
  readonly inputs: Readonly<Record<string, number>>;
  readonly thresholdsVersion: string;
}

export interface CoachingSettings {
  /** Share of the personal maximum that is asked at the beginning, 0.5 to the cap. */
  readonly targetFraction: number;
  /** Repetitions of one set. */
  readonly repetitions: number;
  /** Pain before the session, 0 to 10; null where it was not asked. */
  readonly painBefore: number | null;
  readonly isMobility: boolean;
  /** A clinician lets mobility go a little beyond the maximum. */
  readonly mayExceedMaximum: boolean;
  /** False on a day of pain: nothing is asked for beyond what it began with. */
  readonly mayRaise: boolean;
}

/** One exercise so far. Plain data: it may be stored and gone on from. */
export interface CoachingState {
  readonly settings: CoachingSettings;
  readonly targetFraction: number;
  /** Of the present set. */
  readonly repetitions: number;
  /** Highest pain of this exercise; before it is asked, the pain before the session. */
  readonly pain: number | null;
  /** Counted and judged repetitions of the present set. */
  readonly set: readonly RepetitionResult[];
  /** Repetitions before this place have led to a decision of the rule and do not again. */
  readonly since: Readonly<Partial<Record<CoachingRuleId, number>>>;
  readonly setIndex: number;
  readonly timesLoweredForCompensation: number;
  readonly timesEasedForPain: number;
  readonly hasPacer: boolean;
  readonly isStopped: boolean;
}

export type CoachingEvent =
  | { readonly kind: 'repetition'; readonly repetition: RepetitionResult }
  | { readonly kind: 'pain'; readonly value: number }
  /** How hard the set was, 0 to 10. */
  | { readonly kind: 'effort'; readonly value: number }
  /** Standard deviation of the angle in a hold. */
  | { readonly kind: 'hold'; readonly sdRad: number }
  | { readonly kind: 'signalLost' }
  | { readonly kind: 'setBegan' };

export interface Coached {
  readonly state: CoachingState;
  readonly decisions: readonly CoachingDecision[];
}

export function beginCoaching(settings: CoachingSettings): CoachingState {
  return {
    settings,
    targetFraction: settings.targetFraction,
    repetitions: settings.repetitions,
    pain: settings.painBefore,
    set: [],
    since: {},
    setIndex: 0,
    timesLoweredForCompensation: 0,
    timesEasedForPain: 0,
    hasPacer: false,
    isStopped: false,
  };
}

/** What an event leads to. After a stop nothing does. */
export function coach(state: CoachingState, event: CoachingEvent): Coached {
  if (state.isStopped) return { state, decisions: [] };
  const run = new Run(state);
  switch (event.kind) {
    case 'repetition':
      run.repetition(event.repetition);
      break;
    case 'pain':
      run.pain(event.value);
      break;
    case 'effort':
      if (event.value >= LIMITS.hardEffort) run.tooHard('effortHigh', { effort: event.value });
      break;
    case 'hold':
      if (event.sdRad > LIMITS.shakeDeg * RAD_PER_DEG)
        run.tooHard('shaking', { sdDeg: event.sdRad / RAD_PER_DEG });
      break;
    case 'signalLost':
      run.decide('RT11', 'signalLost', [{ kind: 'guidedTimer' }], {});
      break;
    case 'setBegan':
      run.state = { ...run.state, set: [], since: {}, setIndex: run.state.setIndex + 1 };
      break;
  }
  return { state: run.state, decisions: run.decisions };
}

/**
 * A day that starts worse than usual: less of everything (RT12). Null on any other day.
 *
 * @param weekMean mean pain of the last seven days; null where nothing is known
 * @param sleepInterference 0 to 10; null where it was not asked
 */
export function offDay(
  painNow: number,
  weekMean: number | null,
  sleepInterference: number | null,
): CoachingDecision | null {
  const isPainful = weekMean !== null && painNow >= weekMean + LIMITS.offDayOverMean;
  const isTired = sleepInterference !== null && sleepInterference >= LIMITS.offDaySleep;
  if (!isPainful && !isTired) return null;
  return {
    ruleId: 'RT12',
    reason: 'offDay',
    changes: [
      { kind: 'volume', times: LIMITS.offDayVolume },
      { kind: 'target', from: 0, to: -LIMITS.offDayTarget },
    ],
    inputs: {
      painNow,
      ...(weekMean !== null && { weekMean }),
      ...(sleepInterference !== null && { sleepInterference }),
    },
    thresholdsVersion: THRESHOLDS_VERSION,
  };
}

/** How long a rest may be made: longer always, shorter down to a quarter of a minute. */
export function allowedRestS(askedS: number): number {
  return Math.max(LIMITS.shortestRestS, askedS);
}

/** One event being worked through. */
class Run {
  state: CoachingState;
  readonly decisions: CoachingDecision[] = [];

  constructor(state: CoachingState) {
    this.state = state;
  }

  decide(
    ruleId: CoachingRuleId,
    reason: CoachingReason,
    changes: readonly CoachingChange[],
    inputs: Readonly<Record<string, number>>,
  ): void {
    this.decisions.push({ ruleId, reason, changes, inputs, thresholdsVersion: THRESHOLDS_VERSION });
    this.state = { ...this.state, since: { ...this.state.since, [ruleId]: this.state.set.length } };
  }

  repetition(repetition: RepetitionResult): void {
    const { verdict } = repetition;
    // Movements that were cut off say nothing about the person.
    if (verdict === 'signalLost' || verdict === 'stopped' || verdict === 'timeout' || verdict === 'wrongSide')
      return;
    this.state = { ...this.state, set: [...this.state.set, repetition] };
    this.compensation();
    this.haste();
    this.tiring();
    // What was just eased for another reason is not raised or lowered again by the same repetition.
    if (this.decisions.some(({ changes }) => changes.some(({ kind }) => kind === 'target'))) return;
    this.partial();
    this.further();
    this.full();
  }

  pain(value: number): void {
    const before = this.state.settings.painBefore ?? 0;
    this.state = { ...this.state, pain: Math.max(value, this.state.pain ?? 0) };
    const inputs = { pain: value, painBefore: before };
    const zone = painZone(value, before);
    if (zone === 'stop') {
      this.decide('RT9', 'painTooHigh', [{ kind: 'endSet' }, { kind: 'stopExercise' }], inputs);
      this.state = { ...this.state, isStopped: true };
      return;
    }
    if (isPainToEaseFor(value, before)) {
      const times = this.state.timesEasedForPain + 1;
      this.state = { ...this.state, timesEasedForPain: times };
      const changes: CoachingChange[] = [
        this.lower(TARGET.lowerForPain),
        this.fewer(this.state.repetitions - LIMITS.painRepetitions),
      ];
      // Stop rule S-3: twice in one exercise.
      if (times >= LIMITS.painRegressAfter) changes.push({ kind: 'easierVariation' });
      this.decide('RT8', 'painRose', changes, { ...inputs, times });
      return;
    }
    if (zone === 'amber') this.decide('RT7', 'painToWatch', [{ kind: 'askPainAfterSet' }], inputs);
  }

  tooHard(reason: 'effortHigh' | 'shaking', inputs: Readonly<Record<string, number>>): void {
    this.decide(
      'RT6',
      reason,
      [
        { kind: 'rest', addS: LIMITS.hardRestS },
        this.fewer(Math.round(LIMITS.hardRepetitionShare * this.state.repetitions)),
      ],
      inputs,
    );
  }

  /** RT1 */
  private full(): void {
    const recent = this.recent('RT1', LIMITS.raiseAfterFull);
    if (recent === null || !recent.every(isClean)) return;
    const { settings, pain, since, set } = this.state;
    if (!settings.mayRaise) return;
    // A larger maximum raises the target already.
    if (since.RT10 === set.length) return;
    if (painZone(pain ?? 0, settings.painBefore ?? 0) !== 'green') return;
    const cap = settings.isMobility && settings.mayExceedMaximum ? TARGET.mobilityCap : TARGET.cap;
    const from = this.state.targetFraction;
    const to = Math.min(cap, rounded(from + TARGET.raise));
    if (to <= from) return;
    this.state = { ...this.state, targetFraction: to };
    this.decide('RT1', 'threeFull', [{ kind: 'target', from, to }], { fullRepetitions: recent.length });
  }

  /** RT2 */
  private partial(): void {
    const recent = this.recent('RT2', LIMITS.lowerAfterPartial);
    if (recent === null || !recent.every(isShort)) return;
    this.decide('RT2', 'twoPartial', [this.lower(TARGET.lower)], { partialRepetitions: recent.length });
  }

  /** RT3 */
  private compensation(): void {
    const { hits } = this.hits('RT3', (one) => one.compensation === 1);
    if (hits < LIMITS.windowHits) return;
    const times = this.state.timesLoweredForCompensation + 1;
    this.state = { ...this.state, timesLoweredForCompensation: times };
    const changes: CoachingChange[] =
      times >= LIMITS.regressAfter
        ? [{ kind: 'easierVariation' }]
        : [this.lower(TARGET.lower), { kind: 'showTechnique' }];
    this.decide('RT3', 'compensationRepeated', changes, { hits, times });
  }

  /** RT4 */
  private haste(): void {
    if (this.state.hasPacer) return;
    const { hits } = this.hits('RT4', (one) => one.reasons.includes('tooFast'));
    if (hits < LIMITS.windowHits) return;
    this.state = { ...this.state, hasPacer: true };
    this.decide('RT4', 'hurried', [{ kind: 'pacer' }], { hits });
  }

  /** RT5: each side against its own beginning, since sides differ. */
  private tiring(): void {
    const counted = this.state.set.filter(({ counted: isCounted }) => isCounted);
    if (this.state.since.RT5 !== undefined || counted.length < LIMITS.endEarlyFrom * this.state.repetitions)
      return;
    for (const side of new Set(counted.map((one) => one.side))) {
      const own = counted.filter((one) => one.side === side);
      if (own.length <= LIMITS.window) continue;
      const first = own.slice(0, LIMITS.window),
        last = own.slice(-LIMITS.window);
      const peakShare = mean(last, ({ peakRad }) => peakRad) / mean(first, ({ peakRad }) => peakRad);
      const timeShare = mean(last, durationMs) / mean(first, durationMs);
      if (!(peakShare < LIMITS.tiredPeakShare || timeShare > LIMITS.tiredTimeShare)) continue;
      this.decide('RT5', 'tiring', [{ kind: 'endSet' }, { kind: 'rest', addS: LIMITS.tiredRestS }], {
        peakShare,
        timeShare,
      });
      return;
    }
  }

  /** RT10: only at the very beginning of an exercise, and once. */
  private further(): void {
    const { set, setIndex, since, settings } = this.state;
    if (
      !settings.mayRaise ||
      setIndex > 0 ||
      since.RT10 !== undefined ||
      set.length !== LIMITS.easyRepetitions
    )
      return;
    const shares = set.map(
      ({ peakRad, targetRad }) => (peakRad / (targetRad ?? Infinity)) * this.state.targetFraction,
    );
    const least = Math.min(...shares);
    if (!(least >= LIMITS.easyPeakShare) || !set.every(isClean)) return;
    this.decide(
      'RT10',
      'furtherThanKnown',
      [{ kind: 'maximum', times: Math.min(LIMITS.easyRaiseMost, least) }],
      {
        leastShare: least,
      },
    );
  }

  /** The last so many repetitions since the rule last fired; null while there are fewer. */
  private recent(ruleId: CoachingRuleId, count: number): readonly RepetitionResult[] | null {
    const since = this.state.set.slice(this.state.since[ruleId] ?? 0);
    return since.length < count ? null : since.slice(-count);
  }

  private hits(ruleId: CoachingRuleId, is: (one: RepetitionResult) => boolean): { hits: number } {
    const since = this.state.set.slice(this.state.since[ruleId] ?? 0).slice(-LIMITS.window);
    return { hits: since.filter(is).length };
  }

  private lower(by: number): CoachingChange {
    const from = this.state.targetFraction;
    const to = Math.min(from, Math.max(TARGET.floor, rounded(from - by)));
    this.state = { ...this.state, targetFraction: to };
    return { kind: 'target', from, to };
  }

  private fewer(asked: number): CoachingChange {
    const from = this.state.repetitions;
    const to = Math.min(from, Math.max(1, asked));
    this.state = { ...this.state, repetitions: to };
    return { kind: 'repetitions', from, to };
  }
}

/** Full, well made and without a movement beside it. */
function isClean(one: RepetitionResult): boolean {
  return (
    one.verdict === 'full' && one.quality >= LIMITS.raiseQuality && !one.reasons.includes('compensation')
  );
}

function isShort({ verdict }: RepetitionResult): boolean {
  return verdict === 'partial' || verdict === 'small';
}

function durationMs({ startMs, endMs }: RepetitionResult): number {
  return endMs - startMs;
}

function mean(of: readonly RepetitionResult[], value: (one: RepetitionResult) => number): number {
  return of.reduce((sum, one) => sum + value(one), 0) / of.length;
}

/** Sums of hundredths stay hundredths. */
function rounded(fraction: number): number {
  return Math.round(100 * fraction) / 100;
}
