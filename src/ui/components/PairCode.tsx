import { Trans } from '@lingui/react/macro';

/** The code that both ends compare, by eye or by telephone. */
export function PairCode({ code, onSame }: { readonly code: string; readonly onSame: () => void }) {
  return (
    <section className="card stack">
      <h2>
        <Trans>Compare the code</Trans>
      </h2>
      <p>
        <Trans>Both ends must show the same five numbers. Read them to each other.</Trans>
      </p>
      <p className="recovery-code pair-code">{code}</p>
      <button type="button" className="button button-primary button-small" onClick={onSame}>
        <Trans>The code is the same</Trans>
      </button>
      <p className="small">
        <Trans>If it differs, do not go on: ask for a new card.</Trans>
      </p>
    </section>
  );
}
