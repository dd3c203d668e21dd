import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { checkedKit } from '../../checked-kit.ts';
import { referrerReport } from '../../../core/report/referrer-report.ts';
import { JournalGate, type ReadyJournal } from '../../components/JournalGate.tsx';
import { PatientShell } from '../../components/PatientShell.tsx';
import { usePassports } from '../../hooks/use-passports.ts';
import { usePeople } from '../../hooks/use-people.ts';
import { ReportFrame } from './ReportFrame.tsx';

/** The person's own page, to take along to a doctor or to send on. */
export function OwnReportPage() {
  return (
    <PatientShell>
      <main className="page report-page" id="main">
        <JournalGate>{(journal) => <OwnReport journal={journal} />}</JournalGate>
      </main>
    </PatientShell>
  );
}

function OwnReport({ journal: { entries, moment } }: { readonly journal: ReadyJournal }) {
  const { t } = useLingui();
  const who = usePeople();
  const { state: kits } = usePassports();
  const name = who.kind === 'ready' ? who.person.name : '';
  // A kit that cannot be read is said to be unchecked, not waited for.
  const passport = kits.kind === 'ready' ? (kits.passports[0] ?? null) : null;
  const report = useMemo(
    () => referrerReport(entries, moment, { name, kit: checkedKit(passport, moment.utcMs) }),
    [entries, moment, name, passport],
  );
  if (kits.kind === 'waiting') return null;
  return (
    <ReportFrame
      report={report}
      back="/progress"
      backLabel={t`Back to progress`}
      noteLabel={t`What you want to say or ask`}
      isSigned={false}
    />
  );
}
