import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { SessionRun, SessionSummary } from '../../../../shared/sessions/session';
import type { SessionEntry } from '../../../../shared/sessions/session-entry';
import { formatCount } from '../../../client/format-number';
import { usePageKeys } from '../../../page/page-keys';
import { classNames } from '../../../ui/class-names';
import { SearchInput } from '../../../ui/controls/search-input';
import { Tabs } from '../../../ui/controls/tabs';
import { type EntryFilter, entryFilters, filterEntries } from './filter-entries';
import { RunCard } from './run-card';
import { TimelineEntry } from './timeline-entry';
import { timelineRows } from './timeline-rows';

interface SessionTimelineProps {
  session: SessionSummary;
  entries: readonly SessionEntry[];
  runs: readonly SessionRun[];
  /** Id of the entry that is open by the address. */
  opened: string | undefined;
  onOpen: (id: string | undefined) => void;
  onLeave: () => void;
}

/** What happened in a session, by time; only what is in sight is in the page. It sticks to the end while the reader is there. */
export function SessionTimeline({ session, entries, runs, opened, onOpen, onLeave }: SessionTimelineProps) {
  const frame = useRef<HTMLElement>(null);
  const [filter, setFilter] = useState<EntryFilter>('all');
  const [text, setText] = useState('');
  const [selectedKey, setSelectedKey] = useState<string | undefined>(opened);
  const atEnd = useRef(false);
  const found = useMemo(() => filterEntries(entries, filter, text), [entries, filter, text]);
  const rows = useMemo(
    () => timelineRows(found, filter === 'prompts' || text !== '' ? [] : runs),
    [found, runs, filter, text],
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: (index) => (rows[index]!.kind === 'run' ? 64 : 32),
    getItemKey: (index) => rows[index]!.key,
    overscan: 12,
  });
  const selected = rows.findIndex(({ key }) => key === selectedKey);
  const select = (index: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    setSelectedKey(rows[next]?.key);
    virtual.scrollToIndex(next, { align: 'auto' });
  };
  const goTo = (id: string) => {
    setFilter('all');
    setText('');
    setSelectedKey(id);
    onOpen(id);
  };
  // Where the address or a link names one, it is brought into sight.
  useEffect(() => {
    const place = opened === undefined ? -1 : rows.findIndex(({ key }) => key === opened);
    if (place >= 0) virtual.scrollToIndex(place, { align: 'auto' });
  }, [opened, rows, virtual]);
  useEffect(() => {
    if (atEnd.current && rows.length > 0) virtual.scrollToIndex(rows.length - 1, { align: 'end' });
  }, [rows.length, virtual]);
  const toggle = () => {
    const row = rows[selected];
    if (row?.kind === 'entry') onOpen(opened === row.key ? undefined : row.key);
  };
  usePageKeys('Session', [
    { key: 'j', label: 'Next entry', run: () => select(selected + 1) },
    { key: 'k', label: 'Previous entry', run: () => select(Math.max(0, selected - 1)) },
    { key: 'ArrowDown', label: 'Next entry', run: () => select(selected + 1) },
    { key: 'ArrowUp', label: 'Previous entry', run: () => select(Math.max(0, selected - 1)) },
    { key: 'Enter', label: 'Open the selected entry, or close it', run: toggle },
    { key: 'n', label: 'To the last', run: () => select(rows.length - 1) },
    { key: 'Escape', label: 'Close the entry, then all sessions', run: () => (opened ? onOpen(undefined) : onLeave()) },
  ]);
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line bg-raised px-4 py-1.5">
        <SearchInput
          pageSearch
          aria-label="Search in the session"
          placeholder="Search in the session"
          className="w-64"
          value={text}
          onChange={setText}
        />
        <Tabs label="What is shown" look="segment" value={filter} onChange={setFilter} tabs={entryFilters} />
        <span className="text-xs text-muted tabular" data-testid="entry-count">
          {found.length === entries.length
            ? `${formatCount(entries.length)} ${entries.length === 1 ? 'entry' : 'entries'}`
            : `${formatCount(found.length)} of ${formatCount(entries.length)} entries`}
        </span>
      </div>
      <section
        ref={frame}
        aria-label="Time line"
        data-testid="timeline"
        className="min-h-0 flex-1 overflow-y-auto bg-surface text-sm"
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          atEnd.current = scrollTop > 0 && scrollTop + clientHeight >= scrollHeight - 4;
        }}
      >
        {rows.length === 0 && <p className="p-4 text-faint">Nothing of this kind happened.</p>}
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ key, index, start }) => {
            const row = rows[index]!;
            return (
              <div
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                data-entry={row.key}
                className={classNames('absolute inset-x-0', index === selected && 'bg-selected')}
                style={{ transform: `translateY(${start}px)` }}
              >
                {row.kind === 'entry' ? (
                  <TimelineEntry
                    entry={row.entry}
                    level={row.level}
                    startedAt={session.startedAt}
                    open={opened === row.key}
                    onToggle={() => {
                      setSelectedKey(row.key);
                      onOpen(opened === row.key ? undefined : row.key);
                    }}
                    onGoTo={goTo}
                  />
                ) : (
                  <div className={classNames('py-1 pr-4', row.level === 2 ? 'pl-42' : 'pl-36')}>
                    <RunCard told={row.run} />
                  </div>
                )}
              </div>
            );
          })}
        </div>
      </section>
    </>
  );
}
