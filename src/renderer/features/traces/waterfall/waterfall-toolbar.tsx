import { ChevronDown, ChevronUp, Minus, Plus, TriangleAlert, ZoomOut } from 'lucide-react';
import type { TraceLayout } from '../../../../shared/trace/layout-trace';
import { Button } from '../../../ui/controls/button';
import { IconButton } from '../../../ui/controls/icon-button';
import { SearchInput } from '../../../ui/controls/search-input';
import type { WaterfallState } from './use-waterfall';
import { WaterfallLegend } from './waterfall-legend';

/** Search inside the trace, depth, errors, zoom. */
export function WaterfallToolbar({ state, layout }: { state: WaterfallState; layout: TraceLayout }) {
  const { found, failed, selected, text } = state;
  const place = found.indexOf(selected) + 1;
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
      {text.trim() !== '' && (
        <>
          <span className="text-xs text-muted tabular" role="status">
            {found.length === 0 ? 'no span matches' : `${place || '–'} of ${found.length}`}
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
      <span className="ml-auto flex items-center gap-1 text-xs text-muted">
        Levels shown
        <IconButton
          label="One level less"
          size="sm"
          disabled={state.depth === 0}
          onClick={() => state.showDepth(state.depth - 1)}
        >
          <Minus size={13} />
        </IconButton>
        <span className="min-w-14 text-center tabular">
          {state.depth + 1} of {layout.maxDepth + 1}
        </span>
        <IconButton
          label="One level more"
          size="sm"
          disabled={state.depth === layout.maxDepth}
          onClick={() => state.showDepth(state.depth + 1)}
        >
          <Plus size={13} />
        </IconButton>
      </span>
      <WaterfallLegend />
      {state.zoomed && (
        <Button size="sm" onClick={state.showAll}>
          <ZoomOut size={13} /> Show all
        </Button>
      )}
      {failed.length > 0 && (
        <Button size="sm" tone="danger" onClick={state.nextFailed}>
          <TriangleAlert size={13} /> Next error
        </Button>
      )}
    </div>
  );
}
