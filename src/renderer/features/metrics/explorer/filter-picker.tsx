import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ListFilter } from 'lucide-react';
import { useState } from 'react';
import { showPlainText } from '../../../../shared/show-plain-text';
import { client } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { formatCount } from '../../../client/format-number';
import { useTimeRange } from '../../../page/use-time-range';
import { Button } from '../../../ui/controls/button';
import { Input } from '../../../ui/controls/input';
import { Select } from '../../../ui/controls/select';
import { Spinner } from '../../../ui/marks/spinner';
import { Popover } from '../../../ui/overlays/popover';
import { type LabelMatcher, type MatcherOperator, matcherOperators } from '../metric/label-matchers';

interface FilterPickerProps {
  labels: readonly { label: string; total: number }[];
  /** The series among which values are looked for. */
  match: string;
  onAdd: (matcher: LabelMatcher) => void;
}

/** Adds a condition on a label: first the label, then one of the values that it has. */
export function FilterPicker({ labels, match, onAdd }: FilterPickerProps) {
  const [open, setOpen] = useState(false);
  const [label, setLabel] = useState<string | null>(null);
  const change = (next: boolean) => {
    setOpen(next);
    if (next) setLabel(null);
  };
  return (
    <Popover
      open={open}
      onOpenChange={change}
      className="w-80 p-1.5"
      trigger={
        <Button>
          <ListFilter size={14} aria-hidden />
          Filter
        </Button>
      }
    >
      {label === null ? (
        <LabelChoice labels={labels} onChoose={setLabel} />
      ) : (
        <ValueChoice
          label={label}
          match={match}
          onBack={() => setLabel(null)}
          onChoose={(operator, value) => {
            onAdd({ label, operator, value });
            change(false);
          }}
        />
      )}
    </Popover>
  );
}

function LabelChoice({ labels, onChoose }: { labels: FilterPickerProps['labels']; onChoose: (label: string) => void }) {
  return (
    <ul aria-label="Label" className="max-h-80 overflow-y-auto">
      {labels.length === 0 && <li className="p-2 text-sm text-muted">This metric has no labels.</li>}
      {labels.map(({ label, total }) => (
        <li key={label}>
          <Choice note={formatCount(total)} onChoose={() => onChoose(label)}>
            {label}
          </Choice>
        </li>
      ))}
    </ul>
  );
}

interface ValueChoiceProps {
  label: string;
  match: string;
  onBack: () => void;
  onChoose: (operator: MatcherOperator, value: string) => void;
}

/** Rows of a list that helps to choose. */
const shownValues = 100;

function ValueChoice({ label, match, onBack, onChoose }: ValueChoiceProps) {
  const time = useTimeRange();
  const [operator, setOperator] = useState<MatcherOperator>('=');
  const [text, setText] = useState('');
  const values = useQuery({
    queryKey: ['metric-label-values', label, match, time.key],
    queryFn: ({ signal }) => client.metrics.labelValues({ label, match, window: time.resolve() }, { signal }),
    staleTime: 60_000,
    retry: false,
  });
  const words = text.toLowerCase();
  const found = values.data?.values.filter((value) => value.toLowerCase().includes(words)) ?? [];
  const hidden = values.data ? values.data.total - values.data.values.length : 0;
  const isPattern = operator === '=~' || operator === '!~';
  return (
    <div>
      <div className="flex items-center gap-1.5">
        <Button size="sm" tone="quiet" aria-label="Another label" onClick={onBack}>
          <ChevronLeft size={14} aria-hidden />
        </Button>
        <code className="min-w-0 flex-1 truncate font-mono text-xs">{showPlainText(label)}</code>
        <Select
          label="Condition"
          value={operator}
          onChange={setOperator}
          options={matcherOperators.map((each) => ({ value: each, label: each }))}
        />
      </div>
      <Input
        autoFocus
        aria-label={`Value of ${showPlainText(label)}`}
        placeholder={isPattern ? 'Regular expression, then Enter' : 'Part of the value'}
        className="mt-1.5 w-full"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onChoose(operator, isPattern ? text : (found[0] ?? text));
        }}
      />
      {values.isPending && <Spinner />}
      {values.isError && <p className="p-2 text-xs text-bad">{describeError(values.error).message}</p>}
      <ul aria-label="Values" className="mt-1 max-h-72 overflow-y-auto">
        {found.slice(0, shownValues).map((value) => (
          <li key={value}>
            <Choice
              note=""
              onChoose={() => onChoose(operator === '=~' ? '=' : operator === '!~' ? '!=' : operator, value)}
            >
              {value}
            </Choice>
          </li>
        ))}
      </ul>
      {(found.length > shownValues || hidden > 0) && (
        <p className="px-2 pt-1 text-xs text-muted">
          {found.length > shownValues && `${formatCount(found.length - shownValues)} more: type a part of the value. `}
          {hidden > 0 && `${formatCount(hidden)} of ${formatCount(values.data!.total)} values are not listed.`}
        </p>
      )}
    </div>
  );
}

function Choice({ children, note, onChoose }: { children: string; note: string; onChoose: () => void }) {
  return (
    <button
      type="button"
      onClick={onChoose}
      className="flex h-7 w-full items-center gap-2 rounded px-2 text-left hover:bg-hover"
    >
      <span className="min-w-0 flex-1 truncate font-mono text-xs">{showPlainText(children) || '(empty)'}</span>
      <span className="text-xs text-faint tabular">{note}</span>
    </button>
  );
}
