import { useLingui } from '@lingui/react/macro';
import { LOCALES, usePreferences, type Locale } from '../stores/preferences-store.ts';

/** Each language in its own words. */
export const LANGUAGE_NAMES: Record<Locale, string> = { en: 'English', pt: 'Português' };

export function LanguageChoice() {
  const { t } = useLingui();
  const locale = usePreferences((preferences) => preferences.locale);
  const change = usePreferences((preferences) => preferences.change);
  return (
    <select
      className="language"
      aria-label={t`Language`}
      value={locale}
      onChange={(event) => {
        const chosen = LOCALES.find((candidate) => candidate === event.target.value);
        if (chosen !== undefined) change({ locale: chosen });
      }}
    >
      {LOCALES.map((candidate) => (
        <option key={candidate} value={candidate} lang={candidate}>
          {LANGUAGE_NAMES[candidate]}
        </option>
      ))}
    </select>
  );
}
