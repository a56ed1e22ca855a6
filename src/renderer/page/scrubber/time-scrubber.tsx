import { Suspense } from 'react';
import { lazyPart } from '../../ui/layout/lazy-part';
import { PartBoundary } from '../../ui/layout/part-boundary';
import type { ScrubberBarProps } from './scrubber-bar';

const ScrubberBar = lazyPart(() => import('./scrubber-bar'), 'ScrubberBar');

/** The time of all that is kept, with the page's window in it. Its room is taken before it has come, so that nothing moves. */
export function TimeScrubber(props: ScrubberBarProps) {
  return (
    <PartBoundary what="The bar of time">
      <div className="h-[2.875rem] shrink-0 border-b border-line bg-surface">
        <Suspense>
          <ScrubberBar {...props} />
        </Suspense>
      </div>
    </PartBoundary>
  );
}
