/** What the person chose for this browser: kept in localStorage, nowhere else. */
import { create } from 'zustand';

export type Door = 'exercise' | 'patients' | 'build';
export type ThemeChoice = 'system' | 'light' | 'dark';
export type SoundChoice = 'voice' | 'tones' | 'silent';
export const LOCALES = ['en', 'pt'] as const;
export type Locale = (typeof LOCALES)[number];

export interface Preferences {
  readonly door: Door | null;
  readonly theme: ThemeChoice;
  readonly sound: SoundChoice;
  /** Vibrate with the tones, on a device that can. */
  readonly vibration: boolean;
  readonly locale: Locale;
  /** With what, and worn where, the last session was begun: nobody is asked every day. */
  readonly kit: 'virtual' | 'bluetooth' | null;
  /** Position in the layouts that can be chosen. */
  readonly layout: number;
}

const KEY = 'thora-preferences';

/** Reads what was kept; anything unknown falls back, so a hand-edited store cannot stop the app. */
export function parsePreferences(text: string | null, languages: readonly string[]): Preferences {
  let kept: Record<string, unknown> = {};
  try {
    const parsed: unknown = text === null ? {} : JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) kept = parsed as Record<string, unknown>;
  } catch {
    kept = {};
  }
  const pick = <T extends string, D>(value: unknown, allowed: readonly T[], fallback: D): T | D =>
    allowed.find((choice) => choice === value) ?? fallback;
  const spoken = languages.map((language) => language.slice(0, 2).toLowerCase());
  const usual =
    spoken.map((code) => LOCALES.find((locale) => locale === code)).find((found) => found) ?? 'en';
  return {
    door: pick(kept['door'], ['exercise', 'patients', 'build'] as const, null),
    theme: pick(kept['theme'], ['system', 'light', 'dark'] as const, 'system' as const),
    sound: pick(kept['sound'], ['voice', 'tones', 'silent'] as const, 'tones' as const),
    vibration: kept['vibration'] !== false,
    locale: pick(kept['locale'], LOCALES, usual),
    kit: pick(kept['kit'], ['virtual', 'bluetooth'] as const, null),
    layout: typeof kept['layout'] === 'number' ? kept['layout'] : 0,
  };
}

interface PreferencesStore extends Preferences {
  readonly change: (part: Partial<Preferences>) => void;
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export const usePreferences = create<PreferencesStore>((set, get) => ({
  ...parsePreferences(kept(), typeof navigator === 'undefined' ? [] : navigator.languages),
  change: (part) => {
    set(part);
    const { door, theme, sound, vibration, locale, kit, layout } = get();
    try {
      localStorage.setItem(KEY, JSON.stringify({ door, theme, sound, vibration, locale, kit, layout }));
    } catch {
      // A browser that keeps nothing still works; the choice lasts until the page closes.
    }
  },
}));
