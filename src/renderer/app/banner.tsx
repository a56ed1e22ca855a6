import type { ReactNode } from 'react';
import { type Health, HealthMark } from '../ui/marks/health-mark';

interface BannerProps {
  health: Health;
  /** The way out, as a button; it stands at the end. */
  action: ReactNode;
  children: ReactNode;
}

/** One line under the status strip, on every page. */
export function Banner({ health, action, children }: BannerProps) {
  return (
    <div role="status" className="flex items-center gap-2.5 border-b border-warn/40 bg-warn-soft px-3 py-1.5 text-sm">
      <HealthMark health={health} />
      <span className="min-w-0 flex-1 wrap-anywhere">{children}</span>
      <span className="shrink-0">{action}</span>
    </div>
  );
}
