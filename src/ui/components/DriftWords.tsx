import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { DEG_PER_RAD } from '../../core/math/angle.ts';
import type { DriftAudit } from '../session-summary.ts';
import { decimal } from '../text/number-text.ts';

/** Whether the sensors' zero stayed where it was during a set, and what was done about it. */
export function DriftWords({ audit }: { readonly audit: DriftAudit }) {
  const { i18n } = useLingui();
  const { closureRad, corrected, leftOut } = audit;
  return (
    <p className="small">
      {closureRad === null ? (
        <Trans>Zero not checked: you were not still at the end.</Trans>
      ) : (
        <Trans>
          Zero checked: {decimal(closureRad * DEG_PER_RAD, i18n.locale)}° between the start and the end.
        </Trans>
      )}
      {corrected > 0 && (
        <>
          {' '}
          <Plural
            value={corrected}
            one="A small drift was taken out of # move."
            other="A small drift was taken out of # moves."
          />
        </>
      )}
      {leftOut > 0 && (
        <>
          {' '}
          <Plural
            value={leftOut}
            one="# move did not count because the zero moved too far."
            other="# moves did not count because the zero moved too far."
          />
        </>
      )}
    </p>
  );
}
