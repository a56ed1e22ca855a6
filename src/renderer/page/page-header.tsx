import type { ReactNode } from 'react';

/** The toolbar on top of a page: its name, then its controls. */
export function PageHeader({ title, mark, children }: { title: string; mark?: ReactNode; children?: ReactNode }) {
  return (
    <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-2 border-b border-line bg-surface px-4 py-2">
      <h1 className="mr-2 flex items-center gap-2 text-base font-semibold">
        {mark}
        {title}
      </h1>
      {children}
    </header>
  );
}
