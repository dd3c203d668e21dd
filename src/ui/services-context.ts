import { createContext, useContext } from 'react';
import type { ThoraServices } from './services.ts';
import type { SessionStore } from './stores/session-store.ts';
import type { Speaker } from './voice/speaker.ts';

/** What the root gives to the screens. */
export interface Room {
  readonly services: ThoraServices;
  readonly session: SessionStore;
  readonly speaker: Speaker;
}

const RoomContext = createContext<Room | null>(null);

export const RoomProvider = RoomContext.Provider;

export function useRoom(): Room {
  const room = useContext(RoomContext);
  if (room === null) throw new Error('A screen was drawn outside of the app.');
  return room;
}
