import { useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import type { SessionSummary } from '../../../../shared/sessions/session';
import { usePageKeys } from '../../../page/page-keys';
import { keepTime } from '../../../page/time-window';
import { classNames } from '../../../ui/class-names';
import { NewRows } from '../../../ui/list/new-rows';
import { useHeldRows } from '../../../ui/list/use-held-rows';
import { useReaderAt } from '../../../ui/list/use-reader-at';
import { sessionColumns } from './session-columns';
import { SessionRow, sessionRowHeight } from './session-row';

/** Rows of sessions. They hold still while the reader is at them; what came meanwhile is counted. */
export function SessionList({ sessions }: { sessions: readonly SessionSummary[] }) {
  const frame = useRef<HTMLElement>(null);
  const navigate = useNavigate();
  const reader = useReaderAt();
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const [released, setReleased] = useState(false);
  const place = sessions.findIndex(({ id }) => id === selectedId);
  const { shown, waiting } = useHeldRows(sessions, (reader.at || place > 0) && !released);
  if (released) setReleased(false);
  const selected = shown.findIndex(({ id }) => id === selectedId);
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => frame.current,
    estimateSize: () => sessionRowHeight,
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
  const open = () => {
    const session = shown[selected];
    if (session) void navigate({ to: '/sessions/$ref', params: { ref: session.id }, search: keepTime });
  };
  usePageKeys('Sessions', [
    { key: 'j', label: 'Next session', run: () => select(selected + 1) },
    { key: 'k', label: 'Previous session', run: () => select(Math.max(0, selected - 1)) },
    { key: 'ArrowDown', label: 'Next session', run: () => select(selected + 1) },
    { key: 'ArrowUp', label: 'Previous session', run: () => select(Math.max(0, selected - 1)) },
    { key: 'Enter', label: 'Open the selected session', run: open },
    { key: 'n', label: 'Jump to the first', run: toNewest },
  ]);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <SessionListHead />
      <NewRows waiting={waiting} onShow={toNewest} />
      <section
        ref={frame}
        aria-label="Sessions"
        data-testid="session-list"
        className="min-h-0 flex-1 overflow-y-scroll bg-surface"
        {...reader.handlers}
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
