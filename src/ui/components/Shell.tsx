import { useLingui } from '@lingui/react/macro';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { BrandSign } from './Brand.tsx';

export interface Place {
  readonly href: string;
  readonly label: string;
  readonly icon: LucideIcon;
}

/** Bottom bar on a phone, rail on a desktop. */
export function Shell({
  places,
  children,
}: {
  readonly places: readonly Place[];
  readonly children: ReactNode;
}) {
  const { t } = useLingui();
  const [here] = useLocation();
  // A page below a place belongs to it; of two that fit, to the nearer.
  const home = places
    .filter(({ href }) => here === href || here.startsWith(`${href}/`))
    .reduce((nearest, { href }) => (href.length > nearest.length ? href : nearest), '');
  return (
    <>
      <div className="with-rail shell-content">{children}</div>
      <nav className="tabs" aria-label={t`Main`}>
        <Link href="/welcome" className="tabs-mark" aria-label={t`Thora, welcome page`}>
          <BrandSign size={36} />
        </Link>
        {places.map(({ href, label, icon: Icon }) => (
          <Link
            key={href}
            href={href}
            aria-current={here === href ? 'page' : href === home ? 'true' : undefined}
          >
            <span className="tab-pill">
              <Icon size={24} strokeWidth={1.75} aria-hidden="true" />
            </span>
            {label}
          </Link>
        ))}
      </nav>
    </>
  );
}
