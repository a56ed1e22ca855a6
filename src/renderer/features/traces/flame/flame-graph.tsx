import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { TraceLayout } from '../../../../shared/trace/layout-trace';
import { type MergedPath, mergePaths } from '../../../../shared/trace-paths/merge-paths';
import { type PageKey, usePageKeys } from '../../../page/page-keys';
import type { PickedSpans } from '../waterfall/use-waterfall';
import { FlameFrame } from './flame-frame';
import { FlameSummary } from './flame-summary';
import { placeFrames } from './place-frames';

const rowHeight = 24;
/** Frames that are a smaller part of what is shown are not drawn. */
const leastShown = 1 / 1000;

interface FlameGraphProps {
  layout: TraceLayout;
  own: readonly number[];
  /** Positions that the search inside the trace found. */
  found: ReadonlySet<number>;
  /** Keys of the page beside those of this view. */
  keys: readonly PageKey[];
  /** Marks spans in the waterfall and goes there. */
  onPick: (picked: PickedSpans) => void;
}

/** Where the work of a trace went: spans that do the same under the same are one frame, as wide as their work and that below. */
export function FlameGraph({ layout, own, found, keys, onPick }: FlameGraphProps) {
  const paths = useMemo(() => mergePaths(layout, [...own]), [layout, own]);
  const frames = useMemo(() => placeFrames(paths), [paths]);
  const [focus, setFocus] = useState(-1);
  const [chosen, setChosen] = useState(-1);
  const view = frames[focus] ?? { from: 0, to: 1 };
  const least = (view.to - view.from) * leastShown;
  const { levels, hidden } = useMemo(() => {
    const byDepth: number[][] = [];
    let narrow = 0;
    for (const [index, { from, to }] of frames.entries()) {
      if (to <= view.from || from >= view.to) continue;
      if (to - from < least) narrow += 1;
      else {
        const { depth } = paths[index]!;
        byDepth[depth] ??= [];
        byDepth[depth].push(index);
      }
    }
    return { levels: byDepth, hidden: narrow };
  }, [frames, paths, view.from, view.to, least]);
  const matching = useMemo(
    () => new Set(paths.flatMap(({ spans }, index) => (spans.some((position) => found.has(position)) ? [index] : []))),
    [paths, found],
  );

  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: levels.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 5,
  });
  const level = paths[chosen]?.depth ?? -1;
  useEffect(() => {
    if (level >= 0) virtual.scrollToIndex(level, { align: 'auto' });
  }, [level, virtual]);

  const beside = (by: 1 | -1) => {
    const row = levels[level] ?? [];
    setChosen(chosen === -1 ? (levels[0]?.[0] ?? -1) : (row[row.indexOf(chosen) + by] ?? chosen));
  };
  const down = () =>
    setChosen(chosen === -1 ? (levels[0]?.[0] ?? -1) : (widest(paths, chosen, levels[level + 1]) ?? chosen));
  const up = () => {
    const above = paths[chosen]?.parent ?? -1;
    if (above !== -1) setChosen(above);
  };
  const pick = () => {
    const path = paths[chosen];
    if (path) onPick({ label: `${path.service} ${path.name}`, positions: path.spans });
  };
  usePageKeys('Trace', [
    { key: 'ArrowDown', label: 'To the widest below', run: down },
    { key: 'ArrowUp', label: 'To the one above', run: up },
    { key: 'ArrowLeft', label: 'The one before', run: () => beside(-1) },
    { key: 'ArrowRight', label: 'The one after', run: () => beside(1) },
    { key: 'Enter', label: 'Zoom to the frame', run: () => chosen >= 0 && setFocus(chosen) },
    { key: 'w', label: 'Show its spans in the waterfall', run: pick },
    ...keys.filter(({ key }) => key !== 'Escape'),
    {
      key: 'Escape',
      label: 'Show all, choose none',
      run: () => (focus >= 0 ? setFocus(paths[focus]!.parent) : setChosen(-1)),
    },
  ]);

  return (
    <div className="flex min-h-0 flex-1 flex-col bg-surface">
      <FlameSummary
        path={paths[chosen] ?? paths[focus]}
        whole={paths.reduce((sum, { parent, work }) => (parent === -1 ? sum + work : sum), 0)}
        hidden={hidden}
        zoomed={focus >= 0}
        onShowAll={() => setFocus(-1)}
        onPick={chosen >= 0 ? pick : undefined}
      />
      <div
        ref={frame}
        className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto px-4 py-2"
        role="tree"
        aria-label="Flame graph of the trace"
        data-testid="flame-graph"
      >
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual
            .getVirtualItems()
            .flatMap(({ index: depth, start }) =>
              (levels[depth] ?? []).map((index) => (
                <FlameFrame
                  key={index}
                  path={paths[index]!}
                  left={Math.max(0, (frames[index]!.from - view.from) / (view.to - view.from))}
                  right={Math.min(1, (frames[index]!.to - view.from) / (view.to - view.from))}
                  top={start}
                  chosen={index === chosen}
                  dim={found.size > 0 && !matching.has(index)}
                  found={matching.has(index)}
                  onChoose={() => setChosen(index)}
                  onZoom={() => setFocus(index)}
                />
              )),
            )}
        </div>
      </div>
    </div>
  );
}

function widest(paths: readonly MergedPath[], parent: number, among: readonly number[] = []): number | undefined {
  const children = among.filter((index) => paths[index]!.parent === parent);
  return children.toSorted((a, b) => paths[b]!.work - paths[a]!.work)[0];
}
