import type { Room } from './services-context.ts';
import type { ThoraServices } from './services.ts';
import { leaveWithOwner } from './session-owner.ts';
import { createSessionStore } from './stores/session-store.ts';
import type { Speaker } from './voice/speaker.ts';

export function createRoom(services: ThoraServices): Room {
  const speaker = lazySpeaker();
  const session = createSessionStore(services, speaker);
  leaveWithOwner(session, services.people);
  return { services, session, speaker };
}

/** Sound is wanted in a session, not for the first page: it is fetched when it is first asked for. */
function lazySpeaker(): Speaker {
  let real: Speaker | null = null;
  let coming: Promise<Speaker> | null = null;
  const load = () =>
    (coming ??= import('./voice/speaker.ts').then(({ createSpeaker }) => (real = createSpeaker())));
  return {
    // One after the other, also what comes while it is fetched.
    say: (utterance, show) => {
      if (real !== null) real.say(utterance, show);
      // Without it a session is silent and shows all it would have said.
      else
        load().then(
          (speaker) => speaker.say(utterance, show),
          () => {
            coming = null;
            show(utterance);
          },
        );
    },
    follow: (share) => real?.follow(share),
    hush: () => real?.hush(),
    beat: () => real?.beat(),
  };
}
