import { LayoutGrid } from 'lucide-react';
import { useState } from 'react';
import type { BoardChart } from '../../../../shared/contract/host';
import { showPlainText } from '../../../../shared/show-plain-text';
import { useTimeRange } from '../../../page/use-time-range';
import { chooseStep } from '../../../ui/charts/choose-step';
import { EmptyState } from '../../../ui/layout/empty-state';
import { Spinner } from '../../../ui/marks/spinner';
import { CopyButton } from '../../../ui/text/copy-button';
import { fillTimes } from '../metric/query-times';
import { tilePoints } from '../query/use-tile-query';
import { AddChart } from './add-chart';
import { BoardTile } from './board-tile';
import { describeBoardForAgent } from './describe-board-for-agent';
import { moveChart } from './move-chart';
import { boardSize, useBoard } from './use-board';

/** The pinned charts, in an order of the reader's own. */
export function MetricBoard() {
  const { charts, replace } = useBoard();
  const { resolve } = useTimeRange();
  const [dragged, setDragged] = useState<string | null>(null);
  const [moved, setMoved] = useState('');
  if (!charts) {
    return (
      <div className="p-4">
        <Spinner />
      </div>
    );
  }
  const move = (id: string, to: number) => {
    const next = moveChart(charts, id, to);
    if (next === charts) return;
    replace(next);
    const at = next.findIndex((chart) => chart.id === id);
    setMoved(`${showPlainText(next[at]!.title)}: place ${at + 1} of ${next.length}`);
  };
  const window = resolve();
  const queryOf = (chart: BoardChart) => fillTimes(chart.query, window, chooseStep(window, tilePoints));
  const change = (id: string, patch: Partial<BoardChart>) =>
    replace(charts.map((chart) => (chart.id === id ? { ...chart, ...patch } : chart)));
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-4">
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <p className="text-xs text-muted tabular">
          {charts.length} of {boardSize} charts. Kept in the settings of this home, for everybody who opens it.
        </p>
        <span className="ml-auto" />
        {charts.length > 0 && (
          <CopyButton
            text={() => describeBoardForAgent(charts.map((chart) => ({ ...chart, query: queryOf(chart) })))}
            what="the board for an agent"
            label="For an agent"
            size="md"
          />
        )}
        <AddChart charts={charts} onAdd={(chart) => replace([...charts, chart])} />
      </div>
      <p aria-live="polite" className="sr-only">
        {moved}
      </p>
      {charts.length === 0 ? (
        <EmptyState icon={LayoutGrid} title="No chart is pinned yet">
          Pin one with the pin at its corner, on All metrics or on a metric's own page, or add a question in PromQL.
        </EmptyState>
      ) : (
        <ol className="grid grid-cols-[repeat(auto-fill,minmax(24rem,1fr))] gap-3">
          {charts.map((chart, index) => (
            <BoardTile
              key={chart.id}
              chart={chart}
              query={queryOf(chart)}
              isDragged={dragged === chart.id}
              onDrag={() => setDragged(chart.id)}
              onDragEnd={() => setDragged(null)}
              onDrop={() => dragged && move(dragged, index)}
              onMove={(by) => move(chart.id, index + by)}
              onTitle={(title) => change(chart.id, { title })}
              onRemove={() => replace(charts.filter(({ id }) => id !== chart.id))}
            />
          ))}
        </ol>
      )}
    </div>
  );
}
