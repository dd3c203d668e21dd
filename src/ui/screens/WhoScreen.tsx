import { Trans, useLingui } from '@lingui/react/macro';
import CircleUser from 'lucide-react/icons/circle-user';
import UserPlus from 'lucide-react/icons/user-plus';
import { useState } from 'react';
import { Brand } from '../components/Brand.tsx';
import { ProblemNotice } from '../components/Notice.tsx';
import { AddPersonSheet } from '../components/AddPersonSheet.tsx';
import { useRoom } from '../services-context.ts';
import type { Person } from '../services.ts';
import { storageProblemWords } from '../text/storage-text.ts';

/** Shown only where more than one person uses the device. */
export function WhoScreen({ people }: { readonly people: readonly Person[] }) {
  const { t } = useLingui();
  const { services } = useRoom();
  const [problem, setProblem] = useState<unknown>(null);
  const [adding, setAdding] = useState(false);
  return (
    <main className="page page-narrow" id="main">
      <Brand />
      <h1>
        <Trans>Who is it today?</Trans>
      </h1>
      {problem !== null && <ProblemNotice words={storageProblemWords(problem)} detail={String(problem)} />}
      <ul className="stack plain-list">
        {people.map(({ personId, name }) => (
          <li key={personId}>
            <button
              type="button"
              className="card person-button"
              onClick={() => void services.people.choose(personId).catch(setProblem)}
            >
              <CircleUser size={28} strokeWidth={1.75} aria-hidden="true" />
              <b dir="auto">{name === '' ? t`The first person` : name}</b>
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="button button-second" onClick={() => setAdding(true)}>
        <UserPlus size={22} strokeWidth={1.75} aria-hidden="true" />
        <Trans>Somebody new</Trans>
      </button>
      {adding && <AddPersonSheet unnamed={null} onClose={() => setAdding(false)} />}
    </main>
  );
}
