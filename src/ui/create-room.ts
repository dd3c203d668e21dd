import { i18n } from '@lingui/core';
import type { Room } from './services-context.ts';
import type { ThoraServices } from './services.ts';
import { createSpeaker, type ToneName } from './speaker.ts';
import { usePreferences } from './stores/preferences-store.ts';
import type { Utterance } from './stores/session-flow-state.ts';
import { createSessionStore } from './stores/session-store.ts';
import { utteranceWords } from './text/speech-text.ts';

const TONE: Record<Utterance['what'], ToneName | null> = {
  stillDone: 'end',
  thatIsYourBack: null,
  raiseArm: null,
  checkDone: 'end',
  setStarts: 'start',
  setEnds: 'end',
  count: 'counted',
  notCounted: 'notCounted',
  signalLost: 'notCounted',
  startSought: null,
};

export function createRoom(services: ThoraServices): Room {
  const speaker = createSpeaker();
  const session = createSessionStore(services, (utterance) => {
    const { sound, locale } = usePreferences.getState();
    speaker.say(i18n._(utteranceWords(utterance)), locale, sound, TONE[utterance.what]);
  });
  return { services, session, speaker };
}
