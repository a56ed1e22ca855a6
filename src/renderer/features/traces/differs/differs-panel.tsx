import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Explanation } from '../../../../shared/contract/explain';
import type { TimeWindow } from '../../../../shared/contract/telemetry';
import { describeExplanation } from '../../../../shared/explain/describe-explanation';
import { formatDuration } from '../../../../shared/format-duration';
import { showPlainText } from '../../../../shared/show-plain-text';
import { client } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { formatCount } from '../../../client/format-number';
import { IconButton } from '../../../ui/controls/icon-button';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Spinner } from '../../../ui/marks/spinner';
import { CopyButton } from '../../../ui/text/copy-button';
import type { FieldActions } from '../facets/value-actions';
import { nameCause, nameSelection, percent } from './describe-difference';
import { DifferenceRow } from './difference-row';
import { explainInputOf, type SpanSelection, writeSelection } from './span-selection';

interface DiffersPanelProps {
  selection: SpanSelection;
  /** TraceQL of all that the selection is part of. */
  query: string;
  windowKey: string;
  resolveWindow: () => TimeWindow;
  actions: FieldActions;
  onClose: () => void;
}

/** What the selected spans have more or less often than the rest of the query's. */
export function DiffersPanel({ selection, query, windowKey, resolveWindow, actions, onClose }: DiffersPanelProps) {
  const explained = useQuery({
    queryKey: ['what-differs', writeSelection(selection), query, windowKey],
    queryFn: ({ signal }) => client.explain.differences(explainInputOf(selection, query, resolveWindow()), { signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const what = nameSelection(selection);
  const { data, error, isPlaceholderData, isFetching } = explained;
  return (
    <section
      aria-label="What differs"
      data-testid="what-differs"
      aria-busy={isFetching}
      className="flex min-h-0 flex-1 flex-col border-l border-line bg-surface"
    >
      <header className="flex items-start gap-2 border-b border-line px-3 py-2">
        <div className="min-w-0 flex-1">
          <h2 className="text-sm font-semibold">What differs</h2>
          <p className="text-xs text-muted">{what} against the rest</p>
        </div>
        {data && !isPlaceholderData && (
          <CopyButton
            text={() => describeForAgent(selection, query, data)}
            what="what differs for an agent"
            label="For an agent"
          />
        )}
        <IconButton label="Give up the selection" size="sm" onClick={onClose}>
          <X size={15} />
        </IconButton>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {error ? (
          <div className="p-3">
            <ProblemCard problem={describeError(error)} />
          </div>
        ) : data && !isPlaceholderData ? (
          <Explained explanation={data} what={what} actions={actions} />
        ) : (
          <div className="p-3">
            <Spinner label="Holding them against the rest" />
          </div>
        )}
      </div>
    </section>
  );
}

function Explained({ explanation, what, actions }: { explanation: Explanation; what: string; actions: FieldActions }) {
  const { selection, against, differences, outcomes, operations, templates, hidden, leftOut } = explanation;
  return (
    <>
      <p className="px-3 pt-3 pb-2 text-base font-medium wrap-anywhere" data-testid="cause">
        {nameCause(explanation, what)}
      </p>
      <p className="px-3 pb-2 text-xs text-muted tabular">
        {describeSide(selection)} against {describeSide(against)}.
      </p>
      {differences.length > 0 && (
        <ul className="border-t border-line">
          {differences.map((difference, index) => (
            <DifferenceRow
              key={`${difference.place} ${difference.key} ${difference.value}`}
              difference={difference}
              actions={actions}
              first={index === 0}
            />
          ))}
        </ul>
      )}
      {outcomes.length > 0 && (
        <Part title="How they end">
          {outcomes.map((outcome) => (
            <DifferenceRow
              key={`${outcome.place} ${outcome.key} ${outcome.value}`}
              difference={outcome}
              actions={actions}
              first={false}
            />
          ))}
        </Part>
      )}
      {operations.length > 0 && (
        <Part title="Where">
          {operations.map(({ service, name, kind, selection: here, against: there }) => (
            <li key={`${service} ${name} ${kind}`} className="border-b border-line px-3 py-1.5 text-xs">
              <p className="font-medium wrap-anywhere">
                {showPlainText(service)} {showPlainText(name)}
              </p>
              <p className="text-muted tabular">
                {percent(here.share)} of them, {percent(there.share)} of the rest
                {here.errors + there.errors > 0 &&
                  `; failed ${formatCount(here.errors)} of ${formatCount(here.count)}, else ${formatCount(there.errors)} of ${formatCount(there.count)}`}
                {here.medianNs !== null &&
                  there.medianNs !== null &&
                  `; median ${formatDuration(here.medianNs)}, else ${formatDuration(there.medianNs)}`}
              </p>
            </li>
          ))}
        </Part>
      )}
      {templates.length > 0 && (
        <Part title="Log lines">
          {templates.map(({ change, service, template, selectionCount, againstCount }) => (
            <li key={`${service} ${template}`} className="border-b border-line px-3 py-1.5 text-xs">
              <p className="font-mono wrap-anywhere">{showPlainText(template)}</p>
              <p className="text-muted tabular">
                {showPlainText(service)}: {change}, {formatCount(selectionCount)} with them, {formatCount(againstCount)}{' '}
                with the rest
              </p>
            </li>
          ))}
        </Part>
      )}
      <div className="grid gap-1 px-3 py-2 text-xs wrap-anywhere text-muted">
        {hidden.count > 0 && (
          <p>
            {formatCount(hidden.count)} {hidden.count === 1 ? 'key is' : 'keys are'} not told, since nearly every span
            has another value:{' '}
            {hidden.keys
              .slice(0, 6)
              .map(({ key }) => showPlainText(key))
              .join(', ')}
            {hidden.count > 6 && ', …'}
          </p>
        )}
        {leftOut.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <h3 className="border-y border-line bg-raised px-3 py-1 text-xs font-medium text-muted">{title}</h3>
      <ul>{children}</ul>
    </>
  );
}

function describeSide({ count, looked }: Explanation['selection']): string {
  const spans = `${formatCount(count)} ${count === 1 ? 'span' : 'spans'}`;
  return looked < count ? `${spans} (${formatCount(looked)} of them looked at)` : spans;
}

function describeForAgent(selection: SpanSelection, query: string, explanation: Explanation): string {
  const { window } = explanation.selection;
  const at = (millis: number) => new Date(millis).toISOString();
  return [
    `What differs: ${nameSelection(selection)} of ${query} from ${at(window.from)} to ${at(window.to)}, against the rest.`,
    describeExplanation(explanation, 4000),
  ].join('\n');
}
