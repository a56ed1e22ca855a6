import { useQuery } from '@tanstack/react-query';
import { orpc } from '../../client/contract-client';
import { Button } from '../../ui/button';
import { Input } from '../../ui/input';
import { Select } from '../../ui/select';
import { ServiceDot } from '../../ui/service-dot';
import { isDuration, type TraceFilters } from './build-trace-query';

const anyService = '';

/** Filters for those who do not want to write TraceQL. */
export function TraceFilterBar({
  filters,
  onChange,
}: {
  filters: TraceFilters;
  onChange: (filters: TraceFilters) => void;
}) {
  const services = useQuery(
    orpc.traces.tagValues.queryOptions({
      input: { tag: 'resource.service.name' },
      staleTime: 5000,
      refetchInterval: 10_000,
    }),
  );
  const names = [...new Set([...(services.data ?? []), ...(filters.service ? [filters.service] : [])])].sort();
  const minInvalid = Boolean(filters.min) && !isDuration(filters.min ?? '');
  return (
    <>
      <Select
        label="Service"
        value={filters.service ?? anyService}
        onChange={(service) => onChange({ ...filters, service: service || undefined })}
        options={[
          { value: anyService, label: 'All services' },
          ...names.map((name) => ({ value: name, label: <ServiceDot service={name} /> })),
        ]}
        className="w-44"
      />
      <Input
        aria-label="Span name contains"
        placeholder="Span name contains"
        value={filters.name ?? ''}
        onChange={({ target }) => onChange({ ...filters, name: target.value || undefined })}
        className="w-44"
      />
      <Input
        aria-label="At least this long"
        placeholder="≥ 100ms"
        value={filters.min ?? ''}
        invalid={minInvalid}
        title={minInvalid ? 'A duration has a unit: 100ms, 1.5s, 2m' : undefined}
        onChange={({ target }) => onChange({ ...filters, min: target.value || undefined })}
        className="w-24"
      />
      <Button
        aria-pressed={filters.errors ?? false}
        tone={filters.errors ? 'danger' : 'plain'}
        onClick={() => onChange({ ...filters, errors: filters.errors ? undefined : true })}
      >
        Errors only
      </Button>
    </>
  );
}
