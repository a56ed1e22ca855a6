import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { LOG_LEVELS } from '../../../shared/log-level';
import { useTimeRange } from '../../app/use-time-range';
import { client } from '../../client/contract-client';
import { SearchInput } from '../../ui/search-input';
import { Select } from '../../ui/select';
import { ServiceDot } from '../../ui/service-dot';
import type { LogFilters } from './build-log-query';

interface LogFilterBarProps {
  filters: LogFilters;
  onChange: (filters: LogFilters) => void;
}

const all = '';
const settleMs = 250;

/** Plain filters, for who does not speak LogQL. */
export function LogFilterBar({ filters, onChange }: LogFilterBarProps) {
  const time = useTimeRange();
  const services = useQuery({
    queryKey: ['log-services', time.key],
    queryFn: ({ signal }) => client.logs.labelValues({ label: 'service_name', window: time.resolve() }, { signal }),
    refetchInterval: 10_000,
  });
  const names = new Set(services.data ?? []);
  if (filters.service) names.add(filters.service);
  return (
    <>
      <Select
        label="Service"
        className="w-40"
        value={filters.service ?? all}
        onChange={(service) => onChange({ ...filters, service: service || undefined })}
        options={[
          { value: all, label: 'All services' },
          ...[...names].sort().map((name) => ({ value: name, label: <ServiceDot service={name} /> })),
        ]}
      />
      <Select
        label="Level"
        className="w-28"
        value={filters.level ?? all}
        onChange={(level) => onChange({ ...filters, level: level || undefined })}
        options={[
          { value: all, label: 'All levels' },
          ...LOG_LEVELS.map((level) => ({ value: level as string, label: level })),
        ]}
      />
      <TextFilter value={filters.text ?? ''} onSettle={(text) => onChange({ ...filters, text: text || undefined })} />
    </>
  );
}

function TextFilter({ value, onSettle }: { value: string; onSettle: (text: string) => void }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onSettle(text), settleMs);
    return () => clearTimeout(timer);
  }, [text, value, onSettle]);
  return (
    <SearchInput
      aria-label="Text in the line"
      placeholder="Text in the line"
      pageSearch
      className="w-56"
      value={text}
      onChange={setText}
    />
  );
}
