import { Trans, useLingui } from '@lingui/react/macro';
import { BackLink } from '../../components/BackLink.tsx';
import { DoorShell } from '../../components/PatientShell.tsx';
import { PassportList } from '../../components/PassportList.tsx';

/** Who exercises at home takes in what their clinic found of their sensors. */
export function HomeKitScreen() {
  const { t } = useLingui();
  return (
    <DoorShell>
      <main className="page" id="main">
        <header className="row">
          <BackLink href="/settings" label={t`Back to Me`} />
          <h1>
            <Trans>Your sensors</Trans>
          </h1>
        </header>
        <p className="muted">
          <Trans>
            Did your clinic check your sensors? Open the passport file you were given. Your numbers get more
            exact.
          </Trans>
        </p>
        <PassportList base="/settings/kit" />
      </main>
    </DoorShell>
  );
}
