import { i18n } from '@lingui/core';
import { messages as english } from './text/locales/en.po';
import type { Locale } from './stores/preferences-store.ts';

i18n.load('en', english);

/** Switches every text; other languages than English are fetched when first chosen. */
export async function activateLocale(locale: Locale): Promise<void> {
  if (locale === 'pt') {
    const { messages } = await import('./text/locales/pt.po');
    i18n.load('pt', messages);
  }
  i18n.activate(locale);
  document.documentElement.lang = locale;
}
