import { FoldVertical, Minus, Plus, UnfoldVertical, ZoomOut } from 'lucide-react';
import type { TraceLayout } from '../../../../shared/trace/layout-trace';
import { Button } from '../../../ui/controls/button';
import { IconButton } from '../../../ui/controls/icon-button';
import type { WaterfallState } from './use-waterfall';
import { WaterfallLegend } from './waterfall-legend';

/** What the waterfall alone has: repeated siblings folded or not, depth, legend, zoom. */
export function WaterfallToolbar({ state, layout }: { state: WaterfallState; layout: TraceLayout }) {
  const { repeats, folds } = state;
  return (
    <>
      {repeats.list.length > 0 && (
        <Button
          size="sm"
          tone="quiet"
          aria-pressed={folds}
          title={folds ? 'Show every span by itself (f)' : 'One line for siblings that do the same (f)'}
          onClick={() => state.setFolds(!folds)}
        >
          {folds ? <UnfoldVertical size={13} aria-hidden /> : <FoldVertical size={13} aria-hidden />}
          {folds ? 'Unfold repeats' : 'Fold repeats'}
        </Button>
      )}
      <span className="flex items-center gap-1 text-xs text-muted">
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
    </>
  );
}
