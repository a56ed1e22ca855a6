import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { client } from '../../../client/contract-client';
import { afterFirst } from '../../../client/loading/first-answer';
import { Button } from '../../../ui/controls/button';
import { Input } from '../../../ui/controls/input';
import { Select } from '../../../ui/controls/select';
import { useSettledText } from '../../../ui/controls/use-settled-text';
import { ServiceDot } from '../../../ui/marks/service-dot';
import { isDuration, type TraceFilters } from './build-trace-query';

const anyService = '';

interface TraceFilterBarProps {
  filters: TraceFilters;
  /** `typing`: a text goes on being written, which is one step back and not many. */
  onChange: (filters: TraceFilters, typing?: boolean) => void;
  /** A query of the reader's own decides: the filters rest. */
  disabled: boolean;
}

/** Filters for those who do not want to write TraceQL. */
export function TraceFilterBar({ filters, onChange, disabled }: TraceFilterBarProps) {
  const services = useQuery({
    queryKey: ['trace-services'],
    queryFn: async ({ signal }) => {
      await afterFirst(signal);
      return client.traces.tagValues({ tag: 'resource.service.name' }, { signal });
    },
    staleTime: 5000,
    refetchInterval: 10_000,
  });
  const names = [...new Set([...(services.data ?? []), ...(filters.service ? [filters.service] : [])])].sort();
  const [name, setName] = useSettledText(filters.name ?? '', (text) =>
    onChange({ ...filters, name: text || undefined }, Boolean(filters.name)),
  );
  const [min, setMin] = useSettledText(filters.min ?? '', (text) =>
    onChange({ ...filters, min: text || undefined }, Boolean(filters.min)),
  );
  const minInvalid = min !== '' && !isDuration(min);
  const minNote = useId();
  return (
    <>
      <Select
        label="Service"
        value={filters.service ?? anyService}
        disabled={disabled}
        onChange={(service) => onChange({ ...filters, service: service || undefined })}
        options={[
          { value: anyService, label: 'All services' },
          ...names.map((each) => ({ value: each, label: <ServiceDot service={each} /> })),
        ]}
        className="w-44"
      />
      <Input
        aria-label="Span name contains"
        placeholder="Span name contains"
        value={name}
        disabled={disabled}
        onChange={({ target }) => setName(target.value)}
        className="w-44"
      />
      <Input
        aria-label="At least this long"
        placeholder="Longer than, 100ms"
        value={min}
        disabled={disabled}
        invalid={minInvalid}
        aria-describedby={minInvalid ? minNote : undefined}
        onChange={({ target }) => setMin(target.value)}
        className="w-36"
      />
      <Button
        aria-pressed={filters.errors ?? false}
        tone={filters.errors ? 'danger' : 'plain'}
        disabled={disabled}
        onClick={() => onChange({ ...filters, errors: filters.errors ? undefined : true })}
      >
        Errors only
      </Button>
      {minInvalid && (
        <p id={minNote} role="alert" className="order-last basis-full text-xs text-bad">
          “{min}” is no duration and does not filter. Write a number with its unit: 100ms, 1.5s, 2m.
        </p>
      )}
    </>
  );
}
