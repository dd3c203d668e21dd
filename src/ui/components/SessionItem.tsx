import type { ReactNode } from 'react';

/** One line of what a session or a plan holds, within an ordered list `today-list`. */
export function SessionItem({
  number,
  title,
  detail,
  children,
}: {
  readonly number: number;
  readonly title: ReactNode;
  /** What it is good for, or why it is there. */
  readonly detail: ReactNode;
  /** How much of it. */
  readonly children: ReactNode;
}) {
  return (
    <li>
      <span className="today-number">{number}</span>
      <div className="grow">
        {title}
        <div className="small">{detail}</div>
      </div>
      {children}
    </li>
  );
}
