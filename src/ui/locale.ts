import { i18n } from '@lingui/core';
import type { Locale } from './stores/preferences-store.ts';

// English stands in the sources and needs no catalogue.
i18n.load('en', {});

/** Switches every text; other languages than English are fetched when first chosen. */
export async function activateLocale(locale: Locale): Promise<void> {
  if (locale === 'pt') {
    const { messages } = await import('./text/locales/pt.po');
    i18n.load('pt', messages);
  }
  i18n.activate(locale);
  document.documentElement.lang = locale;
}
