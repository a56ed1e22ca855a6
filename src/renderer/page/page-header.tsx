import type { ReactNode } from 'react';

/** The toolbar on top of a page: its name, then its controls. */
export function PageHeader({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-2 border-b border-line bg-surface px-4 py-2">
      <h1 className="mr-2 text-base font-semibold">{title}</h1>
      {children}
    </header>
  );
}
