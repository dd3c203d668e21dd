import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useMemo } from 'react';
import { useParams } from 'wouter';
import { referrerReport } from '../../../core/report/referrer-report.ts';
import type { ClinicDesk, ClinicPatient } from '../../clinic-ports.ts';
import { ClinicianShell } from '../../components/PatientShell.tsx';
import { FailedToRead } from '../../components/Waiting.tsx';
import { useClinicDesk } from '../../hooks/use-clinic-desk.ts';
import { useRoom } from '../../services-context.ts';
import { ReportFrame, checkedKit } from './ReportFrame.tsx';

/** What a clinic sends to who referred a patient, from the patient's last file. */
export function ClinicReportPage() {
  const { id } = useParams<{ id: string }>();
  const { state, reload } = useClinicDesk(useCallback((desk: ClinicDesk) => desk.read(id), [id]));
  return (
    <ClinicianShell>
      <main className="page report-page" id="main">
        {state.kind === 'failed' && <FailedToRead error={state.error} onRetry={() => void reload()} />}
        {state.kind === 'ready' &&
          (state.value === null ? (
            <p className="muted">
              <Trans>This patient is not on this device.</Trans>
            </p>
          ) : (
            <PatientReport patient={state.value} />
          ))}
      </main>
    </ClinicianShell>
  );
}

function PatientReport({ patient: { patientId, name, content } }: { readonly patient: ClinicPatient }) {
  const { t } = useLingui();
  const { journal } = useRoom().services;
  const report = useMemo(() => {
    const moment = journal.now();
    const kit = checkedKit(content.passports[0] ?? null, moment.utcMs);
    return referrerReport(content.journal, moment, { name, kit });
  }, [journal, content, name]);
  return (
    <ReportFrame
      report={report}
      back={`/patients/one/${patientId}`}
      backLabel={t`Back to the patient`}
      noteLabel={t`What you recommend`}
      isSigned
    />
  );
}
