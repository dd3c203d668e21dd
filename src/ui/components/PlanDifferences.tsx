import { Trans, useLingui } from '@lingui/react/macro';
import type { ClinicPlan } from '../../core/care/clinic/clinic-plan.ts';
import { type PlanDifference, planDifferences } from '../../core/care/clinic/plan-difference.ts';
import { differenceWords, variableWords } from '../text/clinic-text.ts';
import { libraryWords } from '../text/exercise-library-text.ts';
import { placeWords } from '../text/library-label-text.ts';

const MS_PER_DAY = 86_400_000;

/** What a version changes against the one before, in plain sentences. */
export function PlanDifferences({
  before,
  after,
}: {
  readonly before: ClinicPlan;
  readonly after: ClinicPlan;
}) {
  const { t, i18n } = useLingui();
  const differences = planDifferences(before, after);
  const date = new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const nameOf = (difference: PlanDifference): string => {
    switch (difference.what) {
      case 'exercise':
      case 'exerciseAdded':
      case 'exerciseRemoved':
        return `${t(libraryWords(difference.exerciseId).title)}: `;
      case 'sensorAdded':
      case 'sensorRemoved':
      case 'sensorMoved':
        return `${t(placeWords(difference.place))}: `;
      case 'adaptationAllowed':
      case 'adaptationForbidden':
        return `${t(variableWords(difference.variable))}: `;
      case 'order':
      case 'plan':
        return '';
    }
  };
  const valuesOf = (difference: PlanDifference): string => {
    if (difference.what !== 'plan' && difference.what !== 'exercise') return '';
    const { field, before: was, after: now } = difference;
    const say = (value: string | number | null): string => {
      if (value === null || value === '') return t`none`;
      return field === 'reviewDay' ? date.format(Number(value) * MS_PER_DAY) : String(value);
    };
    return ` ${say(was)} → ${say(now)}`;
  };
  if (differences.length === 0)
    return (
      <p className="small">
        <Trans>Nothing else changes.</Trans>
      </p>
    );
  return (
    <ul className="clinic-differences">
      {differences.map((difference) => (
        <li key={JSON.stringify(difference)}>
          {nameOf(difference)}
          {t(differenceWords(difference))}
          {valuesOf(difference)}
        </li>
      ))}
    </ul>
  );
}
