import type { ReactNode } from 'react';
import { classNames } from '../ui/class-names';

interface PageBodyProps {
  className?: string;
  /** Its parts stand beside each other, two and two, where the window has room for that. */
  paired?: boolean;
  children: ReactNode;
}

const pairs = 'items-start min-[1800px]:max-w-none min-[1800px]:grid-cols-2';

/** What a page shows below its header: scrolls by itself, and is as wide on every page, from the left like the title. */
export function PageBody({ className, paired = false, children }: PageBodyProps) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-4">
      <div className={classNames('grid max-w-[92rem] grid-cols-[minmax(0,1fr)] gap-4', paired && pairs, className)}>
        {children}
      </div>
    </div>
  );
}
