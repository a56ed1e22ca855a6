import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { formatDuration } from '../../../../shared/format-duration';
import { showPlainText } from '../../../../shared/show-plain-text';
import type { ComparedPath } from '../../../../shared/trace-diff/compare-paths';
import { changeWords } from '../../../../shared/trace-diff/describe-path-changes';
import { formatCount } from '../../../client/format-number';
import { classNames } from '../../../ui/class-names';
import { serviceColour } from '../../../ui/marks/service-colour';
import { showTemplate } from '../../../ui/text/show-template';
import { changeSigns, changeTones } from './change-tones';

const rowHeight = 28;
const indent = 14;
const deepest = 16;
/** Beside the details of a row there is not room for all of them. */
const columns =
  'grid grid-cols-[minmax(9rem,1fr)_6.5rem_8.5rem] items-center gap-x-3 px-4 @min-[42rem]:grid-cols-[minmax(12rem,1fr)_6.5rem_8.5rem_8.5rem_4rem] @min-[56rem]:grid-cols-[minmax(18rem,1fr)_6.5rem_8.5rem_8.5rem_minmax(4rem,8rem)_4rem]';
const withTotals = 'hidden @min-[42rem]:block';
const withBars = 'hidden @min-[56rem]:block';
const textTones = { neutral: 'text-muted', accent: 'text-accent', ok: 'text-ok', warn: 'text-warn', bad: 'text-bad' };

interface ComparedPathsProps {
  paths: readonly ComparedPath[];
  /** Indexes of those to show. */
  rows: readonly number[];
  /** Index; -1 for none. */
  selected: number;
  onSelect: (index: number) => void;
}

/** The paths of both traces as one tree, with spans, times and what became of each. */
export function ComparedPaths({ paths, rows, selected, onSelect }: ComparedPathsProps) {
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  const row = rows.indexOf(selected);
  useEffect(() => {
    if (row >= 0) virtual.scrollToIndex(row, { align: 'auto' });
  }, [row, virtual]);
  const most = useMemo(
    () => paths.reduce((longest, { before, after }) => Math.max(longest, before?.own ?? 0, after?.own ?? 0), 1),
    [paths],
  );
  return (
    <div className="@container flex min-h-0 flex-1 flex-col overflow-x-auto bg-surface">
      <div className="flex min-h-0 min-w-[28rem] flex-1 flex-col">
        <div className={classNames(columns, 'h-7 shrink-0 border-b border-line-strong bg-raised text-xs text-muted')}>
          <span>Service and operation</span>
          <span>What became of it</span>
          <span className="text-right">Own time, A → B</span>
          <span className={classNames(withTotals, 'text-right')}>In all, A → B</span>
          <span className={withBars}>Own time</span>
          <span className={classNames(withTotals, 'text-right')}>Spans</span>
        </div>
        <div
          ref={frame}
          role="tree"
          aria-label="Structure of both traces"
          data-testid="compared-paths"
          className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto"
        >
          {rows.length === 0 && <p className="px-4 py-3 text-sm text-muted">Nothing differs.</p>}
          <div className="relative" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index: at, start }) => {
              const index = rows[at]!;
              return (
                <Row
                  key={index}
                  path={paths[index]!}
                  entersService={paths[paths[index]!.parent]?.service !== paths[index]!.service}
                  most={most}
                  chosen={index === selected}
                  top={start}
                  onSelect={() => onSelect(index)}
                />
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}

interface RowProps {
  path: ComparedPath;
  /** The path above is of another service, or there is none. */
  entersService: boolean;
  /** Nanoseconds of own time that fill a bar. */
  most: number;
  chosen: boolean;
  top: number;
  onSelect: () => void;
}

function Row({ path, entersService, most, chosen, top, onSelect }: RowProps) {
  const { before, after, change, depth } = path;
  const tone = textTones[changeTones[change]];
  return (
    <div
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={chosen}
      tabIndex={-1}
      className={classNames(
        columns,
        'absolute inset-x-0 h-7 cursor-pointer border-b border-line/60 text-sm',
        chosen ? 'bg-selected' : 'hover:bg-hover',
        change === 'gone' && 'text-muted',
      )}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onSelect}
      onKeyDown={(event) => event.key === 'Enter' && onSelect()}
    >
      <span className="flex min-w-0 items-center gap-1.5" style={{ paddingLeft: Math.min(depth, deepest) * indent }}>
        <span aria-hidden className="h-4 w-1 shrink-0 rounded-xs" style={{ background: serviceColour(path.service) }} />
        {depth > deepest && <span className="rounded bg-hover px-1 text-2xs text-muted tabular">{depth + 1}</span>}
        {entersService && (
          <span className="max-w-[40%] shrink-0 truncate text-xs text-muted">{showPlainText(path.service)}</span>
        )}
        <span
          className={classNames('min-w-0 truncate', change === 'gone' && 'line-through')}
          title={showTemplate(path.name)}
        >
          {showTemplate(path.name)}
        </span>
      </span>
      <span className={classNames('truncate text-xs', tone)}>
        {change !== 'same' && (
          <>
            <span aria-hidden>{changeSigns[change]} </span>
            {changeWords[change]}
          </>
        )}
      </span>
      <Change was={before?.own} is={after?.own} show={formatDuration} />
      <Change was={before?.total} is={after?.total} show={formatDuration} className={withTotals} />
      <span className={classNames(withBars, 'space-y-0.5')} aria-hidden>
        <span
          className="block h-1 min-w-px rounded-xs bg-line-strong"
          style={{ width: `${((before?.own ?? 0) / most) * 100}%` }}
        />
        <span
          className="block h-1.5 min-w-px rounded-xs"
          style={{ width: `${((after?.own ?? 0) / most) * 100}%`, background: serviceColour(path.service) }}
        />
      </span>
      <Change was={before?.spans.length} is={after?.spans.length} show={formatCount} className={withTotals} />
    </div>
  );
}

interface ChangeProps {
  was: number | undefined;
  is: number | undefined;
  show: (value: number) => string;
  className?: string;
}

/** `was → is`, once where they read the same; a dash for what is not there. */
function Change({ was, is, show, className }: ChangeProps) {
  const [before, after] = [was, is].map((value) => (value === undefined ? '–' : show(value)));
  return (
    <span className={classNames('truncate text-right font-mono text-xs', className)}>
      {before !== after && <span className="text-muted">{before} → </span>}
      {after}
    </span>
  );
}
