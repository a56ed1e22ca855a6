import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Run } from '../../../../shared/runs/run';
import { usePageKeys } from '../../../page/page-keys';
import { keepTime } from '../../../page/time-window';
import { classNames } from '../../../ui/class-names';
import { NewRows } from '../../../ui/list/new-rows';
import { useHeldList } from '../../../ui/list/use-held-list';
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
  const { rows, shown, waiting, selected, frame, toNext, toPrevious, toFirst } = useHeldList(runs, runRowHeight);
  const navigate = useNavigate();
  const run = shown[selected];
  usePageKeys('Runs', [
    { key: 'j', label: 'Next run', run: toNext },
    { key: 'k', label: 'Previous run', run: toPrevious },
    { key: 'ArrowDown', label: 'Next run', run: toNext },
    { key: 'ArrowUp', label: 'Previous run', run: toPrevious },
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
    { key: 'n', label: 'Jump to the newest', run: toFirst },
  ]);

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <RunListHead />
      <NewRows waiting={waiting} onShow={toFirst} />
      <section
        aria-label="Runs"
        data-testid="run-list"
        className="min-h-0 flex-1 overflow-y-scroll bg-surface"
        {...frame}
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
        <span className={runColumns.errors} title="Spans that failed, and log lines of errors">
          Errors
        </span>
        <span className={runColumns.findings}>Findings</span>
        <span className={runColumns.started}>Started</span>
        <span className={runColumns.duration}>Took</span>
      </span>
      <span className={runColumns.acts} />
    </div>
  );
}
