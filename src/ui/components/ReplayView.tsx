import { Trans, useLingui } from '@lingui/react/macro';
import Pause from 'lucide-react/icons/pause';
import Play from 'lucide-react/icons/play';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { motionDefinition, startPosture } from '../../core/exercise/motion-definitions.ts';
import { segmentPoseInto } from '../../core/exercise/motion-pose.ts';
import { DEG_PER_RAD } from '../../core/math/angle.ts';
import { LIVE_ANGLE_NAMES } from '../../core/pipeline/live-frame.ts';
import { useAnimationFrame } from '../hooks/use-animation-frame.ts';
import { bandDegrees, wholeDegrees } from '../live-values.ts';
import type { Avatar, ReplayedSession, StoredSession } from '../services.ts';
import { countSummary, headlineSet, largestDifferenceRad } from '../session-summary.ts';
import type { ReplayState } from '../screens/SessionPage.tsx';
import { decimal } from '../text/number-text.ts';
import { usePreferences } from '../stores/preferences-store.ts';
import { fitWords } from '../text/result-text.ts';
import { angleName } from '../text/exercise-text.ts';
import { storageProblemWords } from '../text/storage-text.ts';
import { AnglePlot } from './AnglePlot.tsx';
import { Figure } from './Figure.tsx';
import { ProblemNotice } from './Notice.tsx';
import { Segmented } from './Segmented.tsx';

/** A row that the replay does not hold. */
const NOTHING = new Float64Array();
const SPEEDS = ['1', '4', '20', '100'] as const;
/** Less than this share lost shows in no number. */
const WHOLE_BELOW = 0.005;
type Speed = (typeof SPEEDS)[number];
type AngleName = (typeof LIVE_ANGLE_NAMES)[number];

/** Plays the stored packets through the chain again and shows what comes out. */
export function ReplayView({
  stored,
  replay,
  onRetry,
}: {
  readonly stored: StoredSession;
  readonly replay: ReplayState;
  readonly onRetry: () => void;
}) {
  if (replay.kind === 'waiting')
    return (
      <section className="card" role="status">
        <p className="muted">
          <Trans>The whole recording is worked through again</Trans>
        </p>
        <progress className="progress" aria-hidden="true" max={1} value={replay.share} />
      </section>
    );
  if (replay.kind === 'failed')
    return (
      <ProblemNotice words={storageProblemWords(replay.error)} detail={String(replay.error)}>
        <button type="button" className="button button-second button-small" onClick={onRetry}>
          <Trans>Try again</Trans>
        </button>
      </ProblemNotice>
    );
  return <Replayed stored={stored} replayed={replay.replayed} />;
}

function Replayed({
  stored,
  replayed,
}: {
  readonly stored: StoredSession;
  readonly replayed: ReplayedSession;
}) {
  const { t, i18n } = useLingui();
  const set = headlineSet(replayed.result);
  const measured = LIVE_ANGLE_NAMES.filter((_, index) => replayed.anglesRad[index]?.some(Number.isFinite));
  const usual = set === null ? undefined : primaryName(set.exerciseId, set.plan.side);
  const [chosen, setChosen] = useState<AngleName | null>(null);
  const name = chosen ?? measured.find((one) => one === usual) ?? measured[0] ?? 'flexion';
  const row = LIVE_ANGLE_NAMES.indexOf(name);
  const angleRad = replayed.anglesRad[row] ?? NOTHING;
  const halfWidth95Rad = replayed.halfWidths95Rad[row] ?? NOTHING;
  const { timeS } = replayed;
  const endS = timeS.at(-1) ?? 0;

  const playhead = useRef<number | null>(0);
  const [plays, setPlays] = useState(false);
  const [speed, setSpeed] = useState<Speed>('4');
  const clock = useRef<HTMLSpanElement>(null);
  const value = useRef<HTMLSpanElement>(null);
  const slider = useRef<HTMLInputElement>(null);
  const lastMs = useRef(0);
  const pose = useMemo(() => new Float64Array(20), []);

  const marks = useMemo(
    () =>
      replayed.result.sets
        .filter((one) => primaryName(one.exerciseId, one.plan.side) === name)
        .flatMap((one) => one.repetitions)
        .map((repetition) => ({ timeS: repetition.peakMs / 1000, counted: repetition.counted })),
    [replayed, name],
  );

  const show = useCallback(
    (atS: number) => {
      const index = nearest(timeS, atS);
      const angle = wholeDegrees(angleRad[index]);
      const half = bandDegrees(halfWidth95Rad[index]);
      if (clock.current !== null) clock.current.textContent = decimal(atS, i18n.locale);
      if (value.current !== null)
        value.current.textContent =
          angle === null ? '–' : `${signOf(angleRad[index])}${angle}° ± ${half ?? '–'}°`;
      if (slider.current !== null) slider.current.value = String(atS);
    },
    [timeS, angleRad, halfWidth95Rad, i18n.locale],
  );
  useEffect(() => show(playhead.current ?? 0), [show]);

  useAnimationFrame((nowMs) => {
    const passedS = (nowMs - lastMs.current) / 1000;
    lastMs.current = nowMs;
    if (!plays) return;
    const next = Math.min(endS, (playhead.current ?? 0) + Math.min(0.1, passedS) * Number(speed));
    playhead.current = next;
    show(next);
    if (next >= endS) setPlays(false);
  });

  const seek = useCallback(
    (atS: number) => {
      playhead.current = Math.min(endS, Math.max(0, atS));
      show(playhead.current);
    },
    [endS, show],
  );
  const exerciseId = set?.exerciseId ?? 'E01';
  const side = set?.plan.side ?? null;
  const onMount = useCallback(
    (avatar: Avatar) => {
      avatar.setPosture(startPosture(motionDefinition(exerciseId), side));
      avatar.setWorn(stored.roles);
    },
    [exerciseId, side, stored.roles],
  );
  const onFrame = useCallback(
    (avatar: Avatar) => {
      const at = nearest(timeS, playhead.current ?? 0);
      const primary =
        usual === undefined ? NaN : (replayed.anglesRad[LIVE_ANGLE_NAMES.indexOf(usual)]?.[at] ?? NaN);
      const rad = Number.isFinite(primary) ? primary : 0;
      avatar.setSegments(segmentPoseInto(pose, motionDefinition(exerciseId), rad, side));
    },
    [timeS, replayed, exerciseId, pose, usual, side],
  );

  if (measured.length === 0)
    return (
      <section className="card">
        <p className="muted">
          {stored.roles.length === 0 ? (
            <Trans>This session went by the clock, without sensors: it has no angles.</Trans>
          ) : (
            <Trans>No angle could be measured in this recording.</Trans>
          )}
        </p>
      </section>
    );
  return (
    <>
      <Stages stored={stored} replayed={replayed} />
      <div className="two-columns">
        <section className="card card-lifted stack">
          <div className="row row-apart wrap">
            <h2>{t(angleName(name))}</h2>
            {measured.length > 1 && (
              <label className="row plot-choice">
                <span className="small">
                  <Trans>Angle</Trans>
                </span>
                <select
                  className="language"
                  value={name}
                  onChange={(event) => {
                    const picked = LIVE_ANGLE_NAMES.find((one) => one === event.target.value);
                    if (picked !== undefined) setChosen(picked);
                  }}
                >
                  {measured.map((one) => (
                    <option key={one} value={one}>
                      {t(angleName(one))}
                    </option>
                  ))}
                </select>
              </label>
            )}
          </div>
          <AnglePlot
            label={t`The angle over the whole session with its 95 % band`}
            timeS={timeS}
            angleRad={angleRad}
            halfWidth95Rad={halfWidth95Rad}
            marks={marks}
            playhead={playhead}
            onSeek={seek}
          />
          <p className="plot-legend small">
            <span className="row">
              <svg width="14" height="14" aria-hidden="true">
                <circle cx="7" cy="7" r="5.5" fill="var(--primary)" />
              </svg>
              <Trans>counted</Trans>
            </span>
            <span className="row">
              <svg width="14" height="14" aria-hidden="true">
                <circle cx="7" cy="7" r="5" fill="none" stroke="var(--line-2)" strokeWidth="2" />
              </svg>
              <Trans>not counted</Trans>
            </span>
            <span className="row">
              <svg width="22" height="12" aria-hidden="true">
                <rect width="22" height="12" fill="var(--primary-soft)" />
              </svg>
              <Trans>95 % band</Trans>
            </span>
            <span className="row">
              <svg width="22" height="12" aria-hidden="true">
                <path d="M0 12 12 0M5 12 17 0M10 12 22 0M15 12 22 5" stroke="var(--line-2)" />
              </svg>
              <Trans>gap, nothing measured</Trans>
            </span>
          </p>
          <div className="transport">
            <button
              type="button"
              className="round-primary"
              aria-label={plays ? t`Pause the replay` : t`Play the replay`}
              onClick={() => {
                if (!plays && (playhead.current ?? 0) >= endS) playhead.current = 0;
                lastMs.current = performance.now();
                setPlays(!plays);
              }}
            >
              {plays ? (
                <Pause size={22} strokeWidth={1.75} aria-hidden="true" />
              ) : (
                <Play size={22} strokeWidth={1.75} aria-hidden="true" />
              )}
            </button>
            <span>
              <Trans>
                <b>
                  <span ref={clock}>–</span>
                </b>{' '}
                <span className="muted">of {decimal(endS, i18n.locale)} s</span>
              </Trans>
            </span>
            <input
              ref={slider}
              type="range"
              aria-label={t`Position in the recording`}
              min={0}
              max={endS}
              step={0.1}
              defaultValue={0}
              onChange={(event) => seek(Number(event.target.value))}
            />
            <Segmented
              label={t`Speed of the replay`}
              value={speed}
              onChange={setSpeed}
              choices={SPEEDS.map((one) => ({ value: one, label: `${one}×` }))}
            />
          </div>
        </section>
        <section className="card">
          <p className="row row-apart">
            <span className="small">
              <Trans>At this moment</Trans>
            </span>
            <b className="moment" ref={value}>
              –
            </b>
          </p>
          <Figure
            className="stage-figure stage-figure-medium replay-figure figure-fades"
            label={t`Figure at this moment`}
            onMount={onMount}
            onFrame={onFrame}
          />
          <p className="small">
            <Trans>The figure shows the movement of the exercise, and no more.</Trans>
          </p>
        </section>
      </div>
    </>
  );
}

/** What became of the recording: the chain's own words in the workshop, plain ones elsewhere. */
function Stages(props: { readonly stored: StoredSession; readonly replayed: ReplayedSession }) {
  const door = usePreferences((preferences) => preferences.door);
  return door === 'build' ? <ChainStages {...props} /> : <PlainStages {...props} />;
}

function PlainStages({ replayed: { result } }: { readonly replayed: ReplayedSession }) {
  const { t, i18n } = useLingui();
  const missing = Math.max(0, ...result.sensors.map((sensor) => sensor.missingFraction));
  const summary = countSummary(result);
  return (
    <section className="card tiles" aria-label={t`About this recording`}>
      <div>
        <b>
          <Trans>Counted</Trans>
        </b>
        <p className="small">
          <Trans>
            {summary.counted} of {summary.total} moves
          </Trans>
        </p>
      </div>
      <div>
        <b>
          <Trans>Signal</Trans>
        </b>
        <p className="small">
          {missing < WHOLE_BELOW ? (
            <Trans>complete</Trans>
          ) : (
            <Trans>{decimal(missing * 100, i18n.locale)} % is missing</Trans>
          )}
        </p>
      </div>
      <div>
        <b>
          <Trans>Fit of the sensors</Trans>
        </b>
        <p className="small">{t(fitWords(result.calibrationQuality))}</p>
      </div>
    </section>
  );
}

function ChainStages({
  stored,
  replayed,
}: {
  readonly stored: StoredSession;
  readonly replayed: ReplayedSession;
}) {
  const { t, i18n } = useLingui();
  const { result } = replayed;
  const rejected = result.sensors.reduce((sum, sensor) => sum + sensor.rejectedPacketCount, 0);
  const missing = Math.max(0, ...result.sensors.map((sensor) => sensor.missingFraction));
  const rates = result.sensors.map((sensor) => Math.round(sensor.rateHz)).join(', ');
  const summary = countSummary(result);
  const before = stored.result === null ? null : countSummary(stored.result);
  const apart = largestDifferenceRad(replayed.live, result);
  return (
    <section className="card tiles" aria-label={t`What the chain says`}>
      <div>
        <b>
          <Trans>Read</Trans>
        </b>
        <p className="small">
          {rejected === 0 ? <Trans>no packet refused</Trans> : <Trans>{rejected} packets refused</Trans>}
        </p>
      </div>
      <div>
        <b>
          <Trans>Signal</Trans>
        </b>
        <p className="small">
          <Trans>
            {rates} a second, {decimal(missing * 100, i18n.locale)} % missing
          </Trans>
        </p>
      </div>
      <div>
        <b>
          <Trans>Set up</Trans>
        </b>
        <p className="small">
          {result.calibrationQuality === null ? (
            <Trans>not done</Trans>
          ) : (
            <Trans>{Math.round(result.calibrationQuality)} of 100</Trans>
          )}
        </p>
      </div>
      <div>
        <b>
          <Trans>Counted</Trans>
        </b>
        <p className="small">
          <Trans>
            {summary.counted} of {summary.total}
          </Trans>
          {before !== null && before.counted !== summary.counted && (
            <>
              {', '}
              <Trans>saved then: {before.counted}</Trans>
            </>
          )}
        </p>
      </div>
      {apart !== null && (
        <div>
          <b>
            <Trans>On screen then</Trans>
          </b>
          <p className="small">
            <Trans>at most {decimal(apart * DEG_PER_RAD, i18n.locale)}° from this</Trans>
          </p>
        </div>
      )}
    </section>
  );
}

function primaryName(
  exerciseId: Parameters<typeof motionDefinition>[0],
  side: 'left' | 'right' | null,
): AngleName {
  switch (motionDefinition(exerciseId).quantity) {
    case 'flexion':
      return 'flexion';
    case 'sideBend':
      return 'sideBend';
    case 'rotation':
      return 'rotation';
    case 'lockedRotation':
      return 'lockedRotation';
    case 'hinge':
      return 'flexion';
    case 'armElevation':
    case 'armRise':
    case 'armPull':
    case 'armLift':
      return side === 'left' ? 'armElevationLeft' : 'armElevationRight';
  }
}

function nearest(timeS: Float64Array, atS: number): number {
  let low = 0;
  let high = timeS.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timeS[middle] ?? 0) < atS) low = middle + 1;
    else high = middle;
  }
  return low;
}

function signOf(rad: number | undefined): string {
  return rad !== undefined && Math.round(rad * DEG_PER_RAD) < 0 ? '−' : '';
}
