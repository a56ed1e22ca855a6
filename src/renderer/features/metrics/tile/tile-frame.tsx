import type { ReactNode } from 'react';
import { classNames } from '../../../ui/class-names';

interface TileFrameProps {
  /** A link or a name. */
  title: ReactNode;
  /** What the lines are. */
  note?: ReactNode;
  /** Buttons at its right. */
  actions?: ReactNode;
  /** Where the keyboard stands. */
  current?: boolean;
  dimmed?: boolean;
  className?: string;
  children: ReactNode;
}

/** A small chart with its name. */
export function TileFrame({ title, note, actions, current, dimmed, className, children }: TileFrameProps) {
  return (
    <article
      aria-current={current || undefined}
      className={classNames(
        'min-w-0 rounded-lg border bg-surface px-2.5 pt-1.5 pb-2',
        current ? 'border-accent' : 'border-line',
        dimmed && 'bg-transparent text-faint',
        className,
      )}
    >
      <header className="flex h-6 min-w-0 items-center gap-2">
        <h3 className="min-w-0 flex-1 truncate text-xs font-medium">{title}</h3>
        {note && <span className="max-w-1/2 shrink truncate text-2xs text-muted">{note}</span>}
        {actions}
      </header>
      {children}
    </article>
  );
}
