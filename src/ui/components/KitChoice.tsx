import { Trans, useLingui } from '@lingui/react/macro';
import { Segmented } from './Segmented.tsx';

/** Own sensors, or the virtual kit that stands in for them. */
export function KitChoice({
  kit,
  onChange,
}: {
  readonly kit: 'bluetooth' | 'virtual';
  readonly onChange: (kit: 'bluetooth' | 'virtual') => void;
}) {
  const { t } = useLingui();
  return (
    <Segmented
      label={t`With which sensors?`}
      value={kit}
      onChange={onChange}
      choices={[
        { value: 'bluetooth', label: <Trans>My sensors</Trans> },
        { value: 'virtual', label: <Trans>Virtual kit</Trans> },
      ]}
    />
  );
}
