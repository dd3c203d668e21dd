/** Voice, tones, pitch and vibration, made on this device by the browser alone. */
import { i18n } from '@lingui/core';
import { usePreferences } from '../stores/preferences-store.ts';
import type { Utterance } from '../stores/session-flow-state.ts';
import { utteranceText } from '../text/speech-text.ts';
import { pitchHz } from './angle-pitch.ts';
import { hear, QUIET, spoken, type ToneName, type VoiceChange, type VoiceState } from './coach-voice.ts';
import { localVoice } from './local-voice.ts';
import { BUZZES, TONES } from './tones.ts';

export interface Speaker {
  /** @param show is called whenever something new stands as caption */
  say(utterance: Utterance, show: (caption: Utterance) => void): void;
  /** Pitch follows the movement; null falls silent, and so does a page that no longer calls. @param share 1 at the target */
  follow(share: number | null): void;
  /** Stops whatever sounds. */
  hush(): void;
  /** One beat of the pace that was asked for. */
  beat(): void;
}

const PITCH_LEVEL = 0.045;
/** Under a voice the pitch steps back. */
const DUCKED_LEVEL = 0.015;
/** Frames that stop coming take the pitch with them. */
const PITCH_LASTS_S = 0.3;
/** Some browsers never say that an utterance ended: slower speech than this there is none. */
const SLOWEST_MS_PER_LETTER = 130;
/** Without a voice a caption stands as long as it takes to look up and read it. */
const READ_MS_PER_LETTER = 50;
const LOOK_UP_MS = 600;

export function createSpeaker(): Speaker {
  let audio: AudioContext | null = null;
  let pitch: { readonly oscillator: OscillatorNode; readonly gain: GainNode } | null = null;
  let state: VoiceState = QUIET;
  let show: (caption: Utterance) => void = () => undefined;
  let overdue: ReturnType<typeof setTimeout> | undefined;
  /** Counts up with each thing spoken: the end of an earlier one is of no account. */
  let turn = 0;
  // Some browsers list their voices only after they were asked once.
  const voices = () =>
    typeof speechSynthesis === 'undefined' ? [] : (speechSynthesis.getVoices() as SpeechSynthesisVoice[]);
  voices();

  const isSpeaking = () => state.speaking !== null && usePreferences.getState().sound === 'voice';

  const sounding = (): AudioContext | null => {
    if (typeof AudioContext === 'undefined') return null;
    audio ??= new AudioContext();
    if (audio.state === 'suspended') void audio.resume().catch(() => undefined);
    return audio;
  };

  const play = (name: ToneName) => {
    const context = sounding();
    if (context === null) return;
    for (const note of TONES[name]) {
      const oscillator = context.createOscillator();
      const gain = context.createGain();
      const atS = context.currentTime + note.atS;
      oscillator.frequency.value = note.hz;
      gain.gain.setValueAtTime(0, atS);
      gain.gain.linearRampToValueAtTime(note.level, atS + 0.008);
      gain.gain.exponentialRampToValueAtTime(0.0008, atS + note.lastsS);
      oscillator.connect(gain).connect(context.destination);
      oscillator.start(atS);
      oscillator.stop(atS + note.lastsS + 0.02);
    }
  };

  const speakNow = (utterance: Utterance, cutsOff: boolean) => {
    const { locale, sound } = usePreferences.getState();
    const voice = sound === 'voice' ? localVoice(voices(), locale) : null;
    const text = utteranceText(i18n, utterance);
    const mine = ++turn;
    const ended = () => {
      if (mine !== turn) return;
      turn++;
      clearTimeout(overdue);
      carryOut(spoken(state, performance.now()));
    };
    clearTimeout(overdue);
    if (voice === null) {
      overdue = setTimeout(ended, LOOK_UP_MS + READ_MS_PER_LETTER * text.length);
      return;
    }
    if (cutsOff) speechSynthesis.cancel();
    const speech = new SpeechSynthesisUtterance(text);
    speech.voice = voice;
    speech.lang = voice.lang;
    speech.addEventListener('end', ended);
    speech.addEventListener('error', ended);
    overdue = setTimeout(ended, 2000 + SLOWEST_MS_PER_LETTER * text.length);
    speechSynthesis.speak(speech);
  };

  const carryOut = (change: VoiceChange) => {
    state = change.state;
    const { tone, buzz, speak, cutsOff, caption } = change.order;
    const { sound, vibration } = usePreferences.getState();
    if (tone !== null && sound !== 'silent') play(tone);
    if (buzz !== null && vibration && 'vibrate' in navigator) navigator.vibrate([...BUZZES[buzz]]);
    if (caption !== null) show(caption);
    if (speak !== null) speakNow(speak, cutsOff);
  };

  return {
    say(utterance, onCaption) {
      show = onCaption;
      carryOut(hear(state, utterance, performance.now()));
    },
    follow(share) {
      const hz = share === null || usePreferences.getState().sound === 'silent' ? null : pitchHz(share);
      if (hz === null && pitch === null) return;
      const context = sounding();
      if (context === null) return;
      if (pitch === null) {
        const oscillator = context.createOscillator();
        const gain = context.createGain();
        oscillator.type = 'triangle';
        gain.gain.value = 0;
        oscillator.connect(gain).connect(context.destination);
        oscillator.start();
        pitch = { oscillator, gain };
      }
      const now = context.currentTime;
      const level = pitch.gain.gain;
      level.cancelScheduledValues(now);
      level.setTargetAtTime(hz === null ? 0 : isSpeaking() ? DUCKED_LEVEL : PITCH_LEVEL, now, 0.04);
      level.setTargetAtTime(0, now + PITCH_LASTS_S, 0.08);
      if (hz !== null) pitch.oscillator.frequency.setTargetAtTime(hz, now, 0.03);
    },
    beat() {
      if (usePreferences.getState().sound !== 'silent') play('beat');
    },
    hush() {
      turn++;
      clearTimeout(overdue);
      state = QUIET;
      pitch?.oscillator.stop();
      pitch = null;
      if (typeof speechSynthesis !== 'undefined') speechSynthesis.cancel();
    },
  };
}
