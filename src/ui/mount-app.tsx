import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/components.css';
import './styles/screens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { watchOpening } from './app-opened.ts';
import { createRoom } from './create-room.ts';
import { activateLocale } from './locale.ts';
import type { ThoraServices } from './services.ts';
import { usePreferences } from './stores/preferences-store.ts';
import { watchForLinks } from './take-link.ts';
import { applyThemeNow } from './theme.ts';

export async function mountApp(place: HTMLElement, services: ThoraServices): Promise<void> {
  watchForLinks();
  watchOpening();
  applyThemeNow();
  await activateLocale(usePreferences.getState().locale).catch(() => activateLocale('en'));
  createRoot(place).render(
    <StrictMode>
      <App room={createRoom(services)} />
    </StrictMode>,
  );
}
