import { ChevronDown, ChevronUp, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatCount } from '../../../client/format-number';
import { Button } from '../../../ui/controls/button';
import { IconButton } from '../../../ui/controls/icon-button';
import { SearchInput } from '../../../ui/controls/search-input';
import type { WaterfallState } from './use-waterfall';

/** Search inside the trace and what was picked in it, from one to the next; `children`: what the view has beside. */
export function FindToolbar({ state, children }: { state: WaterfallState; children?: ReactNode }) {
  const { found, failed, selected, text, picked } = state;
  const place = found.indexOf(selected) + 1;
  const searches = text.trim() !== '';
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line bg-raised px-4 py-1.5">
      <SearchInput
        pageSearch
        aria-label="Search inside the trace"
        placeholder="Search inside the trace"
        className="w-72"
        value={text}
        onChange={state.setText}
        onKeyDown={(event) => event.key === 'Enter' && state.nextFound(event.shiftKey ? -1 : 1)}
      />
      {!searches && picked && (
        <span className="flex max-w-72 min-w-0 items-center gap-1 rounded-md bg-warn-soft py-0.5 pr-0.5 pl-2 text-xs">
          <span className="truncate" title={showPlainText(picked.label)}>
            {showPlainText(picked.label)}
          </span>
          <IconButton label="No longer mark these" size="sm" onClick={() => state.setPicked(null)}>
            <X size={13} />
          </IconButton>
        </span>
      )}
      {(searches || picked) && (
        <>
          <span className="text-xs text-muted tabular" role="status">
            {found.length === 0 ? 'no span matches' : `${place || '–'} of ${formatCount(found.length)}`}
          </span>
          <IconButton
            label="Previous match"
            size="sm"
            disabled={found.length === 0}
            onClick={() => state.nextFound(-1)}
          >
            <ChevronUp size={14} />
          </IconButton>
          <IconButton label="Next match" size="sm" disabled={found.length === 0} onClick={() => state.nextFound()}>
            <ChevronDown size={14} />
          </IconButton>
        </>
      )}
      <span className="ml-auto flex flex-wrap items-center gap-2">
        {children}
        {failed.length > 0 && (
          <Button size="sm" tone="danger" onClick={state.nextFailed}>
            <TriangleAlert size={13} /> Next error
          </Button>
        )}
      </span>
    </div>
  );
}
