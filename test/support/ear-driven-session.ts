/**
 * A whole session in virtual time with a person who neither looks nor touches: after Start they act on the sounds and
 * words alone that reach their ears, spoken at a voice's pace, one at a time, some of them cut off.
 */
import { setupI18n } from '@lingui/core';
import type { LibraryExerciseId } from '../../src/core/exercise/exercise-library.ts';
import { hasMotion } from '../../src/core/exercise/motion-definitions.ts';
import type { Side } from '../../src/core/exercise/motion-definition.ts';
import { LivePipeline } from '../../src/core/pipeline/live-pipeline.ts';
import type { PipelineCommand } from '../../src/core/pipeline/pipeline-command.ts';
import type { RecordedCommand, SessionRecording } from '../../src/core/recording/session-recording.ts';
import { PacketLogBuilder } from '../../src/core/simulation/packet-log-builder.ts';
import type { SessionResult } from '../../src/core/pipeline/session-result.ts';
import type { SimulationConditions } from '../../src/core/simulation/conditions.ts';
import { createVirtualPerson, type VirtualPerson } from '../../src/core/simulation/virtual-person.ts';
import {
  IDLE_FLOW,
  type FlowEffect,
  type FlowEvent,
  type FlowPlan,
  type FlowState,
} from '../../src/ui/stores/session-flow-state.ts';
import { advanceFlow } from '../../src/ui/stores/session-flow.ts';
import { exerciseWords } from '../../src/ui/text/exercise-text.ts';
import { utteranceText } from '../../src/ui/text/speech-text.ts';
import { hear, QUIET, spoken, type VoiceOrder } from '../../src/ui/voice/coach-voice.ts';

const TICK_MS = 40;
/** A calm voice. */
const MS_PER_LETTER = 65;
const ENGLISH = setupI18n({ locale: 'en', messages: { en: {} } });

export interface EarDrivenRun {
  readonly state: FlowState;
  readonly result: SessionResult | null;
  /** What was heard, in order: `♪name` for a tone, else the words, each at its end. */
  readonly heard: readonly { readonly atMs: number; readonly what: string }[];
  /** Times that the person's hand or eye was needed after Start. */
  readonly touches: number;
  readonly minutes: number;
  readonly person: VirtualPerson;
  /** All that the pipeline was given. */
  readonly recording: SessionRecording;
}

/** What the person does, or suffers, that nobody asked for. */
export interface EarDrivenOptions {
  readonly conditions?: Partial<SimulationConditions>;
  /** When to give up. */
  readonly limitMinutes?: number;
  /** Sits on a chair in every rest, whatever the exercise. */
  readonly sitsInRests?: boolean;
  /** From the first moment on at which this is so the first sensor's link is gone for good. */
  readonly diesWhen?: (state: FlowState) => boolean;
}

/** The person: hears, and does what they were told. */
class Listener {
  private exerciseId: LibraryExerciseId | null = null;
  private side: Side | null = null;
  private readonly person: VirtualPerson;
  private readonly exercises: readonly LibraryExerciseId[];
  private readonly sitsInRests: boolean;

  constructor(person: VirtualPerson, exercises: readonly LibraryExerciseId[], sitsInRests: boolean) {
    this.person = person;
    this.exercises = exercises;
    this.sitsInRests = sitsInRests;
  }

  hear(words: string): void {
    const named = this.exercises.find((id) => words.includes(ENGLISH._(exerciseWords(id).title)));
    if (named !== undefined) this.exerciseId = named;
    if (/I begin when you hold still|The clock starts/.test(words)) {
      this.side = /\b(?:Left side\.|left (?:arm|hand)\b)/.test(words)
        ? 'left'
        : /\b(?:Right side\.|right (?:arm|hand)\b)/.test(words)
          ? 'right'
          : null;
      this.takePosition();
    } else if (words.startsWith('Start.') || words.startsWith('Go on.')) {
      // On and on: how many there are is for the voice to say.
      if (this.exerciseId !== null && hasMotion(this.exerciseId))
        this.person.perform({
          kind: 'exercise',
          exerciseId: this.exerciseId,
          side: this.side,
          repetitions: 40,
        });
    } else if (this.sitsInRests && /Rest for/.test(words))
      this.person.perform({ kind: 'takeStartPosture', exerciseId: 'E01', side: null });
    else if (/Rest\b|start position/.test(words)) this.takePosition();
  }

  private takePosition(): void {
    if (this.exerciseId !== null)
      this.person.perform({ kind: 'takeStartPosture', exerciseId: this.exerciseId, side: this.side });
  }
}

/** @param plan for real sensors, so that nothing moves the person but what they hear */
export function runByEar(
  plan: FlowPlan,
  seed: number,
  { conditions = {}, limitMinutes = 40, sitsInRests = false, diesWhen }: EarDrivenOptions = {},
): EarDrivenRun {
  const person = createVirtualPerson(plan.roles, seed, { conditions });
  const pipeline = new LivePipeline({ engineVersion: 'test' });
  const logs = person.sensors.map(() => new PacketLogBuilder());
  const commands: RecordedCommand[] = [];
  let order = 0;
  const listener = new Listener(person, [...new Set(plan.items.map((item) => item.exerciseId))], sitsInRests);
  const heard: { atMs: number; what: string }[] = [];
  let state = IDLE_FLOW;
  let voice = QUIET;
  let nowMs = 0;
  let touches = 0;
  let hasStarted = false;
  let isDead = false;
  let result: SessionResult | null = null;
  let speech: { text: string; endMs: number } | null = null;
  let countdown: { id: number; endMs: number } | null = null;

  const command = (given: PipelineCommand) => {
    commands.push({ order: order++, hostTimeMs: nowMs, command: given });
    pipeline.command(given, nowMs);
  };
  const send = (event: FlowEvent) => {
    const change = advanceFlow(state, event);
    state = change.state;
    change.effects.forEach(carryOut);
  };
  const touch = (event: FlowEvent) => {
    if (hasStarted) touches++;
    send(event);
  };
  const drain = () => {
    for (const fact of pipeline.drainFacts()) send({ kind: 'fact', fact });
  };
  const sound = ({ tone, speak, cutsOff }: VoiceOrder) => {
    if (tone !== null) heard.push({ atMs: nowMs, what: `♪${tone}` });
    if (cutsOff) speech = null;
    if (speak === null) return;
    const text = utteranceText(ENGLISH, speak);
    speech = { text, endMs: nowMs + 300 + MS_PER_LETTER * text.length };
  };
  function carryOut(effect: FlowEffect): void {
    switch (effect.kind) {
      case 'startSession':
        send({ kind: 'sessionStarted', sessionId: 'test' });
        person.sensors.forEach((sensor, i) => {
          command({ kind: 'attachSensor', sensor, role: plan.roles[i] ?? null });
          const { sensorIndex, name } = sensor;
          const role = plan.roles[i] ?? 'upperBack';
          send({ kind: 'sensorConnected', sensor: { sensorIndex, role, name, batteryPercent: 90 } });
        });
        break;
      case 'command':
        command(effect.command);
        break;
      case 'countDown':
        countdown = { id: effect.countdown.id, endMs: nowMs + 1000 * effect.countdown.seconds };
        break;
      case 'say': {
        const change = hear(voice, effect.utterance, nowMs);
        voice = change.state;
        sound(change.order);
        break;
      }
      case 'finish':
        command({ kind: 'finish' });
        result = pipeline.result();
        send({ kind: 'saved', result, kept: 'whole' });
        break;
      case 'prolong':
        if (countdown !== null) countdown = { ...countdown, endMs: countdown.endMs + 1000 * effect.seconds };
        break;
      case 'letGo':
        break;
      case 'perform':
      case 'abandon':
        throw new Error(`${effect.kind} in a session that the person drives`);
    }
  }
  const tick = () => {
    nowMs += TICK_MS;
    if (!isDead && diesWhen?.(state) === true) {
      isDead = true;
      command({ kind: 'linkChanged', sensorIndex: 0, connected: false });
      send({ kind: 'linkChanged', sensorIndex: 0, connected: false });
    }
    person.advanceTo(nowMs, (packet) => {
      if (isDead && packet.sensorIndex === 0) return;
      logs[packet.sensorIndex]?.add(order++, packet.hostTimeMs, packet.bytes);
      pipeline.push(packet);
      drain();
    });
    drain();
    if (countdown !== null && nowMs >= countdown.endMs) {
      const { id } = countdown;
      countdown = null;
      send({ kind: 'countdownOver', id });
    }
    if (speech !== null && nowMs >= speech.endMs) {
      const { text } = speech;
      speech = null;
      heard.push({ atMs: nowMs, what: text });
      listener.hear(text);
      const change = spoken(voice, nowMs);
      voice = change.state;
      sound(change.order);
    }
  };
  const waitFor = (isThere: () => boolean) => {
    for (let left = (60_000 * limitMinutes - nowMs) / TICK_MS; left > 0 && !isThere(); left--) tick();
  };

  const isLost = () => state.sensors.some(({ connected }) => !connected);
  const checkByMovement = () => {
    waitFor(() => state.step === 'bow' || isLost());
    if (state.step === 'bow') person.perform({ kind: 'bow', repetitions: 2 });
    waitFor(() => state.step === 'armRaise' || state.step === 'found' || isLost());
    if (isLost()) {
      // The person sees that it does not come back.
      touch({ kind: 'goWithout', sensorIndex: 0 });
      if (state.plan?.kit === 'none') return;
      checkByMovement();
      return;
    }
    if (state.step === 'armRaise') {
      person.perform({ kind: 'armRaise', repetitions: 1, side: state.plan?.armSide ?? 'right' });
      waitFor(() => state.step === 'found');
    }
    touch({ kind: 'accepted' });
  };

  // Before Start there are eyes and hands.
  touch({ kind: 'begin', plan });
  if (state.step === 'painBefore') touch({ kind: 'painAnswered', value: 2 });
  person.perform({ kind: 'lieOnTable' });
  tick();
  touch({ kind: 'sensorsComplete' });
  waitFor(() => state.step === 'strapOn');
  person.perform({ kind: 'standTall' });
  waitFor(() => nowMs % 8000 < TICK_MS);
  touch({ kind: 'strapped' });
  checkByMovement();
  hasStarted = true;
  waitFor(() => state.step === 'done' || state.step === 'swapArm');
  if (state.step === 'swapArm') {
    const { endHostTimeMs } = person.perform({ kind: 'changeArm', from: plan.armSide ?? 'right' });
    waitFor(() => nowMs > endHostTimeMs);
    touch({ kind: 'armSwapped' });
    checkByMovement();
    waitFor(() => state.step === 'done');
  }
  const recording: SessionRecording = {
    recordingId: 'by-ear',
    startedAtUtc: '2026-01-05T09:00:00.000Z',
    simulated: true,
    engineVersion: 'test',
    sensors: person.sensors.map((description, i) => ({
      description,
      role: pipeline.sensors[i]?.role ?? null,
      packets: logs[i]!.build(),
    })),
    commands,
    result,
  };
  return { state, result, heard, touches, minutes: nowMs / 60_000, person, recording };
}
