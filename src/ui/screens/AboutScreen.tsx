import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { CopyDiagnostics } from '../components/CopyDiagnostics.tsx';
import { WorkshopShell } from '../components/PatientShell.tsx';
import { decimal } from '../text/number-text.ts';

export function AboutScreen() {
  const { i18n } = useLingui();
  const [space, setSpace] = useState<{ readonly usedBytes: number; readonly quotaBytes: number } | null>(
    null,
  );
  useEffect(() => {
    let over = false;
    const storage: StorageManager | undefined = navigator.storage;
    storage?.estimate().then(
      (estimate) => {
        if (!over) setSpace({ usedBytes: estimate.usage ?? 0, quotaBytes: estimate.quota ?? 0 });
      },
      () => undefined,
    );
    return () => {
      over = true;
    };
  }, []);
  const megabytes = (bytes: number) => decimal(bytes / 1e6, i18n.locale);
  return (
    <WorkshopShell>
      <main className="page" id="main">
        <h1>
          <Trans>About Thora</Trans>
        </h1>
        <section className="card stack">
          <p>
            <Trans>
              Thora turns bytes from motion sensors into angles, repetitions and a saved session, in this
              browser and on the command line. A prototype, not a medical device.
            </Trans>
          </p>
          <dl className="pairs">
            <dt>
              <Trans>Version</Trans>
            </dt>
            <dd>{__THORA_VERSION__}</dd>
            <dt>
              <Trans>Licence</Trans>
            </dt>
            <dd>MIT</dd>
            <dt>
              <Trans>Storage</Trans>
            </dt>
            <dd>
              {space === null ? (
                '–'
              ) : (
                <Trans>
                  {megabytes(space.usedBytes)} MB used of {megabytes(space.quotaBytes)} MB
                </Trans>
              )}
            </dd>
            <dt>
              <Trans>Browser</Trans>
            </dt>
            <dd className="small">{navigator.userAgent}</dd>
          </dl>
          <CopyDiagnostics />
        </section>
      </main>
    </WorkshopShell>
  );
}
