import { Plural, Trans, useLingui } from '@lingui/react/macro';
import {
  answerOf,
  type RangesOfKit,
  type ReviewLine,
  type ReviewOutcome,
} from '../../../core/care/clinic/patient-review.ts';
import { useSeriesTitle } from '../../components/ProgressLine.tsx';
import { useProgressNumbers } from '../../hooks/use-progress-numbers.ts';
import { roleName } from '../../text/exercise-text.ts';
import { answerWords } from '../../text/review-text.ts';

/** Every measure of the patient's own answers, with what of its change counts. */
export function AnswerTable({ outcomes }: { readonly outcomes: readonly ReviewOutcome[] }) {
  const { t } = useLingui();
  const lines = outcomes
    .flatMap((outcome) => outcome.lines)
    .filter(({ series }) => series.name.kind !== 'range');
  if (lines.length === 0) return null;
  return (
    <section className="card stack">
      <h2>
        <Trans>What the patient said</Trans>
      </h2>
      <LineTable label={t`What the patient said`} lines={lines} />
      <p className="small">
        <Trans>
          Matters: as much as people call a change that matters (MCID). Above error: more than answers differ
          by themselves (MDC).
        </Trans>
      </p>
    </section>
  );
}

/** One table for each set of worn sensors. */
export function RangeTables({ ranges }: { readonly ranges: readonly RangesOfKit[] }) {
  const { t } = useLingui();
  return (
    <section className="card stack">
      <h2>
        <Trans>Movement by test and sensors</Trans>
      </h2>
      {ranges.length === 0 && (
        <p>
          <Trans>No tests came yet.</Trans>
        </p>
      )}
      {ranges.map(({ layout, lines }) => (
        <div key={layout} className="stack">
          <h3>{layoutName(layout, t)}</h3>
          <LineTable label={layoutName(layout, t)} lines={lines} />
        </div>
      ))}
      {ranges.length > 0 && (
        <p className="small">
          <Trans>
            Tests with other sensors are never joined. Above error: more than days and straps make by
            themselves (MDC). No change that matters to people is known for ranges. Angles are estimates of
            worn sensors, not of X-rays.
          </Trans>
        </p>
      )}
    </section>
  );
}

const ROLES = ['upperBack', 'lowerBack', 'pelvis', 'upperArmLeft', 'upperArmRight'] as const;
const VIRTUAL = 'virtual: ';

/** As it stands in the file, each place that is known by its name. */
function layoutName(layout: string, t: ReturnType<typeof useLingui>['t']): string {
  const isVirtual = layout.startsWith(VIRTUAL);
  const places = (isVirtual ? layout.slice(VIRTUAL.length) : layout)
    .split(' + ')
    .map((place) => {
      const role = ROLES.find((one) => one === place);
      return role === undefined ? place : t(roleName(role));
    })
    .join(' + ');
  return isVirtual ? t`Virtual kit, no person: ${places}` : places;
}

function LineTable({ label, lines }: { readonly label: string; readonly lines: readonly ReviewLine[] }) {
  const titleOf = useSeriesTitle();
  const hasMeaning = lines.some(({ series }) => series.name.kind !== 'range');
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Measure</Trans>
            </th>
            <th scope="col">
              <Trans>Verdict</Trans>
            </th>
            <th scope="col">
              <Trans>Start</Trans>
            </th>
            <th scope="col">
              <Trans>Now</Trans>
            </th>
            <th scope="col">
              <Trans>Change</Trans>
            </th>
            <th scope="col">
              <Trans>Above error</Trans>
            </th>
            {hasMeaning && (
              <th scope="col">
                <Trans>Matters</Trans>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <LineRow key={JSON.stringify(line.series.name)} line={line} hasMeaning={hasMeaning}>
              {titleOf(line.series)}
            </LineRow>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LineRow({
  line: { series, start, now, change, isDetectable, isMeaningful },
  hasMeaning,
  children,
}: {
  readonly line: ReviewLine;
  readonly hasMeaning: boolean;
  readonly children: string;
}) {
  const { t, i18n } = useLingui();
  const { amount, date } = useProgressNumbers(series.unit);
  const yesNo = (value: boolean | null): string => (value === null ? '–' : value ? t`yes` : t`no`);
  const last = series.points.at(-1);
  const unit = series.unit === 'deg' ? '°' : '';
  const signed = new Intl.NumberFormat(i18n.locale, {
    signDisplay: 'exceptZero',
    maximumFractionDigits: series.unit === 'deg' ? 0 : 1,
  });
  const needed = series.needed === null ? '' : ` (${amount(series.needed)})`;
  return (
    <tr>
      <th scope="row" className="review-measure">
        {children}
        {last !== undefined && (
          <span className="small">
            {' '}
            {date(last.day)} · <Plural value={series.points.length} one="# look" other="# looks" />
          </span>
        )}
      </th>
      <td className="review-verdict">
        {series.verdict === null ? '–' : t(answerWords(answerOf(series.verdict)))}
      </td>
      <td>{start === null || change === null ? '–' : amount(start)}</td>
      <td>
        {amount(now)}
        {last?.interval && (
          <span className="small">
            {' '}
            ({amount(last.interval[0])}–{amount(last.interval[1])})
          </span>
        )}
      </td>
      <td>{change === null ? '–' : `${signed.format(change)}${unit}`}</td>
      <td>
        {yesNo(isDetectable)}
        <span className="small">{needed}</span>
      </td>
      {hasMeaning && <td>{yesNo(isMeaningful)}</td>}
    </tr>
  );
}
