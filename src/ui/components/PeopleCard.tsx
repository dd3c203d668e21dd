import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useRoom } from '../services-context.ts';
import type { Person } from '../services.ts';
import { storageProblemWords } from '../text/storage-text.ts';
import { AddPersonSheet } from './AddPersonSheet.tsx';
import { NameField } from './NameField.tsx';
import { ProblemNotice } from './Notice.tsx';
import { Sheet } from './Sheet.tsx';

/** Who uses this device. Whoever is alone sees one sentence and one button. */
export function PeopleCard({
  person,
  people,
}: {
  readonly person: Person;
  readonly people: readonly Person[];
}) {
  const { services } = useRoom();
  const [open, setOpen] = useState<'add' | 'rename' | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const isAlone = people.length < 2;
  return (
    <section className="card stack">
      <h2>
        <Trans>Who uses Thora here</Trans>
      </h2>
      <p>
        {isAlone ? (
          <Trans>Only you, on this device.</Trans>
        ) : (
          <Trans>
            You are <b dir="auto">{person.name}</b>. {people.length} people use Thora on this device, each
            with their own sessions.
          </Trans>
        )}
      </p>
      {problem !== null && <ProblemNotice words={storageProblemWords(problem)} detail={String(problem)} />}
      <div className="row wrap">
        {!isAlone && (
          <button
            type="button"
            className="button button-primary button-small"
            onClick={() => void services.people.leave().catch(setProblem)}
          >
            <Trans>I am somebody else</Trans>
          </button>
        )}
        <button type="button" className="button button-second button-small" onClick={() => setOpen('add')}>
          <Trans>Add a person</Trans>
        </button>
        {person.name !== '' && (
          <button
            type="button"
            className="button button-quiet button-small"
            onClick={() => setOpen('rename')}
          >
            <Trans>Change my name</Trans>
          </button>
        )}
      </div>
      {open === 'add' && (
        <AddPersonSheet unnamed={person.name === '' ? person : null} onClose={() => setOpen(null)} />
      )}
      {open === 'rename' && <RenameSheet person={person} onClose={() => setOpen(null)} />}
    </section>
  );
}

function RenameSheet({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const { t } = useLingui();
  const { services } = useRoom();
  const [name, setName] = useState(person.name);
  const [problem, setProblem] = useState<unknown>(null);
  return (
    <Sheet title={t`Change my name`} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          services.people.rename(person.personId, name.trim()).then(onClose, setProblem);
        }}
      >
        <NameField label={t`Your name`} value={name} onChange={setName} />
        {problem !== null && <ProblemNotice words={storageProblemWords(problem)} detail={String(problem)} />}
        <div className="session-actions">
          <button type="submit" className="button button-primary button-wide">
            <Trans>Save the name</Trans>
          </button>
        </div>
      </form>
    </Sheet>
  );
}
