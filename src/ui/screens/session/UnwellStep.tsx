import { Trans, useLingui } from '@lingui/react/macro';
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import type { CareEvent } from '../../../core/care/care-journal.ts';
import type { SafetyAnswers } from '../../../core/care/safety/safety-event.ts';
import { STILL_UNWELL, symptomAnswers } from '../../../core/care/safety/symptom-answers.ts';
import { judgeSymptoms, type Symptom } from '../../../core/care/stop-rules.ts';
import { EmergencyCall } from '../../components/EmergencyCall.tsx';
import { Notice } from '../../components/Notice.tsx';
import { endSession } from '../../end-session.ts';
import { useRoom } from '../../services-context.ts';
import { safetyWords } from '../../text/safety-text.ts';
import { SafetyAnswerForm } from '../safety/SafetyAnswerForm.tsx';
import { SessionFrame } from './SessionFrame.tsx';
import { SkinCheck } from './SkinCheck.tsx';
import '../../styles/safety.css';

const REST_S = 120;

/** What may be felt beside being dizzy, each line by the symptom that decides. */
const LINES: readonly (readonly [Symptom, MessageDescriptor])[] = [
  ['chestPain', msg`Chest pain, short breath or a racing heart`],
  ['faint', msg`I fainted`],
  ['numbness', msg`New numbness, tingling or weakness, or pain that spreads`],
  ['sharpPainOnBreathing', msg`A sharp stab when I breathe in`],
];

/** Dizzy or unwell: sit, two minutes, and get help when it does not pass; other symptoms by their stop rules (S-4 to S-9). */
export function UnwellStep({ onLeave }: { readonly onLeave: () => void }) {
  const { t, i18n } = useLingui();
  const { session, services } = useRoom();
  const [, navigate] = useLocation();
  const send = session((store) => store.send);
  const still = session((store) => store.flow.stillUnwell);
  const fall = session((store) => store.flow.fall);
  const [asks, setAsks] = useState<'nothing' | 'breathing' | 'skin'>('nothing');
  const secondsLeft = useCountdown(REST_S);
  const minutes = `${Math.floor(secondsLeft / 60)}:${String(secondsLeft % 60).padStart(2, '0')}`;

  // A failing disk leaves the words of help on this page; what could be kept locks every page.
  const keep = (event: CareEvent): Promise<unknown> => services.journal.append(event).catch(() => undefined);
  const keepAnswers = (answers: SafetyAnswers) =>
    void keep({ kind: 'safetyAnswered', form: 'single', answers });
  const needHelp = (answers: SafetyAnswers) => {
    send({ kind: 'stillUnwell' });
    keepAnswers(answers);
  };
  const tellWorry = () =>
    keep({
      kind: 'measureAnswered',
      measureId: 'adverse',
      value: 1,
      language: i18n.locale,
      wordsVersion: 'unwell-1',
    });
  const choose = (symptom: Symptom) => {
    send({ kind: 'fallAnswered' });
    const [next] = judgeSymptoms([symptom])?.rule.next ?? [];
    const answers = symptomAnswers(symptom);
    if (answers !== null) needHelp(answers);
    else if (next === 'askBreathingQuestion') setAsks('breathing');
    else if (next === 'fullSafetyQuestions')
      void tellWorry().then(() => {
        endSession(session);
        navigate('/safety');
      });
  };

  if (fall !== null)
    return (
      <SessionFrame
        name={t`Stopped`}
        step={null}
        title={t`Are you all right?`}
        lead={<Trans>It felt like a fall. The exercise has stopped.</Trans>}
        onLeave={onLeave}
      >
        <div className="session-body">
          {fall === 'unanswered' && (
            <Notice tone="stop" alert>
              <p>
                <b>
                  <Trans>
                    Nobody answered. Whoever sees this: look after this person, and call the emergency number
                    if they do not answer you.
                  </Trans>
                </b>
              </p>
              <EmergencyCall />
            </Notice>
          )}
        </div>
        <div className="session-actions">
          <button
            type="button"
            className="button button-primary button-wide button-big"
            onClick={() => send({ kind: 'fallAnswered' })}
          >
            <Trans>I am here</Trans>
          </button>
          <button
            type="button"
            className="button button-stop button-wide"
            onClick={() => needHelp(STILL_UNWELL)}
          >
            <Trans>I need help</Trans>
          </button>
        </div>
      </SessionFrame>
    );
  if (asks === 'skin')
    return (
      <SkinCheck onLeave={onLeave} onSore={() => void tellWorry()} onEnd={() => send({ kind: 'restOver' })} />
    );
  if (asks === 'breathing')
    return (
      <SessionFrame name={t`Stopped`} step={null} title={t(safetyWords('R-05').question)} onLeave={onLeave}>
        <SafetyAnswerForm
          flagId="R-05"
          onAnswer={(codes) => {
            setAsks('nothing');
            if (codes.includes('yes')) needHelp({ 'R-05': codes });
          }}
        />
      </SessionFrame>
    );
  return (
    <SessionFrame
      name={t`Stopped`}
      step={null}
      title={still ? t`Get help today` : t`Sit down and rest`}
      lead={
        still ? (
          <Trans>Stay seated. Do not exercise any more today, and do not drive.</Trans>
        ) : (
          <Trans>The exercise has stopped. Breathe calmly for two minutes. Do not stand up yet.</Trans>
        )
      }
      onLeave={onLeave}
    >
      <div className="session-body">
        {still ? (
          <Notice tone="stop" alert>
            <p>
              <b>
                <Trans>
                  Chest pain, short breath, a racing heart or fainting: call your local emergency number now.
                </Trans>
              </b>
            </p>
            <EmergencyCall />
            <p>
              <Trans>
                Otherwise call your doctor or a health line today, and ask someone to stay with you until you
                feel well.
              </Trans>
            </p>
          </Notice>
        ) : (
          <>
            <p className="countdown" role="timer">
              {secondsLeft > 0 && <b className="count">{minutes}</b>}
            </p>
            <h2 className="centered" role="status">
              {secondsLeft === 0 && <Trans>Two minutes are over. How do you feel?</Trans>}
            </h2>
            <section className="stack">
              <h2>
                <Trans>Do you feel one of these?</Trans>
              </h2>
              {LINES.map(([symptom, words]) => (
                <button key={symptom} type="button" className="choice-button" onClick={() => choose(symptom)}>
                  {t(words)}
                </button>
              ))}
              <button type="button" className="choice-button" onClick={() => setAsks('skin')}>
                <Trans>A sensor is hot, burns, itches or is wet</Trans>
              </button>
            </section>
          </>
        )}
      </div>
      <div className="session-actions">
        {still ? (
          <button
            type="button"
            className="button button-primary button-wide"
            onClick={() => send({ kind: 'restOver' })}
          >
            <Trans>Save the session and end</Trans>
          </button>
        ) : (
          <>
            <button
              type="button"
              className="button button-stop button-wide"
              onClick={() => needHelp(STILL_UNWELL)}
            >
              <Trans>It does not get better</Trans>
            </button>
            <button
              type="button"
              className="button button-second button-wide"
              disabled={secondsLeft > 0}
              onClick={() => send({ kind: 'restOver' })}
            >
              <Trans>It has passed</Trans>
            </button>
          </>
        )}
      </div>
    </SessionFrame>
  );
}

/** Whole seconds left, by the clock: a page that slept in between is not late. */
function useCountdown(durationS: number): number {
  const [untilMs] = useState(() => performance.now() + 1000 * durationS);
  const [secondsLeft, setSecondsLeft] = useState(durationS);
  useEffect(() => {
    const timer = setInterval(() => {
      const left = Math.max(0, Math.ceil((untilMs - performance.now()) / 1000));
      setSecondsLeft(left);
      if (left === 0) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [untilMs]);
  return secondsLeft;
}
