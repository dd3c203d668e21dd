import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { BackLink } from '../../components/BackLink.tsx';
import { ClinicianShell } from '../../components/PatientShell.tsx';
import type { BenchSession } from '../../stores/bench-session.ts';
import { BenchSetup } from './BenchSetup.tsx';
import { BenchSteps } from './BenchSteps.tsx';
import '../../styles/kits.css';

export interface BenchCheck {
  readonly session: BenchSession;
  readonly kitName: string;
  readonly checkedBy: string;
}

/** The bench check of one kit, from connecting it to its passport. */
export function BenchScreen() {
  const { t } = useLingui();
  const [check, setCheck] = useState<BenchCheck | null>(null);
  useEffect(() => () => check?.session.dispose(), [check]);
  return (
    <ClinicianShell>
      <main className="page" id="main">
        <header className="row">
          <BackLink href="/patients/kits" label={t`Back to the kits`} />
          <h1>{check === null ? <Trans>Check a kit</Trans> : check.kitName}</h1>
        </header>
        {check === null ? <BenchSetup onReady={setCheck} /> : <BenchSteps check={check} />}
      </main>
    </ClinicianShell>
  );
}
