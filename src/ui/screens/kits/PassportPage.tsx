import { Trans, useLingui } from '@lingui/react/macro';
import Download from 'lucide-react/icons/download';
import Printer from 'lucide-react/icons/printer';
import { useLocation, useParams } from 'wouter';
import { BackLink } from '../../components/BackLink.tsx';
import type { KitPassport } from '../../../core/recording/kit-passport.ts';
import { FigureTable } from '../../components/FigureTable.tsx';
import { DoorShell } from '../../components/PatientShell.tsx';
import { QrLink } from '../../components/QrLink.tsx';
import { PassportChip } from '../../components/PassportList.tsx';
import { VirtualMark } from '../../components/VirtualMark.tsx';
import { FailedToRead } from '../../components/Waiting.tsx';
import { usePassports } from '../../hooks/use-passports.ts';
import { useRoom } from '../../services-context.ts';
import '../../styles/kits.css';

/** One passport, for the screen and for paper. @param base the list that it is opened from */
export function PassportPage({ base }: { readonly base: string }) {
  const { t } = useLingui();
  const { id } = useParams<{ id: string }>();
  const { state, reload } = usePassports();
  const passport =
    state.kind === 'ready'
      ? state.passports.find(({ passportId }) => passportId === decodeURIComponent(id))
      : undefined;
  return (
    <DoorShell>
      <main className="page passport" id="main">
        <header className="row">
          <BackLink href={base} label={t`Back to the kits`} isPrinted={false} />
          <h1>{passport === undefined ? <Trans>Kit passport</Trans> : passport.kitName}</h1>
        </header>
        {state.kind === 'failed' && <FailedToRead error={state.error} onRetry={reload} />}
        {state.kind === 'ready' && passport === undefined && (
          <p>
            <Trans>This passport is not on this device.</Trans>
          </p>
        )}
        {state.kind === 'ready' && passport !== undefined && (
          <Passport passport={passport} nowUtc={state.nowUtc} base={base} />
        )}
      </main>
    </DoorShell>
  );
}

function Passport({
  passport,
  nowUtc,
  base,
}: {
  readonly passport: KitPassport;
  readonly nowUtc: string;
  readonly base: string;
}) {
  const { t, i18n } = useLingui();
  const { services } = useRoom();
  const [, navigate] = useLocation();
  const day = new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'long' });
  const withKits = (use: (kits: Awaited<ReturnType<typeof services.loadPassports>>) => unknown) =>
    void services.loadPassports().then(use);
  return (
    <>
      <section className="card stack">
        <div className="row wrap">
          <PassportChip passport={passport} nowUtc={nowUtc} />
          {passport.simulated && <VirtualMark />}
        </div>
        {passport.simulated && (
          <p>
            <Trans>Simulated: no real sensor was checked.</Trans>
          </p>
        )}
        <dl className="pairs">
          <dt>
            <Trans>Checked by</Trans>
          </dt>
          <dd>{passport.checkedBy}</dd>
          <dt>
            <Trans>Checked on</Trans>
          </dt>
          <dd>{day.format(new Date(passport.madeAtUtc))}</dd>
          <dt>
            <Trans>Good until</Trans>
          </dt>
          <dd>
            {day.format(new Date(passport.expiresAtUtc))}
            <span className="small choice-detail">
              <Trans>or until a unit is dropped or updated</Trans>
            </span>
          </dd>
          <dt>
            <Trans>Seal</Trans>
          </dt>
          <dd className="passport-seal">{passport.digest.whole.slice(0, 16)}</dd>
        </dl>
        <div className="row wrap print-hidden">
          <button
            type="button"
            className="button button-primary button-small"
            onClick={() => withKits((kits) => kits.exportFile(passport))}
          >
            <Download size={20} strokeWidth={1.75} aria-hidden="true" />
            <Trans>Save as a file</Trans>
          </button>
          <QrLink
            what={t`Passport of ${passport.kitName}`}
            read={async () => (await services.loadPassports()).fileOf(passport)}
          />
          <button type="button" className="button button-second button-small" onClick={() => print()}>
            <Printer size={20} strokeWidth={1.75} aria-hidden="true" />
            <Trans>Print</Trans>
          </button>
          <button
            type="button"
            className="button button-quiet button-small"
            onClick={() => withKits((kits) => kits.remove(passport).then(() => navigate(base)))}
          >
            <Trans>Remove from this device</Trans>
          </button>
        </div>
      </section>
      {passport.units.map((unit) => (
        <section className="card stack" key={unit.serial}>
          <h2>
            {unit.name} · {unit.serial}
          </h2>
          <p className="small">
            {unit.family}, <Trans>firmware {unit.firmware ?? '–'}</Trans>.{' '}
            {unit.verdict === 'quarantine' ? (
              <b>
                <Trans>Not to be worn: a step failed. Nothing is corrected.</Trans>
              </b>
            ) : unit.calibration === null ? (
              <Trans>Used as it reads.</Trans>
            ) : (
              <Trans>Thora corrects its readings by what was found here.</Trans>
            )}
          </p>
          <FigureTable results={unit.steps} label={t`Figures of ${unit.name}`} />
        </section>
      ))}
    </>
  );
}
