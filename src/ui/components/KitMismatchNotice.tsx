import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import type { KitMismatch } from '../../core/care/clinic/kit-match.ts';
import { libraryWords } from '../text/exercise-library-text.ts';
import { placeWords } from '../text/library-label-text.ts';
import { Notice } from './Notice.tsx';

/** Which sensor of the clinic's plan is not there, and what goes by the clock for that. */
export function KitMismatchNotice({ mismatch: { missing, byClock } }: { readonly mismatch: KitMismatch }) {
  const { t, i18n } = useLingui();
  const list = new Intl.ListFormat(i18n.locale, { type: 'conjunction' });
  const places = list.format(missing.map((place) => t(placeWords(place))));
  const titles = list.format(byClock.map((id) => t(libraryWords(id).title)));
  return (
    <Notice tone="info">
      {missing.length > 0 && (
        <p>
          <Plural
            value={missing.length}
            one={`Your clinic's plan has a sensor that you do not wear: ${places}.`}
            other={`Your clinic's plan has sensors that you do not wear: ${places}.`}
          />
        </p>
      )}
      {byClock.length > 0 && (
        <p>
          <Trans>By the clock instead, and not measured: {titles}.</Trans>
        </p>
      )}
      <Link href="/coming-in" className="button button-quiet button-small">
        <Trans>Say which sensors you have</Trans>
      </Link>
    </Notice>
  );
}
