import { History } from 'lucide-react';
import type { MetricsSearch } from '../../../page/metrics-search';
import { Button } from '../../../ui/controls/button';
import { Tabs } from '../../../ui/controls/tabs';
import { CopyButton } from '../../../ui/text/copy-button';
import { PinButton } from '../board/pin-button';
import { type LabelMatcher, renderMatchers } from '../metric/label-matchers';
import type { Metric } from '../metric/metric';
import { QueryBar } from '../query/query-bar';
import { FilterChips } from './filter-chips';
import { FilterPicker } from './filter-picker';
import { GroupPicker } from './group-picker';
import type { MetricQuestion } from './metric-question';

interface ExplorerControlsProps {
  metric: Metric | null;
  /** Absent until the labels of the metric are known. */
  question: MetricQuestion | undefined;
  counts: readonly { label: string; total: number }[];
  /** The series of the metric, whatever the conditions. */
  match: string;
  search: MetricsSearch;
  query: string;
  /** The same as the board keeps it. */
  pinned: string;
  unit: string;
  refused: { message: string; position?: number } | null;
  forAgent: () => string;
  onChange: (patch: Partial<MetricsSearch>) => void;
  onMatch: (matcher: LabelMatcher) => void;
}

const custom = 'custom';

/** The function, what it is grouped by, of which series; and the same as PromQL. */
export function ExplorerControls(props: ExplorerControlsProps) {
  const { metric, question, counts, match, search, query, pinned, unit, refused, forAgent, onChange, onMatch } = props;
  const own = search.q !== undefined;
  const view = own ? undefined : question?.view;
  const labels = counts.filter(({ label }) => label !== 'le');
  return (
    <div className="grid shrink-0 gap-2 border-b border-line bg-surface px-4 py-2">
      <div className="flex flex-wrap items-center gap-2">
        {question && (
          <>
            <Tabs
              label="View"
              look="segment"
              value={view?.id ?? custom}
              onChange={(fn) => fn !== custom && onChange({ fn, q: undefined })}
              tabs={[
                ...question.views.map(({ id, label }) => ({ value: id, label })),
                ...(own ? [{ value: custom, label: 'Own query' }] : []),
              ]}
            />
            {view && !view.heat && !view.each && (
              <GroupPicker
                labels={labels}
                by={question.by}
                onChange={(by) => onChange({ by: by.join('\n'), q: undefined })}
              />
            )}
            {!own && (
              <>
                <FilterPicker labels={labels} match={match} onAdd={onMatch} />
                <FilterChips
                  matchers={question.matchers}
                  onRemove={(index) =>
                    onChange({
                      where: renderMatchers(question.matchers.filter((_, at) => at !== index)) || undefined,
                      service: undefined,
                    })
                  }
                />
              </>
            )}
          </>
        )}
        <span className="ml-auto" />
        {!view?.heat && (
          <Button
            aria-pressed={search.compare === true}
            className={search.compare ? 'bg-selected text-accent' : undefined}
            onClick={() => onChange({ compare: search.compare ? undefined : true })}
          >
            <History size={14} aria-hidden />
            Window before
          </Button>
        )}
        <CopyButton text={forAgent} what="the chart for an agent" label="For an agent" size="md" />
        <PinButton title={titleOf(metric, view?.label, query)} query={pinned} unit={unit} />
      </div>
      <QueryBar query={query} problem={refused} onSubmit={(q) => onChange(submitted(q, question))} />
    </div>
  );
}

/** An empty query, or that of a view, is none of one's own. */
function submitted(query: string, question: MetricQuestion | undefined): Partial<MetricsSearch> {
  const isView = query === '' || query === question?.query;
  return { q: isView ? undefined : query };
}

function titleOf(metric: Metric | null, label: string | undefined, query: string): string {
  return metric && label ? `${metric.name}: ${label}` : (metric?.name ?? query);
}
