import { Trans, useLingui } from '@lingui/react/macro';
import ChevronRight from 'lucide-react/icons/chevron-right';
import { useMemo } from 'react';
import { Link } from 'wouter';
import { comingIn } from '../../core/care/intake/intake.ts';
import { progressTiles, type ProgressTile } from '../../core/care/outcomes/progress-tiles.ts';
import { ExplainNumber } from '../components/ExplainNumber.tsx';
import { FrictionCard } from '../components/FrictionCard.tsx';
import { JournalGate, type ReadyJournal } from '../components/JournalGate.tsx';
import { PatientShell } from '../components/PatientShell.tsx';
import { useSeriesTitle } from '../components/ProgressLine.tsx';
import { SeriesExplanation } from '../components/SeriesExplanation.tsx';
import { VerdictMark } from '../components/VerdictMark.tsx';
import { useProgressNumbers } from '../hooks/use-progress-numbers.ts';
import { saysSensors } from '../programme-kit.ts';
import { emptyWords, tileName } from '../text/progress-text.ts';
import '../styles/care.css';

/** Four tiles and never one score: each says in words what may be said, and opens its numbers. */
export function ProgressScreen() {
  return (
    <PatientShell>
      <main className="page page-middle" id="main">
        <h1>
          <Trans>Progress</Trans>
        </h1>
        <JournalGate>{(journal) => <Tiles journal={journal} />}</JournalGate>
        <FrictionCard />
        <div className="card card-list">
          <Link href="/sessions" className="line-item">
            <span className="grow">
              <b>
                <Trans>Your sessions</Trans>
              </b>
              <span className="small choice-detail">
                <Trans>Every session, with what counted and why</Trans>
              </span>
            </span>
            <ChevronRight size={20} strokeWidth={1.75} aria-hidden="true" className="muted" />
          </Link>
          <Link href="/progress/report" className="line-item">
            <span className="grow">
              <b>
                <Trans>A report for your doctor</Trans>
              </b>
              <span className="small choice-detail">
                <Trans>One page, to print or to save</Trans>
              </span>
            </span>
            <ChevronRight size={20} strokeWidth={1.75} aria-hidden="true" className="muted" />
          </Link>
        </div>
        <p className="small">
          <Trans>
            These are your own numbers, no diagnosis. Pain often changes by itself, and a verdict does not say
            why.
          </Trans>
        </p>
      </main>
    </PatientShell>
  );
}

function Tiles({ journal: { entries, moment } }: { readonly journal: ReadyJournal }) {
  const tiles = useMemo(() => progressTiles(entries, moment), [entries, moment]);
  return (
    <>
      {!comingIn(entries).isDone && (
        <section className="card stack">
          <p>
            <Trans>Your programme has not begun. Numbers come once it runs.</Trans>
          </p>
          <Link href="/coming-in" className="button button-primary">
            <Trans>Go to the questions</Trans>
          </Link>
        </section>
      )}
      <ul className="progress-tiles">
        {tiles.map((tile) => (
          <li key={tile.id}>
            <TileCard tile={tile} hasSensors={saysSensors(entries)} />
          </li>
        ))}
      </ul>
    </>
  );
}

function TileCard({ tile, hasSensors }: { readonly tile: ProgressTile; readonly hasSensors: boolean }) {
  const { t } = useLingui();
  const titleOf = useSeriesTitle();
  const leading =
    tile.series.find(({ verdict }) => verdict === tile.verdict) ??
    tile.series.find(({ verdict }) => verdict !== null) ??
    tile.series[0];
  const { amount } = useProgressNumbers(leading?.unit ?? 'points');
  const last = leading?.points.at(-1);
  return (
    <div className="card progress-tile">
      <Link href={`/progress/${tile.id}`} className="progress-tile-link">
        <span className="row row-apart">
          <h2>{t(tileName(tile.id))}</h2>
          <ChevronRight size={20} strokeWidth={1.75} aria-hidden="true" className="muted" />
        </span>
        <VerdictMark verdict={tile.verdict} />
        {leading === undefined || last === undefined ? (
          <span className="small">{t(emptyWords(tile.id, hasSensors))}</span>
        ) : (
          <span className="small">
            {titleOf(leading)}:{' '}
            {leading.start === null || leading.points.length < 2 ? (
              amount(last.value)
            ) : (
              <>
                {amount(leading.start.value)} <span aria-hidden="true">→</span>
                <span className="visually-hidden">
                  <Trans>then</Trans>
                </span>{' '}
                {amount(last.value)}
              </>
            )}
          </span>
        )}
      </Link>
      {leading !== undefined && last !== undefined && (
        <ExplainNumber about={titleOf(leading)}>
          <SeriesExplanation series={leading} />
        </ExplainNumber>
      )}
    </div>
  );
}
