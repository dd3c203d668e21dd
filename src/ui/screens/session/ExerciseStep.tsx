import { Trans, useLingui } from '@lingui/react/macro';
import Check from 'lucide-react/icons/check';
import CornerUpLeft from 'lucide-react/icons/corner-up-left';
import CornerUpRight from 'lucide-react/icons/corner-up-right';
import MessageSquare from 'lucide-react/icons/message-square';
import Volume2 from 'lucide-react/icons/volume-2';
import MoveVertical from 'lucide-react/icons/move-vertical';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import {
  armRole,
  isArmMovement,
  motionDefinition,
  setDirections,
  startPosture,
} from '../../../core/exercise/motion-definitions.ts';
import { DEG_PER_RAD } from '../../../core/math/angle.ts';
import { LIVE_FRAME, REPETITION_PHASE } from '../../../core/pipeline/live-frame.ts';
import { Figure } from '../../components/Figure.tsx';
import { SensorsButton } from '../../components/SensorsButton.tsx';
import { Trace, type TraceHandle } from '../../components/Trace.tsx';
import { VirtualMark } from '../../components/VirtualMark.tsx';
import { useAnimationFrame } from '../../hooks/use-animation-frame.ts';
import { bandDegrees, frameAgeMs, STALE_AFTER_MS, wholeDegrees } from '../../live-values.ts';
import { useRoom } from '../../services-context.ts';
import type { Avatar } from '../../services.ts';
import { currentSensorItem, currentSide, directionMeant } from '../../stores/current-item.ts';
import { countedOf } from '../../stores/session-sets.ts';
import { exerciseWords, moveCount, roleName, sideInstruction, sideName } from '../../text/exercise-text.ts';
import { decimal } from '../../text/number-text.ts';
import { reasonWords } from '../../text/result-text.ts';
import { cueCode, cueWords } from '../../text/cue-text.ts';
import { utteranceText } from '../../text/speech-text.ts';
import { wayToTarget } from '../../voice/angle-pitch.ts';
import { SessionProblem } from './SessionProblem.tsx';
import { SoundButton } from './SessionFrame.tsx';
import { StopPair } from './StopPair.tsx';

/** From here on the words say it; before, the number alone is gone. */
const LOST_AFTER_MS = 1000;
/** Text follows at this pace; the figure and the arc follow every frame. */
const TEXT_EVERY_MS = 125;
/** One beat a second: a move takes three or four. */
const BEAT_MS = 1000;

export function ExerciseStep() {
  const { t, i18n } = useLingui();
  const { services, session, speaker } = useRoom();
  const flow = session((store) => store.flow);
  const caption = session((store) => store.caption);
  const plan = flow.plan;
  const item = currentSensorItem(flow);
  const exerciseId = item?.exerciseId ?? 'E01';
  const side = currentSide(flow);
  const definition = motionDefinition(exerciseId);
  const words = exerciseWords(exerciseId);
  const total = (item?.test === false ? flow.coaching?.repetitions : null) ?? item?.repetitions ?? 0;
  const sets = item?.setSides.length ?? 1;
  const counted = countedOf(flow.repetitions);
  const [expected, setExpected] = useState<1 | -1 | 0>(0);

  const root = useRef<HTMLElement>(null);
  const digits = useRef<HTMLSpanElement>(null);
  const band = useRef<HTMLSpanElement>(null);
  const last = useRef<HTMLElement>(null);
  const target = useRef<HTMLElement>(null);
  const targetRow = useRef<HTMLDivElement>(null);
  const age = useRef<HTMLSpanElement>(null);
  const said = useRef<HTMLDivElement>(null);
  const trace = useRef<TraceHandle>(null);
  const textAtMs = useRef(0);
  const hasBegun = useRef(false);
  const segments = useMemo(() => new Float64Array(20), []);
  const indexes = useMemo(() => flow.sensors.map((sensor) => sensor.sensorIndex), [flow.sensors]);

  const directions = useMemo(() => setDirections(definition, side), [definition, side]);
  const isArm = isArmMovement(definition);
  const ends = useMemo(() => {
    const name = (sign: 1 | -1) => {
      const towards = directions.find((candidate) => candidate.sign === sign);
      return towards === undefined ? '' : t(sideName(towards.side));
    };
    return [name(1), name(-1)] as const;
  }, [directions, t]);
  const rangeDeg = Math.max(50, Math.ceil(definition.usualMaximumDeg * 1.2));
  // The first number that somebody ever sees here is that of a move they made.
  const numberWaits = plan?.record === false && counted === 0;
  const isPaced = flow.coaching?.hasPacer === true && flow.setRuns && flow.paused === null;
  useEffect(() => {
    if (!isPaced) return undefined;
    const timer = setInterval(() => {
      speaker.beat();
      said.current?.toggleAttribute('data-beat');
    }, BEAT_MS);
    return () => clearInterval(timer);
  }, [isPaced, speaker]);
  useEffect(() => {
    if (counted > 0) trace.current?.mark(performance.now(), String(counted));
  }, [counted]);

  useAnimationFrame((nowMs) => {
    const frame = services.session.latestFrame();
    const ageMs = frameAgeMs(frame, indexes, nowMs);
    const stale = frame === null || ageMs > STALE_AFTER_MS;
    const page = root.current;
    if (page === null) return;
    if (!stale) hasBegun.current = true;
    // What has not come yet cannot be lost.
    const state = !stale ? 'live' : !hasBegun.current ? 'waiting' : ageMs > LOST_AFTER_MS ? 'lost' : 'late';
    if (page.dataset['signal'] !== state) {
      page.dataset['signal'] = state;
      textAtMs.current = -Infinity;
    }
    if (stale) {
      page.dataset['number'] = 'none';
      write(digits.current, '–');
      write(band.current, '');
    }
    const read = (offset: number) => (frame === null ? NaN : (frame[offset] ?? NaN) * DEG_PER_RAD);
    const targetDeg = read(LIVE_FRAME.targetRad);
    const { setRuns, paused } = session.getState().flow;
    speaker.follow(
      stale || !setRuns || paused !== null
        ? null
        : wayToTarget(
            read(LIVE_FRAME.primaryRad),
            targetDeg,
            frame[LIVE_FRAME.expectedSign] ?? 0,
            definition.usualMaximumDeg,
          ),
    );
    trace.current?.push(nowMs, frame?.[LIVE_FRAME.hostTimeMs] ?? NaN, read(LIVE_FRAME.primaryRad), targetDeg);
    if (nowMs - textAtMs.current < TEXT_EVERY_MS) return;
    textAtMs.current = nowMs;
    write(age.current, Number.isFinite(ageMs) ? decimal(ageMs / 1000, i18n.locale) : '–');
    write(last.current, degrees(wholeDegrees(frame?.[LIVE_FRAME.lastPeakRad])));
    const targetText = wholeDegrees(frame?.[LIVE_FRAME.targetRad]);
    write(target.current, degrees(targetText));
    if (targetRow.current !== null) targetRow.current.hidden = targetText === null;
    const sign = Math.sign(frame?.[LIVE_FRAME.expectedSign] ?? 0);
    setExpected(sign > 0 ? 1 : sign < 0 ? -1 : 0);
    if (stale || frame === null) return;
    const whole = numberWaits ? null : wholeDegrees(frame[LIVE_FRAME.primaryRad]);
    page.dataset['number'] = whole === null ? 'none' : 'shown';
    write(digits.current, whole ?? '–');
    const half = numberWaits ? null : bandDegrees(frame[LIVE_FRAME.primaryHalfWidth95Rad]);
    write(band.current, half === null ? '' : `± ${half}°`);
  });

  const onMount = useCallback(
    (avatar: Avatar) => {
      const { flow: now } = session.getState();
      avatar.setPosture(startPosture(motionDefinition(exerciseId), side));
      avatar.setWorn(now.sensors.map((sensor) => sensor.role));
    },
    [session, exerciseId, side],
  );
  const onFrame = useCallback(
    (avatar: Avatar) => {
      const frame = services.session.latestFrame();
      if (frame === null) return;
      for (let i = 0; i < segments.length; i++) segments[i] = frame[LIVE_FRAME.qFacingFromSegment + i] ?? NaN;
      avatar.setSegments(segments);
      const targetRad = frame[LIVE_FRAME.targetRad] ?? NaN;
      const phase = frame[LIVE_FRAME.repetitionPhase];
      const guides = Number.isFinite(targetRad) && phase !== REPETITION_PHASE.back;
      const stale = frameAgeMs(frame, indexes, performance.now()) > STALE_AFTER_MS;
      avatar.setGhost(guides ? { exerciseId, primaryRad: targetRad, side } : null);
      avatar.setArc({
        exerciseId,
        primaryRad: stale ? NaN : (frame[LIVE_FRAME.primaryRad] ?? NaN),
        targetRad: Number.isFinite(targetRad) ? targetRad : null,
        lastPeakRad: frame[LIVE_FRAME.lastPeakRad] ?? null,
        side,
      });
    },
    [services, segments, exerciseId, indexes, side],
  );

  const direction = directionMeant(directions, expected);
  const lastRepetition = flow.repetitions.at(-1);
  const whyNot =
    lastRepetition !== undefined && !lastRepetition.counted ? lastRepetition.reasons[0] : undefined;
  const cue = cueOf();
  function cueOf(): string {
    if (!flow.setRuns) return t`Hold your start position for a moment`;
    if (flow.paused === 'signalLost') return t`Wait until the signal is back`;
    if (flow.paused === 'postureLeft') return t`Paused. I go on when you are back in your start position`;
    if (flow.paused === 'startSought') return t`Signal is back. Go to your start position and hold still`;
    if (flow.paused === 'person') return t`Paused. Rest as long as you like`;
    if (flow.cue !== null) return t(cueWords(cueCode(flow.cue), exerciseId));
    if (whyNot !== undefined) return t`Not counted: ${t(reasonWords(whyNot))}`;
    return t(cueWords(null, exerciseId));
  }
  const SideIcon = isArm
    ? MoveVertical
    : direction?.side === 'left'
      ? CornerUpLeft
      : direction?.side === 'right'
        ? CornerUpRight
        : MoveVertical;

  return (
    <main className="exercise" id="main" ref={root} data-signal="waiting">
      <header className="exercise-head">
        <h1 tabIndex={-1}>{t(words.title)}</h1>
        <div className="head-buttons">
          <SensorsButton />
          <SoundButton />
        </div>
        <div className="row row-apart exercise-line">
          <p className="row muted">
            {direction !== undefined && (
              <>
                <SideIcon size={18} strokeWidth={1.75} aria-hidden="true" />
                <span>
                  {isArm && side !== null ? t(roleName(armRole(side))) : t(sideInstruction(direction.side))}
                </span>
                <span className="exercise-kind" aria-hidden="true">
                  ·
                </span>
              </>
            )}
            <span className={direction === undefined ? undefined : 'exercise-kind'}>
              {item?.test === true ? (
                <Trans>test</Trans>
              ) : sets === 1 ? (
                <Trans>exercise</Trans>
              ) : (
                <Trans>
                  set {flow.setIndex + 1} of {sets}
                </Trans>
              )}
            </span>
          </p>
          {plan?.kit === 'virtual' && <VirtualMark />}
        </div>
      </header>
      <div className="exercise-dots">
        <div className="dots" role="img" aria-label={t`${counted} of ${total} counted`}>
          {Array.from({ length: total }, (_, index) => (
            <i key={index} data-state={index < counted ? 'counted' : index === counted ? 'now' : 'todo'} />
          ))}
        </div>
        <span className="muted">{t(moveCount(words.move, Math.min(counted + 1, total), total))}</span>
      </div>
      <div className="exercise-figure">
        <Figure className="figure-fades" label={t`You from behind`} onMount={onMount} onFrame={onFrame} />
      </div>
      <div className="exercise-number">
        <div className="live-lost" role="status">
          <span>
            <b>
              <Trans>Signal lost</Trans>
            </b>{' '}
            {/* It runs: who listens hears that the signal is lost, once. */}
            <span className="muted" aria-hidden="true">
              <Trans>
                for <span ref={age}>–</span> s
              </Trans>
            </span>
          </span>
        </div>
        <p className="live-waiting muted">
          <Trans>Getting ready</Trans>
        </p>
        <div className="live-number">
          <span className="live-digits" ref={digits}>
            –
          </span>
          <span className="live-unit">
            <span className="live-degree">°</span>
            <span className="live-band" ref={band} />
          </span>
          {numberWaits && (
            <span className="small muted">
              <Trans>comes with your first whole move</Trans>
            </span>
          )}
        </div>
        <div className="live-stats">
          <div className="live-stat">
            <span className="small">
              <Trans>Last</Trans>
            </span>
            <svg width="14" height="12" viewBox="0 0 14 12" aria-hidden="true">
              <path d="M1 1H13L7 11Z" fill="var(--ink-2)" />
            </svg>
            <b ref={last}>–</b>
          </div>
          <div className="live-stat live-stat-target" ref={targetRow} hidden>
            <span className="small">
              <Trans>Target</Trans>
            </span>
            <svg width="14" height="16" viewBox="0 0 14 16" aria-hidden="true">
              <path d="M7 1V15" stroke="var(--target)" strokeWidth="4" strokeLinecap="round" />
            </svg>
            <b ref={target}>–</b>
          </div>
        </div>
      </div>
      <div className="exercise-cue">
        <SessionProblem />
        {/* Read aloud below, once. */}
        <div className="cue" ref={said}>
          <MessageSquare size={28} strokeWidth={1.75} aria-hidden="true" />
          <span>{cue}</span>
        </div>
        <p className="said" aria-live="polite">
          {caption !== null && (
            <>
              <Volume2 size={18} strokeWidth={1.75} aria-hidden="true" />
              <span>“{utteranceText(i18n, caption)}”</span>
            </>
          )}
        </p>
      </div>
      <section className="exercise-trace">
        <div className="card trace-card">
          <p className="small trace-title">
            <Trans>The last 30 seconds</Trans>
          </p>
          <Trace
            handle={trace}
            label={t`Your movement in the last 30 seconds`}
            rangeDeg={rangeDeg}
            ends={ends}
          />
        </div>
      </section>
      <section className="card checks" aria-label={t`What is measured`}>
        <div>
          <span className="small">
            <Trans>Counted</Trans>
          </span>
          <b className="good">
            <Check size={18} strokeWidth={2} aria-hidden="true" />
            {t`${counted} of ${total}`}
          </b>
        </div>
        <div>
          <span className="small">
            <Trans>Not counted</Trans>
          </span>
          <b>{flow.repetitions.length - counted}</b>
        </div>
      </section>
      <div className="exercise-actions">
        <StopPair pausable />
      </div>
    </main>
  );
}

function write(element: HTMLElement | null, text: string): void {
  if (element !== null && element.textContent !== text) element.textContent = text;
}

function degrees(whole: string | null): string {
  return whole === null ? '–' : `${whole}°`;
}
