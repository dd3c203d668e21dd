/** Voice and tones, made on this device: the browser's own speech and a few sine tones. */
import type { SoundChoice } from './stores/preferences-store.ts';

export type ToneName = 'counted' | 'notCounted' | 'start' | 'end';

export interface Speaker {
  say(text: string, locale: string, choice: SoundChoice, tone: ToneName | null): void;
}

/** Hz and seconds from the start, one after the other. Start rises, end falls, "not counted" is a falling pair. */
const TONES: Record<
  ToneName,
  readonly { readonly hz: number; readonly atS: number; readonly lastsS: number }[]
> = {
  counted: [{ hz: 880, atS: 0, lastsS: 0.09 }],
  notCounted: [
    { hz: 392, atS: 0, lastsS: 0.12 },
    { hz: 330, atS: 0.14, lastsS: 0.16 },
  ],
  start: [
    { hz: 523, atS: 0, lastsS: 0.12 },
    { hz: 784, atS: 0.13, lastsS: 0.2 },
  ],
  end: [
    { hz: 784, atS: 0, lastsS: 0.12 },
    { hz: 523, atS: 0.13, lastsS: 0.24 },
  ],
};

export function createSpeaker(): Speaker {
  let audio: AudioContext | null = null;

  const play = (name: ToneName) => {
    if (typeof AudioContext === 'undefined') return;
    audio ??= new AudioContext();
    if (audio.state === 'suspended') void audio.resume().catch(() => undefined);
    const now = audio.currentTime;
    for (const tone of TONES[name]) {
      const oscillator = audio.createOscillator();
      const gain = audio.createGain();
      oscillator.frequency.value = tone.hz;
      gain.gain.setValueAtTime(0, now + tone.atS);
      gain.gain.linearRampToValueAtTime(0.16, now + tone.atS + 0.012);
      gain.gain.exponentialRampToValueAtTime(0.0008, now + tone.atS + tone.lastsS);
      oscillator.connect(gain).connect(audio.destination);
      oscillator.start(now + tone.atS);
      oscillator.stop(now + tone.atS + tone.lastsS + 0.02);
    }
  };

  return {
    say(text, locale, choice, tone) {
      if (choice === 'silent') return;
      if (choice === 'voice' && typeof speechSynthesis !== 'undefined') {
        // Only a voice that lives on this device: nothing that is said may leave it.
        const voices = speechSynthesis.getVoices().filter((voice) => voice.localService);
        const voice = voices.find((candidate) => candidate.lang.startsWith(locale));
        if (voice !== undefined) {
          speechSynthesis.cancel();
          const utterance = new SpeechSynthesisUtterance(text);
          utterance.voice = voice;
          utterance.lang = voice.lang;
          speechSynthesis.speak(utterance);
          return;
        }
      }
      if (tone !== null) play(tone);
    },
  };
}
