import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import * as z from 'zod/mini';
import { type LinkedFile, LinkError } from '../../core/recording/link-file.ts';
import { ProblemNotice } from '../components/Notice.tsx';
import { DoorShell } from '../components/PatientShell.tsx';
import { peekLinkedFile } from '../linked-file.ts';
import { usePreferences } from '../stores/preferences-store.ts';
import { forgetLink } from '../take-link.ts';
import { linkErrorWords } from '../text/clinic-text.ts';
import { unknownProblemWords } from '../text/problem-text.ts';

/** A link brought a file: what it is, and the page that takes it as if it had been chosen there. */
export function TakeScreen() {
  const { t } = useLingui();
  const [, go] = useLocation();
  const door = usePreferences((preferences) => preferences.door);
  const [{ linked, error }, setFound] = useState(read);
  useEffect(() => {
    // Another link may come while this page stands.
    const again = (): void => setFound(read());
    window.addEventListener('hashchange', again);
    return () => window.removeEventListener('hashchange', again);
  }, []);
  const words = error instanceof LinkError ? linkErrorWords(error.code) : unknownProblemWords();
  return (
    <DoorShell>
      <main className="page page-narrow" id="main">
        <h1>
          <Trans>A link with a file</Trans>
        </h1>
        {error !== null && <ProblemNotice words={words} detail={String(error)} />}
        {error === null && linked === null && (
          <p className="muted">
            <Trans>No file waits here. Open the link again.</Trans>
          </p>
        )}
        {linked !== null && (
          <section className="card card-lifted stack">
            <p>
              {linked.kind === 'card' && isOfPatient(linked) && (
                <Trans>A patient's card for your clinic.</Trans>
              )}
              {linked.kind === 'card' && !isOfPatient(linked) && <Trans>The card of a clinic for you.</Trans>}
              {linked.kind === 'handOver' && <Trans>A file of your clinic for you.</Trans>}
              {linked.kind === 'passport' && <Trans>The passport of a kit.</Trans>}
            </p>
            <p className="small">
              <Trans>
                It came within the link and was sent to nobody. It is checked before anything is kept.
              </Trans>
            </p>
            <button
              type="button"
              className="button button-primary"
              onClick={() => go(pageFor(linked, door === 'patients'))}
            >
              <Trans>Look at it</Trans>
            </button>
            <button
              type="button"
              className="button button-quiet"
              onClick={() => {
                forgetLink();
                setFound({ linked: null, error: null });
              }}
            >
              <Trans>Leave it</Trans>
            </button>
          </section>
        )}
        <button type="button" className="button button-quiet button-small" onClick={() => go('/')}>
          {t`To the first page`}
        </button>
      </main>
    </DoorShell>
  );
}

function read(): { readonly linked: LinkedFile | null; readonly error: unknown } {
  try {
    return { linked: peekLinkedFile(), error: null };
  } catch (error) {
    // It will be no better the next time.
    forgetLink();
    return { linked: null, error };
  }
}

const cardHead = z.object({ patientId: z.string(), card: z.object({ role: z.string() }) });

function headOf({ bytes }: LinkedFile) {
  return cardHead.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data ?? null;
}

function isOfPatient(linked: LinkedFile): boolean {
  return headOf(linked)?.card.role === 'patient';
}

function pageFor(linked: LinkedFile, isClinic: boolean): string {
  if (linked.kind === 'passport') return isClinic ? '/patients/kits' : '/settings/kit';
  if (linked.kind === 'card' && isOfPatient(linked))
    return `/patients/one/${encodeURIComponent(headOf(linked)?.patientId ?? '')}`;
  return '/settings/clinic';
}
