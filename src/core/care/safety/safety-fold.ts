import type { JournalEntry } from '../care-journal.ts';
import type { MeasureId } from '../outcomes/outcome-event.ts';
import { gravestLock, gravity, isAnswered, judgeSafety, type SafetyJudgement } from './judge-safety.ts';
import { NOT_WORSE, WORSE, type FlagId, type SafetyAnswers, type SafetyEvent } from './safety-event.ts';
import { FULL_FORM, SHORT_FORM, type LockAction, type SafetyAction } from './safety-questions.ts';
import { ASKING_LIMITS, SAFETY_LIMITS } from './safety-thresholds.ts';

/** An answer that locks. */
export interface HeldAnswer {
  readonly flagId: FlagId;
  readonly action: LockAction;
  /** Of the entry that gave it. */
  readonly order: number;
  readonly atUtcMs: number;
  readonly day: number;
}

/** What somebody was seen for, and may exercise with. */
interface Cover {
  readonly flagId: FlagId;
  readonly action: LockAction;
  readonly codes: readonly string[];
  readonly fromDay: number;
  readonly untilDay: number;
}

interface Round {
  readonly answers: SafetyAnswers;
  readonly day: number;
}

type Answered = Extract<SafetyEvent, { readonly kind: 'safetyAnswered' }>;
type Mistake = Extract<SafetyEvent, { readonly kind: 'mistakeSaid' }>;
type Seen = Extract<SafetyEvent, { readonly kind: 'seenSaid' }>;

const NOTHING_JUDGED = judgeSafety({});
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Of the measure `adverse`, from where on its answer says that there is something new or worrying. */
const ADVERSE_YES = 1;

/** The journal, read from the first entry to the last. One use: made new for every status. */
export class SafetyFold {
  known: SafetyAnswers = {};
  /** What the known answers lead to. */
  judged: SafetyJudgement = NOTHING_JUDGED;
  readonly held = new Map<FlagId, HeldAnswer>();
  covers: readonly Cover[] = [];
  isLinked = false;
  fullRound: Round | null = null;
  clearingRound: Round | null = null;
  /** The last time that all questions were answered. */
  lastFull: { readonly day: number } | null = null;
  /** The last session done or, where that is later, the last time that all questions were answered. */
  lastActive: { readonly day: number } | null = null;
  /** Something new or worrying was told of since all questions were answered. */
  isFullAsked = false;
  /** When the form was answered that serves the next session; null: none. */
  formAnsweredUtcMs: number | null = null;
  /** Questions that an answer elsewhere led to, until they are answered. */
  readonly asked = new Set<FlagId>();
  crisisDay: number | null = null;
  /** First time written after the clock was last set back below the lock's; null: it was not. */
  behindSinceUtcMs: number | null = null;

  /** Order of the entry by which somebody vouches for what holds: the statement, or the clinician. */
  #vouchedOrder = -1;
  /** Day on which the person was seen, by that word. */
  #vouchedDay = 0;
  #mistakeSaid = false;
  /** Ease of breathing as it was told first and last, 0 to 10. */
  #breath: { readonly first: number; readonly last: number } | null = null;

  add(entry: JournalEntry): void {
    const { event } = entry;
    switch (event.kind) {
      case 'safetyAnswered':
        this.#answer(entry, event);
        break;
      case 'mistakeSaid':
        this.#correct(entry, event);
        break;
      case 'seenSaid':
        this.#hearStatement(entry, event);
        break;
      case 'clinicianCleared':
        if (this.isLinked) this.#vouch(entry, entry.day);
        break;
      case 'clinicianLinked':
        // What vouched before was another's word.
        if (this.isLinked !== event.isLinked) this.#vouchedOrder = -1;
        this.isLinked = event.isLinked;
        break;
      case 'entryUnreadable':
        this.isFullAsked = true;
        break;
      case 'sessionBegun':
        this.formAnsweredUtcMs = null;
        break;
      case 'sessionDone':
        this.lastActive = entry;
        this.formAnsweredUtcMs = null;
        break;
      case 'measureAnswered':
        if (event.value !== null) this.#hearMeasure(event.measureId, event.value);
        break;
      default:
        return;
    }
    this.#watchClock(entry);
  }

  get lockAction(): LockAction | null {
    return gravestLock([...this.held.values()].map((answer) => ({ ...answer, locks: true })));
  }

  /** When the last of the answers that give the lock its action was given. */
  get sinceUtcMs(): number {
    const action = this.lockAction;
    const deciding = [...this.held.values()].filter((answer) => answer.action === action);
    return Math.max(...deciding.map(({ atUtcMs }) => atUtcMs));
  }

  /** Somebody vouches for every answer that locks. */
  get isVouched(): boolean {
    return [...this.held.values()].every(({ order }) => order < this.#vouchedOrder);
  }

  /** From when on somebody can have been seen since the last of the answers that lock. */
  get seenFromUtcMs(): number {
    const latest = Math.max(...[...this.held.values()].map(({ atUtcMs }) => atUtcMs));
    return latest + SAFETY_LIMITS.seenAfterMinutes * MINUTE_MS;
  }

  /** Too soon after the answer that locked; a clock that stands before it tells nothing. */
  isTooSoonToBeSeen(nowUtcMs: number): boolean {
    return (
      nowUtcMs < this.seenFromUtcMs &&
      nowUtcMs >= this.seenFromUtcMs - SAFETY_LIMITS.seenAfterMinutes * MINUTE_MS
    );
  }

  /** "I tapped by mistake" is heard once per lock, of any one of the answers that lock. */
  get correctable(): readonly FlagId[] {
    return this.#mistakeSaid ? [] : [...this.held.keys()];
  }

  /**
   * When an emergency may open. By a clock that stands before the lock, the hours run from the first entry written by it:
   * they are then never fewer than they were.
   */
  opensFromUtcMs(nowUtcMs: number): number {
    const since = nowUtcMs >= this.sinceUtcMs ? this.sinceUtcMs : (this.behindSinceUtcMs ?? nowUtcMs);
    return since + SAFETY_LIMITS.emergencyLockHours * HOUR_MS;
  }

  isOldEnough(nowUtcMs: number): boolean {
    return nowUtcMs >= this.opensFromUtcMs(nowUtcMs);
  }

  isCovered(flagId: FlagId, day: number): boolean {
    const cover = this.#cover(flagId);
    // A cover that begins in the future was given by a clock that was wrong.
    return cover !== undefined && day >= cover.fromDay - SAFETY_LIMITS.roundDays && day <= cover.untilDay;
  }

  /** Whether the question is asked as "Is this new or worse since you were seen?". Age is not seen to by anybody. */
  mayBeNotWorse(flagId: FlagId, day: number): boolean {
    if (flagId === 'R-19') return false;
    return this.held.has(flagId) ? this.isVouched : this.isCovered(flagId, day);
  }

  #hearMeasure(measureId: MeasureId, value: number): void {
    if (measureId === 'adverse' && value >= ADVERSE_YES) this.isFullAsked = true;
    else if (measureId === 'stiff.minutes' && value > ASKING_LIMITS.stiffMinutes) {
      if (this.known['R-14']?.includes('stiff30') !== true) this.asked.add('R-14');
    } else if (measureId === 'breathease') {
      const { first, last } = this.#breath ?? { first: value, last: value };
      this.#breath = { first, last: value };
      if (Math.max(first, last) - value < ASKING_LIMITS.breathDrop) return;
      for (const flagId of BREATH_QUESTIONS) this.asked.add(flagId);
      this.formAnsweredUtcMs = null;
    }
  }

  #answer(entry: JournalEntry, { form, answers }: Answered): void {
    const maySayNotWorse = form === 'full' || form === 'clearing';
    const taken: Partial<Record<FlagId, readonly string[]>> = {};
    const wasVouched = this.isVouched;
    for (const flagId of ASKED) {
      const codes = answers[flagId];
      if (codes === undefined) continue;
      const plain = codes.filter((code) => code !== WORSE);
      if (maySayNotWorse && this.mayBeNotWorse(flagId, entry.day) && codes.includes(WORSE)) {
        const before = this.held.get(flagId)?.action ?? this.#cover(flagId)?.action;
        if (before !== undefined) this.#hold(entry, flagId, before);
        if (plain.length > 0 && isAnswered(flagId, plain)) this.#take(entry, flagId, plain);
        taken[flagId] = codes;
      } else if (isNotWorse(codes)) {
        if (maySayNotWorse && this.mayBeNotWorse(flagId, entry.day)) taken[flagId] = codes;
      } else if (isAnswered(flagId, codes)) {
        this.#take(entry, flagId, codes);
        taken[flagId] = codes;
      }
    }
    for (const flagId of this.asked) if (taken[flagId] !== undefined) this.asked.delete(flagId);
    if (form === 'full') this.#addToFullRound(entry, taken);
    // An answer that locks anew takes back what was vouched for: the round is over before it is complete.
    if (form === 'clearing' && this.lockAction !== null && wasVouched && this.isVouched)
      this.#addToClearingRound(entry, taken);
    if (form === 'short' && SHORT_FORM.every((id) => taken[id] !== undefined))
      this.formAnsweredUtcMs = entry.atUtcMs;
  }

  /** One answer. While a lock stands, one that would weaken it is not taken. */
  #take(entry: JournalEntry, flagId: FlagId, codes: readonly string[]): void {
    if (flagId === 'R-23') this.crisisDay = codes.includes('yes') ? entry.day : null;
    const before = this.judged;
    const same = this.known[flagId];
    // Most answers are the same as ever, and of nothing that matters.
    if (same !== undefined && hasSame(codes, same) && actionOf(before, flagId) === 'none') return;
    const answers: SafetyAnswers = { ...this.known, [flagId]: codes };
    const after = judgeSafety(answers);
    const weakens = [...this.held.keys()].some(
      (held) => gravity(actionOf(after, held)) < gravity(actionOf(before, held)),
    );
    for (const { flagId: fired, action, locks } of after.firings) {
      if (!locks || !isLock(action)) continue;
      const isNew = fired === flagId || gravity(action) > gravity(actionOf(before, fired));
      if (isNew && !this.#isSpared(fired, action, answers[fired] ?? [], entry.day))
        this.#hold(entry, fired, action);
    }
    if (weakens) return;
    this.known = answers;
    this.judged = after;
  }

  /** Covered, the same as it was when somebody was seen, and no reason to be seen today. */
  #isSpared(flagId: FlagId, action: LockAction, codes: readonly string[], day: number): boolean {
    const cover = this.#cover(flagId);
    if (cover === undefined || !this.isCovered(flagId, day) || gravity(action) > gravity(cover.action))
      return false;
    return (action === 'review' || action === 'ineligible') && hasSame(codes, cover.codes);
  }

  /** A later answer never makes a lock lighter, nor by a clock set back an older one. */
  #hold(entry: JournalEntry, flagId: FlagId, action: LockAction): void {
    const earlier = this.held.get(flagId);
    if (this.held.size === 0) this.#mistakeSaid = false;
    this.behindSinceUtcMs = null;
    this.held.set(flagId, {
      flagId,
      action: earlier !== undefined && gravity(earlier.action) > gravity(action) ? earlier.action : action,
      order: entry.order,
      atUtcMs: Math.max(entry.atUtcMs, earlier?.atUtcMs ?? entry.atUtcMs),
      day: Math.max(entry.day, earlier?.day ?? entry.day),
    });
    this.clearingRound = null;
  }

  #correct(entry: JournalEntry, { flagId, answers: codes }: Mistake): void {
    const wrong = this.held.get(flagId);
    if (wrong === undefined || !this.correctable.includes(flagId)) return;
    if (isNotWorse(codes) && this.isCovered(flagId, entry.day)) {
      this.held.delete(flagId);
    } else if (isAnswered(flagId, codes)) {
      const before = this.judged;
      this.known = { ...this.known, [flagId]: codes };
      this.judged = judgeSafety(this.known);
      this.held.delete(flagId);
      this.#judgeAnew(entry, wrong, before);
    } else return;
    if (this.fullRound !== null)
      this.fullRound = { ...this.fullRound, answers: { ...this.fullRound.answers, [flagId]: codes } };
    this.#mistakeSaid = true;
    this.#settle();
  }

  /** After a corrected answer: what it still locks by itself, and what other answers lock with it or without. */
  #judgeAnew(entry: JournalEntry, corrected: HeldAnswer, before: SafetyJudgement): void {
    for (const flagId of ASKED) {
      const now = actionOf(this.judged, flagId);
      const was = actionOf(before, flagId);
      const isCorrected = flagId === corrected.flagId;
      if (!isCorrected && now === was) continue;
      const earlier = isCorrected ? corrected : this.held.get(flagId);
      if (!isLock(now)) this.held.delete(flagId);
      else if (gravity(now) > gravity(earlier?.action ?? was)) this.#hold(entry, flagId, now);
      else if (earlier !== undefined) this.held.set(flagId, { ...earlier, action: now });
    }
  }

  #hearStatement(entry: JournalEntry, { seenDay }: Seen): void {
    if (this.isLinked || this.held.size === 0 || this.lockAction === 'ineligible') return;
    const lockedDay = Math.max(...[...this.held.values()].map(({ day }) => day));
    // By a clock that went back since, nothing but today can be told to be later than the lock.
    if (seenDay > entry.day || seenDay < Math.min(lockedDay, entry.day)) return;
    if (this.isTooSoonToBeSeen(entry.atUtcMs)) return;
    this.#vouch(entry, seenDay);
  }

  #vouch(entry: JournalEntry, seenDay: number): void {
    this.#vouchedOrder = entry.order;
    this.#vouchedDay = seenDay;
    this.clearingRound = null;
    this.#settle();
  }

  /** Opens what needs no questions any more. */
  #settle(): void {
    const action = this.lockAction;
    if (action === null || !this.isVouched) return;
    if (action === 'review' || (this.isLinked && action !== 'emergency')) this.#open();
  }

  #addToFullRound(entry: JournalEntry, taken: SafetyAnswers): void {
    const round = joined(this.fullRound, entry, taken);
    if (isWhole(round)) this.#allAnswered(entry);
    else this.fullRound = round;
  }

  #addToClearingRound(entry: JournalEntry, taken: SafetyAnswers): void {
    const round = joined(this.clearingRound, entry, taken);
    this.clearingRound = isWhole(round) ? null : round;
    if (!isWhole(round)) return;
    const answers: Partial<Record<FlagId, readonly string[]>> = { ...round.answers };
    for (const flagId of FULL_FORM) {
      const known = this.known[flagId];
      if (isNotWorse(answers[flagId]) && known !== undefined) answers[flagId] = known;
    }
    for (const { flagId, action, locks } of judgeSafety(answers).firings) {
      if (!locks || !isLock(action) || action === 'ineligible') continue;
      const seenFor = this.held.get(flagId)?.action ?? this.#cover(flagId)?.action ?? 'none';
      const isSeenTo = isNotWorse(round.answers[flagId]) && gravity(action) <= gravity(seenFor);
      if (!isSeenTo && !this.#isSpared(flagId, action, answers[flagId] ?? [], entry.day))
        this.#hold(entry, flagId, action);
    }
    if (!this.isVouched || (this.lockAction === 'emergency' && !this.isOldEnough(entry.atUtcMs))) return;
    this.#open();
    this.#allAnswered(entry);
  }

  /** Everything that holds is covered from the day on that somebody was seen; being a minor is not, unless a clinician says so. */
  #open(): void {
    for (const { flagId, action } of this.held.values()) {
      if (action === 'ineligible' && !this.isLinked) continue;
      this.held.delete(flagId);
      this.covers = [
        ...this.covers.filter((cover) => cover.flagId !== flagId),
        {
          flagId,
          action,
          codes: this.known[flagId] ?? [],
          fromDay: this.#vouchedDay,
          untilDay: this.#vouchedDay + SAFETY_LIMITS.coveredDays,
        },
      ];
    }
  }

  #allAnswered(entry: JournalEntry): void {
    this.fullRound = null;
    this.lastFull = entry;
    this.lastActive = entry;
    this.isFullAsked = false;
    this.formAnsweredUtcMs = entry.atUtcMs;
    // What has run out was asked in full this time: from here on it is covered anew or not at all.
    this.covers = this.covers.filter(({ flagId }) => this.isCovered(flagId, entry.day));
  }

  #cover(flagId: FlagId): Cover | undefined {
    return this.covers.find((cover) => cover.flagId === flagId);
  }

  #watchClock({ atUtcMs }: JournalEntry): void {
    if (this.held.size === 0 || atUtcMs >= this.sinceUtcMs) return;
    if (this.behindSinceUtcMs === null || atUtcMs < this.behindSinceUtcMs) this.behindSinceUtcMs = atUtcMs;
  }
}

const BREATH_QUESTIONS: readonly FlagId[] = ['R-01', 'R-05', 'R-25'];

/** Every question that can be answered. */
const ASKED: readonly FlagId[] = [...FULL_FORM, 'R-23'];

function joined(round: Round | null, { day }: JournalEntry, taken: SafetyAnswers): Round {
  const goesOn = round !== null && Math.abs(day - round.day) <= SAFETY_LIMITS.roundDays;
  return { answers: { ...(goesOn && round.answers), ...taken }, day };
}

function isWhole({ answers }: Round): boolean {
  return FULL_FORM.every((id) => answers[id] !== undefined);
}

function actionOf(judgement: SafetyJudgement, flagId: FlagId): SafetyAction {
  return judgement.firings.find((firing) => firing.flagId === flagId)?.action ?? 'none';
}

function isLock(action: SafetyAction): action is LockAction {
  return action === 'emergency' || action === 'urgent' || action === 'ineligible' || action === 'review';
}

function isNotWorse(codes: readonly string[] | undefined): boolean {
  return codes?.length === 1 && codes[0] === NOT_WORSE;
}

function hasSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((code) => b.includes(code));
}
