import { Pause, Play } from 'lucide-react';
import type { FeedState } from '../client/use-live-feed';
import { Button } from '../ui/controls/button';
import { FeedMark } from '../ui/marks/feed-mark';

interface LiveControlsProps {
  feed: FeedState;
  /** The list holds still: by the button, or because the reader is at it. */
  held: boolean;
  /** Held by the button. */
  paused: boolean;
  onPause: () => void;
}

/** How a live list stands, and the button that stops it or lets it go on. */
export function LiveControls({ feed, held, paused, onPause }: LiveControlsProps) {
  return (
    <>
      <FeedMark state={feed} held={held} />
      {feed.kind !== 'refused' && (
        <Button aria-pressed={paused} onClick={onPause} title={paused ? 'Follow (p)' : 'Pause (p)'}>
          {paused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
          {paused ? 'Follow' : 'Pause'}
        </Button>
      )}
    </>
  );
}
