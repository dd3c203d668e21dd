import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useMemo, useState } from 'react';
import { useLocation, useParams } from 'wouter';
import type { ClinicPlan, ClinicSensor } from '../../../core/care/clinic/clinic-plan.ts';
import { clinicPlanProblems } from '../../../core/care/clinic/plan-problems.ts';
import {
  fromTemplate,
  PLAN_TEMPLATE_IDS,
  type PlanBody,
  type PlanTemplateId,
} from '../../../core/care/clinic/plan-templates.ts';
import type { DoseVariable } from '../../../core/care/programme/dose.ts';
import type { KitPlace } from '../../../core/exercise/exercise-library.ts';
import { newestPlan } from '../../../core/recording/clinic-record.ts';
import { parseExactJson, writeExactJson } from '../../../core/recording/exact-json.ts';
import { HandOverProblem } from '../../components/HandOverProblem.tsx';
import { Notice } from '../../components/Notice.tsx';
import { type AtDesk, PatientGate } from '../../components/PatientGate.tsx';
import { PlanDifferences } from '../../components/PlanDifferences.tsx';
import { useDraft } from '../../hooks/use-draft.ts';
import { phaseWords, planProblemWords, templateWords, variableWords } from '../../text/clinic-text.ts';
import { libraryWords } from '../../text/exercise-library-text.ts';
import { placeWords } from '../../text/library-label-text.ts';
import { ExercisePicker, NumberField, withPlaces } from './ExercisePicker.tsx';
import '../../styles/clinic.css';

const PLACES: readonly KitPlace[] = ['upperBack', 'lowerBack', 'pelvis', 'upperArm', 'chest'];
const VARIABLES: readonly DoseVariable[] = ['range', 'repetitions', 'hold', 'sets', 'load', 'variation'];
const PHASES: readonly ClinicPlan['phase'][] = [1, 2, 3, 4];
const REVIEW_AFTER_DAYS = 14;
const MS_PER_DAY = 86_400_000;
const UPPER_BACK: readonly ClinicSensor[] = [{ place: 'upperBack', site: '', strap: '' }];

/** A plan is made or changed, looked at once more against the version before, and signed. */
export function PlanEditor() {
  const { t } = useLingui();
  const { id } = useParams<{ id: string }>();
  return (
    <PatientGate
      patientId={id}
      className="page page-middle"
      back={{ href: `/patients/one/${id}`, label: t`Back to the patient` }}
      title={t`Plan`}
    >
      {({ patient, desk }) => <WithDraft patient={patient} desk={desk} />}
    </PatientGate>
  );
}

/** What of the editor is kept while nothing is signed. */
interface PlanDraft {
  readonly format: 1;
  /** Version that it changes; 0: none yet. */
  readonly on: number;
  readonly body: PlanBody;
  readonly author: string;
  readonly reviewDay: number;
}

/** Null where the draft is of an older Thora, or another version was signed since. */
function draftOf(text: string | null, on: number): PlanDraft | null {
  if (text === null) return null;
  try {
    const draft = parseExactJson(text) as PlanDraft;
    return draft.format === 1 && draft.on === on ? draft : null;
  } catch {
    return null;
  }
}

function WithDraft({ patient, desk }: Pick<AtDesk, 'patient' | 'desk'>) {
  const draft = useDraft(desk, patient.patientId, 'plan');
  const [kept, setKept] = useState<PlanDraft | null | undefined>(undefined);
  const on = newestPlan(patient.content.plans)?.version ?? 0;
  const { read } = draft;
  useEffect(() => {
    read().then(
      (text) => setKept(draftOf(text, on)),
      () => setKept(null),
    );
  }, [read, on]);
  if (kept === undefined) return null;
  return (
    <>
      {kept !== null && (
        <Notice tone="info">
          <p>
            <Trans>What you had begun and not signed is here again.</Trans>
          </p>
          <button
            type="button"
            className="button button-quiet button-small"
            onClick={() => {
              draft.keep(null);
              setKept(null);
            }}
          >
            <Trans>Leave it and begin anew</Trans>
          </button>
        </Notice>
      )}
      <Editor
        key={kept === null ? 'anew' : 'kept'}
        patient={patient}
        desk={desk}
        kept={kept}
        onDraft={(text) => draft.keep(text)}
      />
    </>
  );
}

function Editor({
  patient,
  desk,
  kept,
  onDraft,
}: Pick<AtDesk, 'patient' | 'desk'> & {
  readonly kept: PlanDraft | null;
  readonly onDraft: (text: string | null) => void;
}) {
  const { t } = useLingui();
  const [, go] = useLocation();
  const before = useMemo(() => newestPlan(patient.content.plans), [patient]);
  const today = desk.today();
  const [edited, setEdited] = useState<PlanDraft>(
    () =>
      kept ?? {
        format: 1,
        on: before?.version ?? 0,
        body: before === null ? fromTemplate('move', UPPER_BACK) : bodyOf(before),
        author: desk.who() ?? '',
        reviewDay: today + REVIEW_AFTER_DAYS,
      },
  );
  const [isChecked, setChecked] = useState(false);
  const [isOvertaken, setOvertaken] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const { body, author, reviewDay } = edited;
  const edit = (part: Partial<PlanDraft>): void => {
    const next = { ...edited, ...part };
    setEdited(next);
    onDraft(writeExactJson(next));
  };
  const change = (part: Partial<PlanBody>): void => edit({ body: { ...body, ...part } });
  const draft: ClinicPlan = {
    ...body,
    planId: before?.planId ?? '',
    version: (before?.version ?? 0) + 1,
    previousDigest: null,
    patientId: patient.patientId,
    patientName: patient.name,
    author,
    madeAtUtc: '',
    reviewDay,
  };
  const problems = clinicPlanProblems(draft, today);
  const setSensors = (sensors: readonly ClinicSensor[]): void =>
    change({ sensors, exercises: withPlaces(body.exercises, sensors) });
  return (
    <form
      className="stack-wide"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        if (problems.length > 0) return;
        desk
          .sign(patient.patientId, bodyOf(draft), { author: author.trim(), reviewDay, onVersion: edited.on })
          .then((signed) => {
            setOvertaken(signed === null);
            if (signed === null) return;
            onDraft(null);
            go(`/patients/one/${patient.patientId}`);
          }, setProblem);
      }}
    >
      <label className="field">
        <span className="small">
          <Trans>Begin from a template</Trans>
        </span>
        <select
          value=""
          onChange={(event) => {
            if (event.target.value !== '')
              change(fromTemplate(event.target.value as PlanTemplateId, body.sensors));
          }}
        >
          <option value="">{t`As it stands`}</option>
          {PLAN_TEMPLATE_IDS.map((id) => (
            <option key={id} value={id}>
              {t(templateWords(id))}
            </option>
          ))}
        </select>
      </label>
      <section className="card stack">
        <h2>
          <Trans>Sensors</Trans>
        </h2>
        <div className="clinic-choices">
          {PLACES.map((place) => (
            <label key={place} className="tick">
              <input
                type="checkbox"
                checked={body.sensors.some((sensor) => sensor.place === place)}
                onChange={(event) =>
                  setSensors(
                    event.target.checked
                      ? [...body.sensors, { place, site: '', strap: '' }]
                      : body.sensors.filter((sensor) => sensor.place !== place),
                  )
                }
              />
              <span>{t(placeWords(place))}</span>
            </label>
          ))}
        </div>
        {body.sensors.map((sensor) => {
          const place = t(placeWords(sensor.place));
          const set = (part: Partial<ClinicSensor>): void =>
            change({ sensors: body.sensors.map((one) => (one === sensor ? { ...one, ...part } : one)) });
          return (
            <div key={sensor.place} className="clinic-sites">
              <TextField
                label={t`Where exactly: ${place}`}
                value={sensor.site}
                onChange={(site) => set({ site })}
              />
              <TextField
                label={t`Strap: ${place}`}
                value={sensor.strap}
                onChange={(strap) => set({ strap })}
              />
            </div>
          );
        })}
      </section>
      <ExercisePicker body={body} onChange={(exercises) => change({ exercises })} />
      <section className="card stack">
        <h2>
          <Trans>Limits</Trans>
        </h2>
        <label className="field">
          <span className="small">
            <Trans>Phase</Trans>
          </span>
          <select
            value={body.phase}
            onChange={(event) => change({ phase: Number(event.target.value) as ClinicPlan['phase'] })}
          >
            {PHASES.map((phase) => (
              <option key={phase} value={phase}>
                {`${phase}: ${t(phaseWords(phase))}`}
              </option>
            ))}
          </select>
        </label>
        <div className="clinic-numbers">
          <NumberField
            label={t`Sessions a week`}
            value={body.sessionsPerWeek}
            onChange={(sessionsPerWeek) => change({ sessionsPerWeek: sessionsPerWeek ?? 0 })}
          />
          <NumberField
            label={t`Minutes a session`}
            value={body.minutesPerSession}
            onChange={(minutesPerSession) => change({ minutesPerSession: minutesPerSession ?? 0 })}
          />
          <NumberField
            label={t`Pain limit, 0 to 10`}
            value={body.painCeiling}
            onChange={(painCeiling) => change({ painCeiling: painCeiling ?? Number.NaN })}
          />
        </div>
        <fieldset className="stack clinic-may-grow">
          <legend className="small">
            <Trans>May grow by itself when it goes well</Trans>
          </legend>
          <div className="clinic-choices">
            {VARIABLES.map((variable) => (
              <label key={variable} className="tick">
                <input
                  type="checkbox"
                  checked={body.mayChange.includes(variable)}
                  onChange={(event) =>
                    change({
                      mayChange: VARIABLES.filter((one) =>
                        one === variable ? event.target.checked : body.mayChange.includes(one),
                      ),
                    })
                  }
                />
                <span>{t(variableWords(variable))}</span>
              </label>
            ))}
          </div>
        </fieldset>
      </section>
      <section className="card stack">
        <h2>
          <Trans>Approve and sign</Trans>
        </h2>
        <label className="field">
          <span className="small">
            <Trans>Note for the patient</Trans>
          </span>
          <textarea
            rows={3}
            maxLength={2000}
            value={body.note}
            onChange={(event) => change({ note: event.target.value })}
          />
        </label>
        <label className="field">
          <span className="small">
            <Trans>Review day</Trans>
          </span>
          <input
            type="date"
            value={new Date(reviewDay * MS_PER_DAY).toISOString().slice(0, 10)}
            onChange={(event) => {
              const day = Math.floor(Date.parse(event.target.value) / MS_PER_DAY);
              if (Number.isFinite(day)) edit({ reviewDay: day });
            }}
          />
        </label>
        <label className="field">
          <span className="small">
            <Trans>Signed by</Trans>
          </span>
          <input
            type="text"
            maxLength={200}
            value={author}
            onChange={(event) => edit({ author: event.target.value })}
          />
        </label>
        {before !== null && (
          <>
            <h3>
              <Trans>Against version {before.version}</Trans>
            </h3>
            <PlanDifferences before={before} after={draft} />
          </>
        )}
        {isChecked && problems.length > 0 && (
          <ul className="clinic-differences warn" role="alert">
            {problems.map(({ problem: what, field, exerciseId }) => (
              <li key={`${what} ${field}`}>
                {exerciseId !== null && `${t(libraryWords(exerciseId).title)}: `}
                {t(planProblemWords(what))}
              </li>
            ))}
          </ul>
        )}
        {isOvertaken && (
          <Notice tone="warn" alert>
            <p>
              <Trans>
                Another version was signed since you began. Go back to the patient, look at it, and begin
                anew.
              </Trans>
            </p>
          </Notice>
        )}
        {problem !== null && <HandOverProblem error={problem} />}
        <button type="submit" className="button button-primary">
          <Trans>Approve and sign</Trans>
        </button>
      </section>
    </form>
  );
}

function TextField({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <label className="field">
      <span className="small">{label}</span>
      <input type="text" maxLength={200} value={value} onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}

/** What of a version the next one is made of; the rest is of that version alone. */
function bodyOf({
  phase,
  sensors,
  exercises,
  sessionsPerWeek,
  minutesPerSession,
  ...rest
}: PlanBody): PlanBody {
  const { painCeiling, mayChange, note } = rest;
  return { phase, sensors, exercises, sessionsPerWeek, minutesPerSession, painCeiling, mayChange, note };
}
