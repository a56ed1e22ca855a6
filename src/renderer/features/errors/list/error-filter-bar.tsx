import { useQuery } from '@tanstack/react-query';
import type { ErrorList } from '../../../../shared/contract/errors';
import { showPlainText } from '../../../../shared/show-plain-text';
import { orpc } from '../../../client/contract-client';
import { formatCount } from '../../../client/format-number';
import type { ErrorsSearch } from '../../../page/errors-search';
import { Button } from '../../../ui/controls/button';
import { SearchInput } from '../../../ui/controls/search-input';
import { Select } from '../../../ui/controls/select';
import { useSettledText } from '../../../ui/controls/use-settled-text';
import { ServiceDot } from '../../../ui/marks/service-dot';

interface ErrorFilterBarProps {
  search: ErrorsSearch;
  list: ErrorList | undefined;
  /** `replace`: the change is no step back of its own. */
  onChange: (change: Partial<ErrorsSearch>, replace?: boolean) => void;
}

const all = '';
const window = 'window';
const last = 'last';

/** Which errors are listed, what new means, and in which order they stand. */
export function ErrorFilterBar({ search, list, onChange }: ErrorFilterBarProps) {
  const marks = useQuery(orpc.marks.list.queryOptions({ staleTime: 10_000 })).data?.marks ?? [];
  const [text, setText] = useSettledText(search.text ?? '', (settled) =>
    onChange({ text: settled || undefined }, Boolean(search.text)),
  );
  const names = new Set([...(list?.services ?? []), ...(search.service === undefined ? [] : [search.service])]);
  const against = search.against ?? window;
  const named = new Set([
    ...marks.map(({ name }) => `mark:${name}`),
    ...(against.startsWith('mark:') ? [against] : []),
  ]);
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line bg-raised px-4 py-1.5">
      <SearchInput
        aria-label="Words of the error"
        placeholder="Type, message or frame"
        pageSearch
        className="w-56"
        value={text}
        onChange={setText}
      />
      <Select
        label="Service"
        className="w-40"
        value={search.service ?? all}
        onChange={(service) => onChange({ service: service || undefined })}
        options={[
          { value: all, label: 'All services' },
          ...[...names].sort().map((name) => ({ value: name, label: <ServiceDot service={name} /> })),
        ]}
      />
      <Button
        aria-pressed={search.fresh === true}
        tone={search.fresh ? 'primary' : 'plain'}
        onClick={() => onChange({ fresh: search.fresh ? undefined : true })}
      >
        New only
      </Button>
      <Select
        label="New since"
        className="w-48"
        value={against}
        onChange={(chosen) =>
          onChange({ against: chosen === window ? undefined : (chosen as NonNullable<ErrorsSearch['against']>) })
        }
        options={[
          { value: window, label: 'New in this window' },
          { value: 'run', label: 'New since the last run' },
          ...[...named].map((value) => ({
            value,
            label: `New since ${showPlainText(value.slice('mark:'.length))}`,
          })),
        ]}
      />
      <Select
        label="Order"
        className="w-36"
        value={search.order ?? last}
        onChange={(order) => onChange({ order: order === last ? undefined : order })}
        options={[
          { value: last, label: 'Last seen' },
          { value: 'first', label: 'Newest first seen' },
          { value: 'count', label: 'Most often' },
        ]}
      />
      {search.run !== undefined && (
        <Button size="sm" onClick={() => onChange({ run: undefined })}>
          Of run {showPlainText(search.run)} ×
        </Button>
      )}
      <span className="ml-auto flex items-center gap-2 text-xs text-muted tabular">
        {list && list.total > 0 && !list.newSince && !list.partial && (
          <span title="Nothing is kept of before, so that no error can be called new">what is new is not known</span>
        )}
        {((list?.muted ?? 0) > 0 || search.muted !== undefined) && (
          <Button
            size="sm"
            tone="quiet"
            aria-pressed={search.muted !== undefined}
            onClick={() => onChange({ muted: search.muted === undefined ? 'show' : undefined })}
          >
            {formatCount(list?.muted ?? 0)} muted{search.muted === undefined ? '' : ', shown'}
          </Button>
        )}
      </span>
    </div>
  );
}
