import type { ReactNode } from 'react';
import { classNames } from '../class-names';

interface SectionProps {
  title: string;
  /** Controls at the right end of the title. */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A titled part of a page, set on a surface. */
export function Section({ title, aside, className, children }: SectionProps) {
  return (
    <section className={classNames('rounded-lg border border-line bg-surface', className)}>
      <header className="flex min-h-9 items-center justify-between gap-3 border-b border-line px-3">
        <h2 className="text-sm font-semibold">{title}</h2>
        {aside}
      </header>
      <div className="divide-y divide-line">{children}</div>
    </section>
  );
}
