import { Trans } from '@lingui/react/macro';
import ClipboardCheck from 'lucide-react/icons/clipboard-check';
import { Link } from 'wouter';
import { PassportList } from '../../components/PassportList.tsx';
import { ClinicianShell } from '../../components/PatientShell.tsx';

/** The clinic's kits: what was checked, and the bench. */
export function KitsScreen() {
  return (
    <ClinicianShell>
      <main className="page" id="main">
        <h1>
          <Trans>Kits</Trans>
        </h1>
        <section className="card card-lifted stack">
          <h2>
            <Trans>Check a kit at the bench</Trans>
          </h2>
          <p>
            <Trans>
              Lay the units on one board and follow the steps. About 15 minutes. The check finds what each
              unit measures falsely, and corrects what can be corrected.
            </Trans>
          </p>
          <Link href="/patients/kits/bench" className="button button-primary">
            <ClipboardCheck size={22} strokeWidth={1.75} aria-hidden="true" />
            <Trans>Check a kit</Trans>
          </Link>
        </section>
        <h2>
          <Trans>Passports</Trans>
        </h2>
        <PassportList base="/patients/kits" />
      </main>
    </ClinicianShell>
  );
}
