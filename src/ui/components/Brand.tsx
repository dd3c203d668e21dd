/** The sign: an arc over a spine. */
export function BrandSign({ size }: { readonly size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 28 28" aria-hidden="true">
      <path
        d="M3.2 17.5A11 11 0 0 1 24.8 17.5"
        fill="none"
        stroke="var(--primary)"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
      <circle cx="14" cy="11.6" r="2.5" fill="var(--target)" />
      <circle cx="14" cy="17.6" r="2" fill="var(--primary)" />
      <circle cx="14" cy="22.6" r="1.6" fill="var(--primary)" />
    </svg>
  );
}

export function Brand() {
  return (
    <span className="brand">
      <BrandSign size={34} />
      Thora
    </span>
  );
}
