import { useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useRef, useState } from 'react';
import type { Run } from '../../../../shared/runs/run';
import { usePageKeys } from '../../../page/page-keys';
import { keepTime } from '../../../page/time-window';
import { classNames } from '../../../ui/class-names';
import { NewRows } from '../../../ui/list/new-rows';
import { useHeldRows } from '../../../ui/list/use-held-rows';
import { useReaderAt } from '../../../ui/list/use-reader-at';
import type { RunActs } from '../marks/use-run-acts';
import { runColumns } from './run-columns';
import { RunRow, runRowHeight } from './run-row';

interface RunListProps {
  runs: readonly Run[];
  /** Ids of those that are to be compared. */
  chosen: readonly string[];
  onChoose: (run: Run) => void;
  onCompare: () => void;
  acts: RunActs;
  /** Below the last row. */
  foot?: ReactNode;
}

/** Rows of runs, newest first. They hold still while the reader is at them; what came meanwhile is counted. */
export function RunList({ runs, chosen, onChoose, onCompare, acts, foot }: RunListProps) {
  const frame = useRef<HTMLElement>(null);
  const navigate = useNavigate();
  const reader = useReaderAt();
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const [released, setReleased] = useState(false);
  const place = runs.findIndex(({ id }) => id === selectedId);
  const { shown, waiting } = useHeldRows(runs, (reader.at || place > 0) && !released);
  if (released) setReleased(false);
  const selected = shown.findIndex(({ id }) => id === selectedId);
  const run = shown[selected];
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => frame.current,
    estimateSize: () => runRowHeight,
    getItemKey: (index) => shown[index]!.id,
    overscan: 8,
  });

  const select = (index: number) => {
    const next = Math.max(0, Math.min(shown.length - 1, index));
    setSelectedId(shown[next]?.id ?? null);
    rows.scrollToIndex(next);
  };
  const toNewest = () => {
    frame.current?.scrollTo({ top: 0 });
    setSelectedId(null);
    setReleased(true);
  };
  const next = () => select(selected + 1);
  const previous = () => select(Math.max(0, selected - 1));
  usePageKeys('Runs', [
    { key: 'j', label: 'Next run', run: next },
    { key: 'k', label: 'Previous run', run: previous },
    { key: 'ArrowDown', label: 'Next run', run: next },
    { key: 'ArrowUp', label: 'Previous run', run: previous },
    {
      key: 'Enter',
      label: 'Open the selected run',
      run: () => run && void navigate({ to: '/runs/$ref', params: { ref: run.id }, search: keepTime }),
    },
    { key: 'x', label: 'Choose the selected run to compare', run: () => run && onChoose(run) },
    { key: 'c', label: 'Compare the two that are chosen', run: onCompare },
    { key: 'p', label: 'Pin the selected run, or let it go', run: () => run && acts.pin(run) },
    { key: 'e', label: 'Label the selected run', run: () => run && acts.label(run) },
    { key: 'Delete', label: 'Delete the selected run', run: () => run && acts.remove(run) },
    { key: 'n', label: 'Jump to the newest', run: toNewest },
  ]);

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <RunListHead />
      <NewRows waiting={waiting} onShow={toNewest} />
      <section
        ref={frame}
        aria-label="Runs"
        data-testid="run-list"
        className="min-h-0 flex-1 overflow-y-scroll bg-surface"
        {...reader.handlers}
      >
        <ul className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ key, index, start }) => {
            const each = shown[index]!;
            return (
              <li key={key} className="absolute inset-x-0" style={{ transform: `translateY(${start}px)` }}>
                <RunRow
                  run={each}
                  selected={index === selected}
                  chosen={chosen.includes(each.id)}
                  onChoose={() => onChoose(each)}
                  acts={acts}
                />
              </li>
            );
          })}
        </ul>
        {foot}
      </section>
    </div>
  );
}

function RunListHead() {
  return (
    <div
      className={classNames(
        runColumns.row,
        'h-7 shrink-0 overflow-y-scroll border-b border-line bg-surface text-xs font-medium text-muted [scrollbar-color:transparent_transparent]',
      )}
    >
      <span className={runColumns.choose} />
      <span className="flex min-w-0 flex-1 items-center gap-3">
        <span className={runColumns.name}>Run</span>
        <span className={runColumns.revision}>Revision</span>
        <span className={runColumns.end}>Ended</span>
        <span className={runColumns.verdict} title="Against the last run of its name">
          Verdict
        </span>
        <span className={runColumns.errors}>Errors</span>
        <span className={runColumns.findings}>Findings</span>
        <span className={runColumns.started}>Started</span>
        <span className={runColumns.duration}>Took</span>
      </span>
      <span className={runColumns.acts} />
    </div>
  );
}
