import { Trans, useLingui } from '@lingui/react/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useId, useState, type ReactNode } from 'react';
import { PointScale } from './PointScale.tsx';

export interface QuestionChoice {
  readonly code: string;
  readonly words: MessageDescriptor;
  readonly detail?: MessageDescriptor;
}

/** What kind of answer a question takes. */
export type AnswerKind =
  /** A tap is the answer. */
  | { readonly takes: 'one'; readonly choices: readonly QuestionChoice[] }
  /** None at all is an answer too. */
  | { readonly takes: 'many'; readonly choices: readonly QuestionChoice[]; readonly most?: number }
  /** Whole numbers from 0 to 10. */
  | { readonly takes: 'scale'; readonly low: MessageDescriptor; readonly high: MessageDescriptor }
  | {
      readonly takes: 'number';
      readonly least: number;
      readonly most: number;
      readonly unit: MessageDescriptor;
    }
  /** A few short texts; all may stay empty. */
  | { readonly takes: 'texts'; readonly count: number };

export type Answer = string | readonly string[] | number;

/** The field of one question. `given`: what was answered before. */
export function QuestionForm({
  label,
  kind,
  given,
  onAnswer,
  onSkip,
}: {
  readonly label: string;
  readonly kind: AnswerKind;
  readonly given: Answer | undefined;
  readonly onAnswer: (answer: Answer) => void;
  /** Null where an answer is needed to go on. */
  readonly onSkip: (() => void) | null;
}) {
  const [draft, setDraft] = useState<Answer | undefined>(given);
  const isReady = isComplete(kind, draft);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onAnswer(kind.takes === 'many' && draft === undefined ? [] : (draft ?? ''));
      }}
    >
      <Field label={label} kind={kind} draft={draft} onDraft={setDraft} onAnswer={onAnswer} />
      <div className="session-actions">
        <button type="submit" className="button button-primary button-wide" disabled={!isReady}>
          <Trans>Next</Trans>
        </button>
        {onSkip !== null && (
          <button type="button" className="button button-quiet" onClick={onSkip}>
            <Trans>I would rather not say</Trans>
          </button>
        )}
      </div>
    </form>
  );
}

function isComplete(kind: AnswerKind, draft: Answer | undefined): boolean {
  switch (kind.takes) {
    case 'many':
    case 'texts':
      return true;
    case 'number':
      return typeof draft === 'number' && draft >= kind.least && draft <= kind.most;
    case 'one':
    case 'scale':
      return draft !== undefined;
  }
}

interface FieldProps {
  readonly label: string;
  readonly kind: AnswerKind;
  readonly draft: Answer | undefined;
  readonly onDraft: (draft: Answer | undefined) => void;
  readonly onAnswer: (answer: Answer) => void;
}

function Field(props: FieldProps): ReactNode {
  const { t } = useLingui();
  switch (props.kind.takes) {
    case 'one':
      return <OneOf {...props} choices={props.kind.choices} />;
    case 'many':
      return <ManyOf {...props} choices={props.kind.choices} most={props.kind.most ?? Infinity} />;
    case 'scale':
      return (
        <PointScale
          legend={<span className="visually-hidden">{props.label}</span>}
          value={typeof props.draft === 'number' ? props.draft : null}
          ends={{ least: t(props.kind.low), most: t(props.kind.high) }}
          onChoose={props.onDraft}
          onTap={props.onAnswer}
        />
      );
    case 'number':
      return (
        <WholeNumber {...props} least={props.kind.least} most={props.kind.most} unit={props.kind.unit} />
      );
    case 'texts':
      return <Texts {...props} count={props.kind.count} />;
  }
}

function OneOf({
  label,
  draft,
  onDraft,
  onAnswer,
  choices,
}: FieldProps & { choices: readonly QuestionChoice[] }) {
  const { t } = useLingui();
  const name = useId();
  return (
    <fieldset className="choice choice-tap">
      <legend className="visually-hidden">{label}</legend>
      {choices.map(({ code, words, detail }) => (
        <label key={code}>
          <input
            type="radio"
            name={name}
            value={code}
            checked={draft === code}
            onChange={() => onDraft(code)}
            onClick={(event) => {
              // Keys that walk through the choices click as well, without a count.
              if (event.detail > 0) onAnswer(code);
            }}
          />
          <span>
            {t(words)}
            {detail !== undefined && <span className="small choice-detail">{t(detail)}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function ManyOf({
  label,
  draft,
  onDraft,
  choices,
  most,
}: FieldProps & { choices: readonly QuestionChoice[]; most: number }) {
  const { t } = useLingui();
  const chosen = Array.isArray(draft) ? (draft as readonly string[]) : [];
  return (
    <fieldset className="choice">
      <legend className="visually-hidden">{label}</legend>
      {choices.map(({ code, words, detail }) => {
        const isChosen = chosen.includes(code);
        return (
          <label key={code}>
            <input
              type="checkbox"
              checked={isChosen}
              disabled={!isChosen && chosen.length >= most}
              onChange={() => onDraft(isChosen ? chosen.filter((one) => one !== code) : [...chosen, code])}
            />
            <span>
              {t(words)}
              {detail !== undefined && <span className="small choice-detail">{t(detail)}</span>}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

function WholeNumber({
  label,
  draft,
  onDraft,
  least,
  most,
  unit,
}: FieldProps & { least: number; most: number; unit: MessageDescriptor }) {
  const { t } = useLingui();
  const hint = useId();
  const isOut = typeof draft === 'number' && (draft < least || draft > most);
  return (
    <div className="stack">
      <label className="row">
        <span className="visually-hidden">{label}</span>
        <input
          className="number-field"
          type="text"
          inputMode="numeric"
          autoComplete="off"
          maxLength={4}
          defaultValue={typeof draft === 'number' ? String(draft) : ''}
          aria-describedby={hint}
          aria-invalid={isOut}
          onChange={({ target }) => onDraft(/^\d+$/.test(target.value) ? Number(target.value) : undefined)}
        />
        <span>{t(unit)}</span>
      </label>
      <p id={hint} className={isOut ? 'warn' : 'small'} role={isOut ? 'alert' : undefined}>
        <Trans>
          A whole number from {least} to {most}.
        </Trans>
      </p>
    </div>
  );
}

const LONGEST_TEXT = 80;

function Texts({ label, draft, onDraft, count }: FieldProps & { count: number }) {
  const { t } = useLingui();
  const texts = Array.isArray(draft) ? (draft as readonly string[]) : [];
  return (
    <fieldset className="stack choice-plain">
      <legend className="visually-hidden">{label}</legend>
      {Array.from({ length: count }, (_, i) => (
        <label key={i} className="field">
          <span className="small">{t`Number ${i + 1}`}</span>
          <input
            type="text"
            maxLength={LONGEST_TEXT}
            value={texts[i] ?? ''}
            onChange={({ target }) =>
              onDraft(
                Array.from({ length: count }, (__, at) => (at === i ? target.value : (texts[at] ?? ''))),
              )
            }
          />
        </label>
      ))}
    </fieldset>
  );
}
