import { useNavigate } from '@tanstack/react-router';
import type { SessionSummary } from '../../../../shared/sessions/session';
import { usePageKeys } from '../../../page/page-keys';
import { keepTime } from '../../../page/time-window';
import { classNames } from '../../../ui/class-names';
import { NewRows } from '../../../ui/list/new-rows';
import { useHeldList } from '../../../ui/list/use-held-list';
import { sessionColumns } from './session-columns';
import { SessionRow, sessionRowHeight } from './session-row';

/** Rows of sessions. They hold still while the reader is at them; what came meanwhile is counted. */
export function SessionList({ sessions }: { sessions: readonly SessionSummary[] }) {
  const { rows, shown, waiting, selected, frame, toNext, toPrevious, toFirst } = useHeldList(
    sessions,
    sessionRowHeight,
  );
  const navigate = useNavigate();
  const open = () => {
    const session = shown[selected];
    if (session) void navigate({ to: '/sessions/$ref', params: { ref: session.id }, search: keepTime });
  };
  usePageKeys('Sessions', [
    { key: 'j', label: 'Next session', run: toNext },
    { key: 'k', label: 'Previous session', run: toPrevious },
    { key: 'ArrowDown', label: 'Next session', run: toNext },
    { key: 'ArrowUp', label: 'Previous session', run: toPrevious },
    { key: 'Enter', label: 'Open the selected session', run: open },
    { key: 'n', label: 'Jump to the first', run: toFirst },
  ]);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <SessionListHead />
      <NewRows waiting={waiting} onShow={toFirst} />
      <section
        aria-label="Sessions"
        data-testid="session-list"
        className="min-h-0 flex-1 overflow-y-scroll bg-surface"
        {...frame}
      >
        <ul className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ key, index, start }) => (
            <li key={key} className="absolute inset-x-0" style={{ transform: `translateY(${start}px)` }}>
              <SessionRow session={shown[index]!} selected={index === selected} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function SessionListHead() {
  return (
    <div
      className={classNames(
        sessionColumns.row,
        'h-7 shrink-0 overflow-y-scroll border-b border-line bg-surface text-xs font-medium text-muted [scrollbar-color:transparent_transparent]',
      )}
    >
      <span className={sessionColumns.name}>Session</span>
      <span className={sessionColumns.repository}>Repository</span>
      <span className={sessionColumns.started}>Started</span>
      <span className={sessionColumns.last}>Last act</span>
      <span className={sessionColumns.prompts}>Prompts</span>
      <span className={sessionColumns.tools}>Tools</span>
      <span className={sessionColumns.failed} title="Tool calls and model calls that failed">
        Failed
      </span>
      <span className={sessionColumns.tokens}>Tokens</span>
      <span className={sessionColumns.cost}>Cost</span>
    </div>
  );
}
