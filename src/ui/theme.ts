import { useSyncExternalStore } from 'react';
import { usePreferences, type ThemeChoice } from './stores/preferences-store.ts';

export type Theme = 'light' | 'dark';

function matches(query: string): boolean {
  return typeof matchMedia === 'function' && matchMedia(query).matches;
}

function subscribe(query: string, onChange: () => void): () => void {
  const list = matchMedia(query);
  list.addEventListener('change', onChange);
  return () => list.removeEventListener('change', onChange);
}

const DARK = '(prefers-color-scheme: dark)';
const REDUCED = '(prefers-reduced-motion: reduce)';
const subscribeDark = (onChange: () => void) => subscribe(DARK, onChange);
const subscribeReduced = (onChange: () => void) => subscribe(REDUCED, onChange);

function resolve(choice: ThemeChoice, systemIsDark: boolean): Theme {
  if (choice === 'system') return systemIsDark ? 'dark' : 'light';
  return choice;
}

export function useTheme(): Theme {
  const choice = usePreferences((preferences) => preferences.theme);
  const dark = useSyncExternalStore(subscribeDark, () => matches(DARK));
  return resolve(choice, dark);
}

export function useReducedMotion(): boolean {
  return useSyncExternalStore(subscribeReduced, () => matches(REDUCED));
}

/** Before the first paint, so that a dark room is not lit up for a moment. */
export function applyThemeNow(): void {
  document.documentElement.dataset['theme'] = resolve(usePreferences.getState().theme, matches(DARK));
}
