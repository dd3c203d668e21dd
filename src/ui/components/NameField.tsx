/** What somebody wants to be called. */
const LONGEST_NAME = 40;

export function NameField({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (name: string) => void;
}) {
  return (
    <label className="field">
      <span className="small">{label}</span>
      <input
        type="text"
        required
        pattern=".*\S.*"
        maxLength={LONGEST_NAME}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
