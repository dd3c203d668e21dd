import { I18nProvider } from '@lingui/react';
import { Trans, useLingui } from '@lingui/react/macro';
import Printer from 'lucide-react/icons/printer';
import { useState } from 'react';
import type { ReferrerReport } from '../../../core/report/referrer-report.ts';
import { BackLink } from '../../components/BackLink.tsx';
import { LANGUAGE_NAMES } from '../../components/LanguageChoice.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { useReportLanguage } from '../../hooks/use-report-language.ts';
import { LOCALES, usePreferences, type Locale } from '../../stores/preferences-store.ts';
import { ReportPaper } from './ReportPaper.tsx';
import '../../styles/report.css';

/** What the page has room for beside everything else. */
const LONGEST_NOTE = 200;

/** The page as it will be printed, with what is to be said before it is. */
export function ReportFrame({
  report,
  back,
  backLabel,
  noteLabel,
  isSigned,
}: {
  readonly report: ReferrerReport;
  readonly back: string;
  readonly backLabel: string;
  /** What may be written by hand on the page. */
  readonly noteLabel: string;
  /** With a line for a clinician's name. */
  readonly isSigned: boolean;
}) {
  const { t } = useLingui();
  const spoken = usePreferences(({ locale }) => locale);
  const [locale, setLocale] = useState<Locale>(spoken);
  const [note, setNote] = useState('');
  const language = useReportLanguage(locale);
  return (
    <>
      <div className="report-controls stack">
        <div className="row">
          <BackLink href={back} label={backLabel} />
          <p className="report-title">
            <Trans>Report on one page</Trans>
          </p>
        </div>
        <p className="muted">
          <Trans>It is made on this device and goes nowhere by itself. You choose who reads it.</Trans>
        </p>
        <div className="stack report-language">
          <span className="small">
            <Trans>The reader's language</Trans>
          </span>
          <Segmented
            label={t`The reader's language`}
            value={locale}
            choices={LOCALES.map((value) => ({
              value,
              label: <span lang={value}>{LANGUAGE_NAMES[value]}</span>,
            }))}
            onChange={setLocale}
          />
        </div>
        <label className="field">
          <span className="small">
            {noteLabel} (<Trans>it is printed, and not kept</Trans>)
          </span>
          <textarea
            rows={2}
            maxLength={LONGEST_NOTE}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
        </label>
        <button type="button" className="button button-primary" onClick={() => print()}>
          <Printer size={20} strokeWidth={1.75} aria-hidden="true" />
          <Trans>Print or save as PDF</Trans>
        </button>
      </div>
      {language !== null && (
        <I18nProvider i18n={language}>
          <ReportPaper report={report} note={note.replaceAll(/\s+/gu, ' ').trim()} isSigned={isSigned} />
        </I18nProvider>
      )}
    </>
  );
}
