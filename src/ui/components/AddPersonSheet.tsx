import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useRoom } from '../services-context.ts';
import type { Person } from '../services.ts';
import { storageProblemWords } from '../text/storage-text.ts';
import { NameField } from './NameField.tsx';
import { ProblemNotice } from './Notice.tsx';
import { Sheet } from './Sheet.tsx';

/** Adds somebody; whoever was alone until now, and so has no name yet, gets one first. */
export function AddPersonSheet({
  unnamed,
  onClose,
}: {
  readonly unnamed: Person | null;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const { services } = useRoom();
  const [mine, setMine] = useState('');
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const add = async () => {
    if (unnamed !== null) await services.people.rename(unnamed.personId, mine.trim());
    await services.people.add(name.trim());
  };
  return (
    <Sheet title={t`Add a person`} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          setBusy(true);
          add()
            .then(onClose, setProblem)
            .finally(() => setBusy(false));
        }}
      >
        <p className="muted">
          <Trans>Each person has their own sessions. A first name is enough; it stays on this device.</Trans>
        </p>
        {unnamed !== null && <NameField label={t`Your own name`} value={mine} onChange={setMine} />}
        <NameField
          label={unnamed === null ? t`Your name` : t`The other person's name`}
          value={name}
          onChange={setName}
        />
        {problem !== null && <ProblemNotice words={storageProblemWords(problem)} detail={String(problem)} />}
        <div className="session-actions">
          <button type="submit" className="button button-primary button-wide" disabled={busy}>
            <Trans>Add and go there</Trans>
          </button>
        </div>
      </form>
    </Sheet>
  );
}
