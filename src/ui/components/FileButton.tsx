import Upload from 'lucide-react/icons/upload';

/** Asks for a file; the same one may be chosen again. */
export function FileButton({
  label,
  onFile,
}: {
  readonly label: string;
  readonly onFile: (file: File) => void;
}) {
  return (
    <div className="file-drop">
      <input
        type="file"
        aria-label={label}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file !== undefined) onFile(file);
        }}
      />
      <span className="button button-second button-small" aria-hidden="true">
        <Upload size={20} strokeWidth={1.75} />
        {label}
      </span>
    </div>
  );
}
