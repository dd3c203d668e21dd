import { setupI18n, type I18n } from '@lingui/core';
import { useEffect, useState } from 'react';
import type { Locale } from '../stores/preferences-store.ts';

/** Words of a page in a language of its own, whatever the app speaks; null while they are fetched. */
export function useReportLanguage(locale: Locale): I18n | null {
  const [ready, setReady] = useState<I18n | null>(null);
  useEffect(() => {
    let over = false;
    const show = (messages: Parameters<I18n['load']>[1]): void => {
      if (!over) setReady(setupI18n({ locale, messages: { [locale]: messages } }));
    };
    if (locale === 'en') show({});
    else
      import('../text/locales/pt.po').then(
        ({ messages }) => show(messages),
        // Without its catalogue a page is still worth reading, in the language of the sources.
        () => show({}),
      );
    return () => {
      over = true;
    };
  }, [locale]);
  return ready;
}
