import { Blocks } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { LogPattern } from '../../../../shared/contract/log-patterns';
import type { TimeWindow } from '../../../../shared/contract/telemetry';
import { lokiPatterns } from '../../../../shared/requests/loki-patterns';
import { curlCommand } from '../../../client/curl-command';
import { describeError } from '../../../client/describe-error';
import { formatCount } from '../../../client/format-number';
import { errorInstead } from '../../../client/loading/error-instead';
import { EmptyWindow } from '../../../page/kept/empty-window';
import { type PageKey, usePageKeys } from '../../../page/page-keys';
import { Select } from '../../../ui/controls/select';
import { LeftOut } from '../../../ui/layout/left-out';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { RefusedQuery } from '../../../ui/layout/refused-query';
import { useMoreRows } from '../../../ui/layout/use-more-rows';
import { useHeldRows } from '../../../ui/list/use-held-rows';
import { useReaderAt } from '../../../ui/list/use-reader-at';
import { Spinner } from '../../../ui/marks/spinner';
import { CopyButton } from '../../../ui/text/copy-button';
import { narrowToPattern } from '../query/build-log-query';
import { patternFilter } from '../query/pattern-filter';
import { againstChoices, againstWindow } from './against-window';
import { describePatterns } from './describe-patterns';
import { PatternTable } from './pattern-table';
import { type PatternOrder, sortPatterns } from './sort-patterns';
import { useAgainst } from './use-against';
import { patternStep, useLogPatterns } from './use-log-patterns';

/** Rows that are drawn until more are asked for. */
const shownAtFirst = 100;

interface PatternsViewProps {
  query: string;
  windowKey: string;
  resolveWindow: () => TimeWindow;
  live: boolean;
  /** What the patterns are held against; empty for nothing. */
  against: string;
  onAgainst: (against: string) => void;
  /** Goes to the lines of a query. */
  onLines: (query: string) => void;
  /** Stays here with another query. */
  onQuery: (query: string) => void;
  loki: string;
  /** Keys of the page that hold here as well. */
  keys: readonly PageKey[];
}

/** What the lines of the window have in common, with counts, and how that differs from another window. */
export function PatternsView(props: PatternsViewProps) {
  const { query, windowKey, resolveWindow, live, against, onAgainst, onLines, onQuery, loki, keys } = props;
  const others = useAgainst();
  const patterns = useLogPatterns({
    ...{ query, windowKey, live, resolveWindow, against },
    resolveAgainst: (window) => againstWindow(against, window, others),
  });
  const [chosenOrder, setOrder] = useState<PatternOrder | null>(null);
  const order = chosenOrder ?? (against === '' ? 'count' : 'change');
  const reader = useReaderAt();
  const [selected, setSelected] = useState<string | null>(null);
  const sorted = useMemo(() => sortPatterns(patterns.data?.patterns ?? [], order), [patterns.data, order]);
  // Rows keep their places while the reader is at them; only their numbers go on. An order that is chosen holds at once.
  const [heldOrder, setHeldOrder] = useState(order);
  if (heldOrder !== order) setHeldOrder(order);
  const held = useHeldRows(sorted, live && (reader.at || selected !== null) && heldOrder === order);
  const rows = held.shown;
  const { shown, more } = useMoreRows(rows, shownAtFirst);

  const at = rows.findIndex(({ id }) => id === selected);
  const move = (by: number) => setSelected(rows[Math.max(0, Math.min(rows.length - 1, at + by))]?.id ?? null);
  const linesOf = ({ pattern, example, service, level }: LogPattern) => {
    const filter = patternFilter(pattern, example);
    if (filter) onLines(narrowToPattern(query, filter, { service, level: level === 'unknown' ? '' : level }));
  };
  const leaveOut = ({ pattern, example }: LogPattern) => {
    const filter = patternFilter(pattern, example);
    if (filter) onQuery(narrowToPattern(query, filter, { operator: '!>' }));
  };
  usePageKeys('Log patterns', [
    { key: 'j', label: 'Next pattern', run: () => move(1) },
    { key: 'k', label: 'Pattern before', run: () => move(-1) },
    { key: 'Enter', label: 'Lines of the pattern', run: () => rows[at] && linesOf(rows[at]) },
    { key: 'x', label: 'Leave out the pattern', run: () => rows[at] && leaveOut(rows[at]) },
    { key: 'Escape', label: 'Select none', run: () => setSelected(null) },
    ...keys,
  ]);

  const problem = patterns.isError ? describeError(patterns.error) : null;
  if (problem?.kind === 'query') {
    return <RefusedQuery language="LogQL" query={query} problem={problem} onChoose={onQuery} />;
  }
  const card = problem && (
    <div className="p-4">
      <ProblemCard problem={problem} />
    </div>
  );
  if (errorInstead(patterns)) return card;
  const { data } = patterns;
  const curl = () => {
    const window = resolveWindow();
    const { path, parameters } = lokiPatterns(query, window, patternStep(window));
    return curlCommand(loki, path, parameters);
  };
  const choices = againstChoices(others);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {card}
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line bg-surface px-4 py-1.5">
        <Select
          label="Compare with"
          className="w-60"
          value={against}
          onChange={onAgainst}
          options={
            choices.some(({ value }) => value === against)
              ? choices
              : [...choices, { value: against, label: `Against ${against.replace(':', ' ')}` }]
          }
        />
        {against !== '' && others.isKnown && againstWindow(against, resolveWindow(), others) === null && (
          <span role="alert" className="text-xs text-warn">
            There is no such window any more: nothing is compared.
          </span>
        )}
        <span className="flex-1" />
        {patterns.isPlaceholderData && <Spinner />}
        {data && data.patterns.length > 0 && (
          <CopyButton
            text={() => describePatterns(query, data, rows)}
            what="the patterns for an agent"
            label="For an agent"
          />
        )}
        <CopyButton text={curl} what="the patterns' query as curl" label="curl" />
      </div>
      {!data ? (
        <div className="p-4">
          <Spinner />
        </div>
      ) : rows.length === 0 ? (
        <EmptyWindow
          icon={Blocks}
          signal="lines"
          title="No patterns in this window"
          first={{ title: 'No log line was kept yet', children: 'Patterns are found in lines as they come.' }}
        >
          No line matches. Widen the time window or remove a filter.
        </EmptyWindow>
      ) : (
        <div className="min-h-0 flex-1 overflow-y-auto bg-surface" {...reader.handlers}>
          {data.leftOut.length > 0 && (
            <div className="px-4 pt-3">
              <LeftOut title="Not all of it" sentences={data.leftOut} />
            </div>
          )}
          <PatternTable
            rows={shown}
            {...{ order, selected, step: data.step, window: data.window, looked: data.looked }}
            isCompared={data.patterns.some(({ against }) => against !== undefined)}
            onOrder={setOrder}
            onSelect={setSelected}
            onLines={linesOf}
            onLeaveOut={leaveOut}
          />
          {more}
        </div>
      )}
      <p className="flex h-6 shrink-0 items-center gap-3 border-t border-line bg-surface px-4 text-xs text-muted tabular">
        {data && (
          <span>
            {formatCount(rows.length)} {rows.length === 1 ? 'pattern' : 'patterns'} in {formatCount(data.looked)}{' '}
            {data.looked === 1 ? 'line' : 'lines'}
            {data.lines !== null && data.lines > data.looked && ` of ${formatCount(data.lines)}`}
          </span>
        )}
        {held.waiting > 0 && (
          <span>
            {formatCount(held.waiting)} new {held.waiting === 1 ? 'pattern waits' : 'patterns wait'}
          </span>
        )}
      </p>
    </div>
  );
}
