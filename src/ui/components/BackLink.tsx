import ChevronLeft from 'lucide-react/icons/chevron-left';
import { Link } from 'wouter';

/** The arrow before a page's title. */
export function BackLink({
  href,
  label,
  isPrinted = true,
}: {
  readonly href: string;
  /** Where it leads, for who does not see the arrow. */
  readonly label: string;
  readonly isPrinted?: boolean;
}) {
  return (
    <Link
      href={href}
      className={`icon-button back-link${isPrinted ? '' : ' print-hidden'}`}
      aria-label={label}
    >
      <ChevronLeft size={24} strokeWidth={1.75} aria-hidden="true" />
    </Link>
  );
}
