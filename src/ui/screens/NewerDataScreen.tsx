import { Trans } from '@lingui/react/macro';
import { Brand } from '../components/Brand.tsx';
import { Notice } from '../components/Notice.tsx';

/** The data were written by a newer Thora: nothing is touched, and the way to the newer one is shown. */
export function NewerDataScreen() {
  return (
    <main className="page" id="main">
      <Brand />
      <h1>
        <Trans>Thora needs its newest version</Trans>
      </h1>
      <Notice tone="warn" alert>
        <p>
          <b>
            <Trans>The sessions on this device were saved by a newer Thora than this one.</Trans>
          </b>
        </p>
        <p>
          <Trans>
            Nothing was changed, and nothing is lost. Go online and load this page again: then the newest
            Thora opens.
          </Trans>
        </p>
        <div className="notice-actions">
          <button type="button" className="button button-primary" onClick={() => location.reload()}>
            <Trans>Load again</Trans>
          </button>
        </div>
      </Notice>
    </main>
  );
}
