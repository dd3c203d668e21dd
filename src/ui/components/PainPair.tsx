import { Trans, useLingui } from '@lingui/react/macro';
import ChevronRight from 'lucide-react/icons/chevron-right';

/** Pain before and after a session, 0 to 10; null where it was not said. */
export function PainPair({
  before,
  after,
}: {
  readonly before: number | null;
  readonly after: number | null;
}) {
  const { t } = useLingui();
  return (
    <div className="pain-pair">
      <PainNow label={t`Pain before`} value={before} />
      <ChevronRight size={24} strokeWidth={1.75} aria-hidden="true" />
      <PainNow label={t`Pain after`} value={after} />
    </div>
  );
}

function PainNow({ label, value }: { readonly label: string; readonly value: number | null }) {
  return (
    <div>
      <p className="small">{label}</p>
      {value === null ? (
        <b>–</b>
      ) : (
        <p>
          <Trans>
            <b>{value}</b> <span className="muted">of 10</span>
          </Trans>
        </p>
      )}
    </div>
  );
}
