import { useId, type ReactNode } from 'react';

const POINTS = 11;

/** Whole points from 0 to 10 as radio buttons. */
export function PointScale({
  legend,
  value,
  ends,
  onChoose,
  onTap,
}: {
  readonly legend: ReactNode;
  readonly value: number | null;
  /** What 0 and 10 stand for. */
  readonly ends: { readonly least: ReactNode; readonly most: ReactNode };
  readonly onChoose: (value: number) => void;
  /** A finger or mouse chose it. Keys that walk through the values only choose. */
  readonly onTap?: ((value: number) => void) | undefined;
}) {
  const name = useId();
  return (
    <>
      <fieldset className="pain">
        <legend>{legend}</legend>
        {Array.from({ length: POINTS }, (_, level) => (
          <label key={level}>
            <input
              type="radio"
              name={name}
              value={level}
              checked={value === level}
              onChange={() => onChoose(level)}
              onClick={(event) => {
                // Keys click as well, without a count.
                if (event.detail > 0) onTap?.(level);
              }}
            />
            <span>{level}</span>
          </label>
        ))}
      </fieldset>
      <p className="row row-apart small">
        <span>{ends.least}</span>
        <span>{ends.most}</span>
      </p>
    </>
  );
}
