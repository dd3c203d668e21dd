import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { AUDIT_DEEDS, type AuditEntry, type BrokenLink } from '../../../core/recording/audit-chain.ts';
import type { ClinicDesk } from '../../clinic-ports.ts';
import { BackLink } from '../../components/BackLink.tsx';
import { Notice } from '../../components/Notice.tsx';
import { ClinicianShell } from '../../components/PatientShell.tsx';
import { FailedToRead } from '../../components/Waiting.tsx';
import { useClinicDesk } from '../../hooks/use-clinic-desk.ts';
import { deedWords } from '../../text/audit-text.ts';
import '../../styles/clinic.css';

const readLog = async (desk: ClinicDesk) => ({
  ...(await desk.audit()),
  names: new Map((await desk.list()).map(({ patientId, name }) => [patientId, name])),
});

/** Who did what behind this door, and when. */
export function AuditPage() {
  const { t } = useLingui();
  const { state, reload } = useClinicDesk(readLog);
  return (
    <ClinicianShell>
      <main className="page page-middle" id="main">
        <header className="row">
          <BackLink href="/patients" label={t`Back to the patients`} />
          <h1>
            <Trans>Log of this door</Trans>
          </h1>
        </header>
        {state.kind === 'failed' && <FailedToRead error={state.error} onRetry={() => void reload()} />}
        {state.kind === 'ready' && <Log {...state.value} desk={state.desk} />}
      </main>
    </ClinicianShell>
  );
}

const SHOWN = 100;
const EVERY = '';

function Log({
  entries,
  broken,
  names,
  desk,
}: {
  readonly entries: readonly AuditEntry[];
  readonly broken: readonly BrokenLink[];
  readonly names: ReadonlyMap<string, string>;
  readonly desk: ClinicDesk;
}) {
  const { t, i18n } = useLingui();
  const [who, setWho] = useState(EVERY);
  const [deed, setDeed] = useState(EVERY);
  const [patientId, setPatientId] = useState(EVERY);
  const [shown, setShown] = useState(SHOWN);
  const time = new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'medium', timeStyle: 'short' });
  const found = entries.filter(
    (entry) =>
      (who === EVERY || entry.who === who) &&
      (deed === EVERY || entry.deed === deed) &&
      (patientId === EVERY || entry.patientId === patientId),
  );
  const brokenAt = new Set(broken.map(({ order }) => order));
  const people = [...new Set(entries.map((entry) => entry.who))].filter((one) => one !== '').sort();
  const deeds = AUDIT_DEEDS.filter((one) => entries.some((entry) => entry.deed === one));
  const patients = [...new Set(entries.map((entry) => entry.patientId))].filter((id) => id !== null);
  const nameOf = (id: string): string => names.get(id) ?? t`a patient who was erased`;
  return (
    <>
      <p className="muted">
        <Trans>
          Entries are added, never changed. Each names the one before it by a check sum, so a change from
          outside shows here.
        </Trans>
      </p>
      {broken.length > 0 && (
        <Notice tone="stop" alert>
          <p>
            <b>
              <Trans>This log was changed from outside.</Trans>
            </b>
          </p>
          <ul className="clinic-differences">
            {broken.map(({ order, kind }) => (
              <li key={order}>
                {kind === 'missing'
                  ? t`Entries before number ${order + 1} are missing.`
                  : t`Number ${order + 1} is not as it was written.`}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <div className="clinic-numbers">
        <Filter label={t`Who`} value={who} every={t`Everybody`} onChange={setWho}>
          {people.map((one) => [one, one])}
        </Filter>
        <Filter label={t`What`} value={deed} every={t`Everything`} onChange={setDeed}>
          {deeds.map((one) => [one, t(deedWords(one))])}
        </Filter>
        <Filter label={t`Patient`} value={patientId} every={t`All patients`} onChange={setPatientId}>
          {patients.map((id) => [id, nameOf(id)])}
        </Filter>
      </div>
      <div className="row row-apart wrap">
        <p className="small" role="status">
          <Plural value={found.length} one="# entry" other="# entries" />
        </p>
        <button
          type="button"
          className="button button-second button-small"
          disabled={found.length === 0}
          onClick={() => void desk.exportAudit(found)}
        >
          <Trans>Save as a table (CSV)</Trans>
        </button>
      </div>
      <ol className="audit-list" reversed start={found.at(-1) === undefined ? 0 : found.length}>
        {found
          .toReversed()
          .slice(0, shown)
          .map((entry) => (
            <li key={entry.order} className="card" data-broken={brokenAt.has(entry.order) || undefined}>
              <span className="small">
                {time.format(new Date(entry.atUtc))} · {entry.order + 1}
              </span>
              <span>
                <b>{entry.who === '' ? t`No name given` : entry.who}</b>: {t(deedWords(entry.deed))}
                {entry.patientId !== null && <> ({nameOf(entry.patientId)})</>}
              </span>
              {entry.detail !== '' && <span className="small">{entry.detail}</span>}
            </li>
          ))}
      </ol>
      {found.length > shown && (
        <button
          type="button"
          className="button button-second button-small"
          onClick={() => setShown(shown + SHOWN)}
        >
          <Trans>Show earlier entries</Trans>
        </button>
      )}
    </>
  );
}

function Filter({
  label,
  value,
  every,
  onChange,
  children,
}: {
  readonly label: string;
  readonly value: string;
  /** What the choice that leaves nothing out is called. */
  readonly every: string;
  readonly onChange: (value: string) => void;
  readonly children: readonly (readonly [value: string, name: string])[];
}) {
  return (
    <label className="field">
      <span className="small">{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value={EVERY}>{every}</option>
        {children.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
