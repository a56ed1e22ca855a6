import { lazy, Suspense } from 'react';
import type { ScrubberBarProps } from './scrubber-bar';

const ScrubberBar = lazy(() => import('./scrubber-bar'));

/** The time of all that is kept, with the page's window in it. Its room is taken before it has come, so that nothing moves. */
export function TimeScrubber(props: ScrubberBarProps) {
  return (
    <div className="h-[2.875rem] shrink-0 border-b border-line bg-surface">
      <Suspense>
        <ScrubberBar {...props} />
      </Suspense>
    </div>
  );
}
