import type { ReactNode } from 'react';
import { classNames } from '../ui/class-names';

/** What a page shows below its header: scrolls by itself, and is as wide on every page, from the left like the title. */
export function PageBody({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-4">
      <div className={classNames('grid max-w-[92rem] grid-cols-[minmax(0,1fr)] gap-4', className)}>{children}</div>
    </div>
  );
}
