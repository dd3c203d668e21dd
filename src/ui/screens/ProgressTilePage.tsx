import { Trans, useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { Link, Redirect, useParams } from 'wouter';
import { BackLink } from '../components/BackLink.tsx';
import { measureAnswers } from '../../core/care/outcomes/measure-answers.ts';
import { globalChange } from '../../core/care/outcomes/outcome-score.ts';
import { progressTiles, type ProgressSeries } from '../../core/care/outcomes/progress-tiles.ts';
import { JournalGate, type ReadyJournal } from '../components/JournalGate.tsx';
import { PatientShell } from '../components/PatientShell.tsx';
import { ProgressLine } from '../components/ProgressLine.tsx';
import { VerdictMark } from '../components/VerdictMark.tsx';
import { choiceWords } from '../text/measure-text.ts';
import { saysSensors } from '../programme-kit.ts';
import { emptyWords, tileName } from '../text/progress-text.ts';
import '../styles/care.css';

/** One tile opened: every line of it, as a chart or a table. */
export function ProgressTilePage() {
  const { id } = useParams<{ id: string }>();
  return (
    <PatientShell>
      <main className="page page-middle" id="main">
        <JournalGate>{(journal) => <Tile journal={journal} id={id} />}</JournalGate>
      </main>
    </PatientShell>
  );
}

function Tile({ journal: { entries, moment }, id }: { readonly journal: ReadyJournal; readonly id: string }) {
  const { t } = useLingui();
  const tile = useMemo(
    () => progressTiles(entries, moment).find((one) => one.id === id),
    [entries, moment, id],
  );
  const said = useMemo(() => globalChange(measureAnswers(entries, moment)), [entries, moment]);
  if (tile === undefined) return <Redirect to="/progress" replace />;
  const inWords = choiceWords('pgic')[(said ?? 1) - 1];
  return (
    <>
      <header className="row">
        <BackLink href="/progress" label={t`Back to progress`} />
        <h1>{t(tileName(tile.id))}</h1>
      </header>
      <p>
        <VerdictMark verdict={tile.verdict} />
      </p>
      {tile.series.length === 0 && (
        <section className="card stack">
          <p>{t(emptyWords(tile.id, saysSensors(entries)))}</p>
          {tile.id === 'movement' ? (
            <Link href="/today/tests" className="button button-second button-small">
              <Trans>Go to the movement tests</Trans>
            </Link>
          ) : (
            <Link href="/today" className="button button-second button-small">
              <Trans>Go to today</Trans>
            </Link>
          )}
        </section>
      )}
      {tile.id === 'pain' && said !== null && inWords !== undefined && (
        <section className="card">
          <p className="small">
            <Trans>You said at the last review</Trans>
          </p>
          <p>
            <Trans>Since starting, my upper back is: {t(inWords)}</Trans>
          </p>
        </section>
      )}
      {tile.series.map((series) => (
        <ProgressLine key={keyOf(series)} series={series} isOtherKit={isOtherKit(series, tile.series)} />
      ))}
    </>
  );
}

function keyOf({ name }: ProgressSeries): string {
  return JSON.stringify(name);
}

function isOtherKit({ name, verdict }: ProgressSeries, all: readonly ProgressSeries[]): boolean {
  return (
    verdict === null &&
    name.kind === 'range' &&
    all.some(
      (other) =>
        other.name.kind === 'range' &&
        other.verdict !== null &&
        other.name.metric === name.metric &&
        other.name.side === name.side,
    )
  );
}
