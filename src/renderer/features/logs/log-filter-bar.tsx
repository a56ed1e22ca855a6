import { useQuery } from '@tanstack/react-query';
import { client } from '../../client/contract-client';
import { afterFirst } from '../../client/loading/first-answer';
import { useTimeRange } from '../../page/use-time-range';
import { SearchInput } from '../../ui/controls/search-input';
import { Select } from '../../ui/controls/select';
import { useSettledText } from '../../ui/controls/use-settled-text';
import { ServiceDot } from '../../ui/marks/service-dot';
import type { LogFilters } from './query/build-log-query';
import { levelChoices } from './query/level-choices';

interface LogFilterBarProps {
  filters: LogFilters;
  /** `typing`: the text goes on being written, which is one step back and not many. */
  onChange: (filters: LogFilters, typing?: boolean) => void;
  /** A query of the reader's own decides: the filters rest. */
  disabled: boolean;
}

const all = '';

/** Plain filters, for who does not speak LogQL. */
export function LogFilterBar({ filters, onChange, disabled }: LogFilterBarProps) {
  const time = useTimeRange();
  const services = useQuery({
    queryKey: ['log-services', time.key],
    queryFn: async ({ signal }) => {
      await afterFirst(signal);
      return client.logs.labelValues({ label: 'service_name', window: time.resolve() }, { signal });
    },
    refetchInterval: 10_000,
  });
  const [text, setText] = useSettledText(filters.text ?? '', (settled) =>
    onChange({ ...filters, text: settled || undefined }, Boolean(filters.text)),
  );
  const names = new Set(services.data ?? []);
  if (filters.service) names.add(filters.service);
  return (
    <>
      <Select
        label="Service"
        className="w-40"
        disabled={disabled}
        value={filters.service ?? all}
        onChange={(service) => onChange({ ...filters, service: service || undefined })}
        options={[
          { value: all, label: 'All services' },
          ...[...names].sort().map((name) => ({ value: name, label: <ServiceDot service={name} /> })),
        ]}
      />
      <Select
        label="Level"
        className="w-36"
        disabled={disabled}
        value={filters.level ?? all}
        onChange={(level) => onChange({ ...filters, level: level || undefined })}
        options={[{ value: all, label: 'All levels' }, ...levelChoices]}
      />
      <SearchInput
        aria-label="Text in the line"
        placeholder="Text in the line"
        pageSearch
        className="w-56"
        disabled={disabled}
        value={text}
        onChange={setText}
      />
    </>
  );
}
