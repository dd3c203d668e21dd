import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { useParams } from 'wouter';
import { checkedKit } from '../../checked-kit.ts';
import { referrerReport } from '../../../core/report/referrer-report.ts';
import type { ClinicPatient } from '../../clinic-ports.ts';
import { PatientGate } from '../../components/PatientGate.tsx';
import { useRoom } from '../../services-context.ts';
import { ReportFrame } from './ReportFrame.tsx';

/** What a clinic sends to who referred a patient, from the patient's last file. */
export function ClinicReportPage() {
  const { id } = useParams<{ id: string }>();
  return (
    <PatientGate patientId={id} className="page report-page">
      {({ patient }) => <PatientReport patient={patient} />}
    </PatientGate>
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
