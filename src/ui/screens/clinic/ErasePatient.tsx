import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { ProblemNotice } from '../../components/Notice.tsx';
import type { AtDesk } from '../../components/PatientGate.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import { storageProblemWords } from '../../text/storage-text.ts';

/** Takes a patient off this device; what the patient has stays theirs. */
export function ErasePatient({ patient: { patientId, name }, desk }: Pick<AtDesk, 'patient' | 'desk'>) {
  const { t } = useLingui();
  const [, go] = useLocation();
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  return (
    <>
      <button type="button" className="button button-quiet button-small" onClick={() => setOpen(true)}>
        <Trans>Erase this patient from this device</Trans>
      </button>
      {isOpen && (
        <Sheet title={t`Erase ${name}?`} onClose={() => setOpen(false)}>
          <p>
            <Trans>
              Plans, messages, notes and results of this patient are removed from this device, for good. What
              the patient has on their own device stays. The log keeps that you did this.
            </Trans>
          </p>
          {problem !== null && (
            <ProblemNotice words={storageProblemWords(problem)} detail={String(problem)} />
          )}
          <div className="session-actions">
            <button
              type="button"
              className="button button-primary button-wide"
              onClick={() => setOpen(false)}
            >
              <Trans>Keep the patient</Trans>
            </button>
            <button
              type="button"
              className="button button-stop button-wide"
              onClick={() => void desk.erase(patientId).then(() => go('/patients'), setProblem)}
            >
              <Trans>Erase for good</Trans>
            </button>
          </div>
        </Sheet>
      )}
    </>
  );
}
