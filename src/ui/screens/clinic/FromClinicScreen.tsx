import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useEffect, useState } from 'react';
import { followedPlan } from '../../../core/care/clinic/followed-plan.ts';
import { entriesOf } from '../../../core/care/care-journal.ts';
import { BackLink } from '../../components/BackLink.tsx';
import { ClinicThread } from '../../components/ClinicThread.tsx';
import { FileButton } from '../../components/FileButton.tsx';
import { HandOverProblem } from '../../components/HandOverProblem.tsx';
import { JournalGate, type ReadyJournal } from '../../components/JournalGate.tsx';
import { Notice } from '../../components/Notice.tsx';
import { PairCode } from '../../components/PairCode.tsx';
import { DoorShell } from '../../components/PatientShell.tsx';
import { QrLink } from '../../components/QrLink.tsx';
import { takeLinkedFile } from '../../linked-file.ts';
import { PlanDifferences } from '../../components/PlanDifferences.tsx';
import type { ClinicLink, ClinicLinkView, FromClinic } from '../../clinic-ports.ts';
import { useRoom } from '../../services-context.ts';
import { libraryWords } from '../../text/exercise-library-text.ts';
import { FromClinicLog, StopFollowing, WornSensors } from './FollowedPlan.tsx';
import { PatientServer } from './PatientServer.tsx';
import '../../styles/clinic.css';

/** What the person's clinic sent, and what goes back: all by files. */
export function FromClinicScreen() {
  const { t } = useLingui();
  return (
    <DoorShell>
      <main className="page page-middle" id="main">
        <header className="row">
          <BackLink href="/settings" label={t`Back to Me`} />
          <h1>
            <Trans>From your clinic</Trans>
          </h1>
        </header>
        <JournalGate>{(journal) => <Linked journal={journal} />}</JournalGate>
      </main>
    </DoorShell>
  );
}

function Linked({ journal }: { readonly journal: ReadyJournal }) {
  const { t } = useLingui();
  const { services } = useRoom();
  const [link, setLink] = useState<ClinicLink | null>(null);
  const [view, setView] = useState<ClinicLinkView | null>(null);
  const [opened, setOpened] = useState<FromClinic | null>(null);
  const [isDone, setDone] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const look = useCallback(async () => {
    const loaded = await services.loadClinicLink();
    setView(await loaded.look());
    setLink(loaded);
  }, [services]);
  useEffect(() => {
    const start = async (): Promise<void> => {
      await look();
      const file = takeLinkedFile('card', 'handOver');
      if (file !== null) setOpened(await (await services.loadClinicLink()).openFile(file));
    };
    start().catch(setProblem);
  }, [look, services]);
  if (link === null) return problem === null ? null : <HandOverProblem error={problem} />;
  const run = (work: () => Promise<void>): void => {
    setProblem(null);
    work().catch(setProblem).then(look).catch(setProblem);
  };
  const messages = entriesOf(journal.entries, 'clinicMessage').map(({ event }) => event);
  const taken = followedPlan(journal.entries);
  return (
    <>
      <p className="muted">
        <Trans>
          Your clinic can give you a plan as a file, or by its server. Nothing is sent by itself, either way.
        </Trans>
      </p>
      <FileButton
        label={t`Open a file of your clinic`}
        onFile={(file) => {
          setOpened(null);
          setDone(false);
          run(async () => setOpened(await link.openFile(file)));
        }}
      />
      {problem !== null && <HandOverProblem error={problem} />}
      {opened !== null && (
        <Opened
          opened={opened}
          onAccept={() =>
            run(async () => {
              await link.accept();
              setOpened(null);
              setDone(opened.kind === 'handOver');
            })
          }
        />
      )}
      {isDone && (
        <p className="good" role="status">
          <Trans>Taken in. Today and your plan go by it.</Trans>
        </p>
      )}
      {view !== null && !view.isConfirmed && (
        <>
          <section className="card stack">
            <h2>
              <Trans>Give your card to {view.clinicName}</Trans>
            </h2>
            <button
              type="button"
              className="button button-second button-small"
              onClick={() => run(() => link.saveCard())}
            >
              <Trans>Save your card</Trans>
            </button>
            <p className="small">
              <Trans>If you use your clinic's server, the exchange takes it there.</Trans>
            </p>
            <QrLink what={t`Your card for ${view.clinicName}`} read={() => link.cardFile()} />
          </section>
          <PairCode code={view.code} onSame={() => run(() => link.confirmCode(view.code))} />
        </>
      )}
      {view?.isConfirmed === true && (
        <>
          {taken !== null && (
            <section className="card stack">
              <h2>
                <Trans>Your plan from {taken.clinicName}</Trans>
              </h2>
              <p>
                <Trans>
                  Version {taken.plan.version}, signed by {taken.plan.author}.
                </Trans>
              </p>
              {taken.plan.note !== '' && <p>{taken.plan.note}</p>}
              <WornSensors plan={taken.plan} />
              <StopFollowing clinicName={taken.clinicName} onStop={() => run(() => link.stopFollowing())} />
            </section>
          )}
          <section className="card stack">
            <h2>
              <Trans>Show your clinic how it goes</Trans>
            </h2>
            <p>
              <Trans>
                The file holds your answers, your sessions and your messages. Only {view.clinicName} can open
                it.
              </Trans>
            </p>
            <button
              type="button"
              className="button button-primary button-small"
              onClick={() => run(() => link.saveResults())}
            >
              <Trans>Save the file for your clinic</Trans>
            </button>
          </section>
          <FromClinicLog journal={journal} />
          <ClinicThread messages={messages} me="patient" onWrite={(text) => link.write(text)} />
        </>
      )}
      <PatientServer
        onOpened={(now) => {
          setOpened(now);
          setDone(false);
          run(async () => undefined);
        }}
      />
    </>
  );
}

function Opened({ opened, onAccept }: { readonly opened: FromClinic; readonly onAccept: () => void }) {
  const { t } = useLingui();
  const { clinicName } = opened;
  if (opened.kind === 'invitation')
    return (
      <section className="card card-lifted stack">
        <h2>
          <Trans>{clinicName} wants to look after you</Trans>
        </h2>
        <p>
          <Trans>This card is for {opened.patientName}. Is that you?</Trans>
        </p>
        <button type="button" className="button button-primary button-small" onClick={onAccept}>
          <Trans>Yes, pair with this clinic</Trans>
        </button>
      </section>
    );
  const { plan, before, newMessageCount, clockAheadMs } = opened;
  return (
    <section className="card card-lifted stack">
      <h2>
        <Trans>From {clinicName}</Trans>
      </h2>
      {clockAheadMs > 0 && (
        <Notice tone="warn">
          <p>
            <Trans>The clock of this device is behind that of your clinic. Please set it.</Trans>
          </p>
        </Notice>
      )}
      {plan !== null && (
        <>
          <h3>
            <Trans>
              A plan for {plan.patientName}, version {plan.version}, signed by {plan.author}
            </Trans>
          </h3>
          {before === null ? (
            <ul className="clinic-differences">
              {plan.exercises.map(({ exerciseId }) => (
                <li key={exerciseId}>{t(libraryWords(exerciseId).title)}</li>
              ))}
            </ul>
          ) : (
            <PlanDifferences before={before} after={plan} />
          )}
          {plan.note !== '' && <p>{plan.note}</p>}
        </>
      )}
      {newMessageCount > 0 && (
        <p className="small">
          <Trans>New messages: {newMessageCount}</Trans>
        </p>
      )}
      <button type="button" className="button button-primary button-small" onClick={onAccept}>
        {plan === null ? <Trans>Take it in</Trans> : <Trans>Follow this plan</Trans>}
      </button>
    </section>
  );
}
