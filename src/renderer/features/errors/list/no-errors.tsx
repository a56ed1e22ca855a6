import { CircleCheck, SearchX } from 'lucide-react';
import { formatCount } from '../../../client/format-number';
import { EmptyWindow } from '../../../page/kept/empty-window';
import { Button } from '../../../ui/controls/button';
import { EmptyState } from '../../../ui/layout/empty-state';

interface NoErrorsProps {
  muted: number;
  filtered: boolean;
  onShowMuted: () => void;
  onClear: () => void;
}

/** In place of the list where nothing is to be listed. */
export function NoErrors({ muted, filtered, onShowMuted, onClear }: NoErrorsProps) {
  const showMuted = muted > 0 && <Button onClick={onShowMuted}>Show {formatCount(muted)} muted</Button>;
  if (filtered) {
    return (
      <EmptyState
        icon={SearchX}
        title="No error fits"
        actions={
          <>
            <Button onClick={onClear}>Clear the filters</Button>
            {showMuted}
          </>
        }
      >
        There may be others in this window, or this one in a longer one.
      </EmptyState>
    );
  }
  return (
    <EmptyWindow icon={CircleCheck} signal="spans" title="No errors in this window" actions={showMuted}>
      Exceptions that spans and log lines record, spans that fail and lines of error or worse stand here, each error
      once: by its type, its message and the code that threw it.
    </EmptyWindow>
  );
}
