import { useId, type ReactNode } from 'react';

export interface SegmentedChoice<T extends string> {
  readonly value: T;
  readonly label: ReactNode;
}

/** A few short choices side by side: radio buttons underneath. */
export function Segmented<T extends string>({
  label,
  value,
  choices,
  onChange,
}: {
  readonly label: string;
  /** Null: nothing is chosen yet. */
  readonly value: T | null;
  readonly choices: readonly SegmentedChoice<T>[];
  readonly onChange: (value: T) => void;
}) {
  const name = useId();
  return (
    <div className="segmented" role="radiogroup" aria-label={label}>
      {choices.map((choice) => (
        <label key={choice.value}>
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          <span>{choice.label}</span>
        </label>
      ))}
    </div>
  );
}
