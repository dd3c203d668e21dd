import { I18nProvider } from '@lingui/react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import Download from 'lucide-react/icons/download';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useParams } from 'wouter';
import { HandOverProblem } from '../../components/HandOverProblem.tsx';
import { LANGUAGE_NAMES } from '../../components/LanguageChoice.tsx';
import { type AtDesk, PatientGate } from '../../components/PatientGate.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { useDraft } from '../../hooks/use-draft.ts';
import { useReportLanguage } from '../../hooks/use-report-language.ts';
import { leaveBehindDocument } from '../../leave-behind-document.ts';
import { reviewOfPatient } from '../../review-of-patient.ts';
import { LOCALES, usePreferences, type Locale } from '../../stores/preferences-store.ts';
import { LeaveBehindPaper } from './LeaveBehindPaper.tsx';
import '../../styles/clinic.css';
import '../../styles/leave-behind.css';

const LONGEST_CONTACT = 300;
/** The clinic's, not a patient's: the next page begins with it. */
const OF_CLINIC = 'clinic';

/** What a patient takes home: shown as it will be, then saved with the record. */
export function LeaveBehindPage() {
  const { t } = useLingui();
  const { id } = useParams<{ id: string }>();
  return (
    <PatientGate
      patientId={id}
      className="page page-middle"
      back={{ href: `/patients/one/${id}`, label: t`Back to the patient` }}
      title={t`Leave-behind`}
    >
      {(at) => <LeaveBehind {...at} />}
    </PatientGate>
  );
}

function LeaveBehind({ patient, desk }: AtDesk) {
  const { t } = useLingui();
  const spoken = usePreferences(({ locale }) => locale);
  const [locale, setLocale] = useState<Locale>(spoken);
  const [clinicName, setClinicName] = useState('');
  const [contact, setContact] = useState('');
  const [saved, setSaved] = useState<{ readonly skippedRecordings: number } | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const paper = useRef<HTMLElement>(null);
  const draft = useDraft(desk, OF_CLINIC, 'contact');
  const { read } = draft;
  useEffect(() => {
    desk.name().then((name) => setClinicName(name ?? ''), setProblem);
    read().then((kept) => setContact((now) => (now === '' ? (kept ?? '') : now)), setProblem);
  }, [desk, read]);
  const language = useReportLanguage(locale);
  const review = useMemo(() => reviewOfPatient(patient, desk), [patient, desk]);
  const save = (): void => {
    const body = paper.current?.innerHTML;
    if (body === undefined) return;
    setProblem(null);
    setSaved(null);
    const title = `${clinicName}: ${patient.name}`;
    desk
      .saveLeaveBehind(patient.patientId, leaveBehindDocument({ locale, title, body }))
      .then(setSaved, setProblem);
  };
  return (
    <>
      <p className="muted">
        <Trans>
          One file to keep: this page, which opens and prints without Thora, the record for other systems
          (FHIR), and the recordings for research (OpenSim). It is made on this device and goes nowhere by
          itself.
        </Trans>
      </p>
      <div className="stack">
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
          <Trans>How to reach you: telephone, hours, address</Trans>
        </span>
        <textarea
          rows={3}
          maxLength={LONGEST_CONTACT}
          value={contact}
          onChange={({ target }) => {
            setContact(target.value);
            draft.keep(target.value);
          }}
        />
      </label>
      {problem !== null && <HandOverProblem error={problem} />}
      <button type="button" className="button button-primary" disabled={language === null} onClick={save}>
        <Download size={20} strokeWidth={1.75} aria-hidden="true" />
        <Trans>Save it for the patient</Trans>
      </button>
      {saved !== null && (
        <div role="status" className="good">
          <p>
            <Trans>
              Saved with your downloads. Give it to the patient as it is: nothing in it is locked.
            </Trans>
          </p>
          {saved.skippedRecordings > 0 && (
            <p className="warn">
              <Plural
                value={saved.skippedRecordings}
                one="# recording could not be written for OpenSim and is not in it."
                other="# recordings could not be written for OpenSim and are not in it."
              />
            </p>
          )}
        </div>
      )}
      {language !== null && (
        <I18nProvider i18n={language}>
          <article className="leave-behind" lang={locale} ref={paper} aria-label={t`The page as it is saved`}>
            <LeaveBehindPaper
              patient={patient}
              review={review}
              clinicName={clinicName}
              contact={contact.trim()}
              today={desk.today()}
            />
          </article>
        </I18nProvider>
      )}
    </>
  );
}
