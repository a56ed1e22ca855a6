import { HealthMark } from './health-mark';

export function Spinner({ label = 'Loading' }: { label?: string }) {
  return (
    <span role="status" className="inline-flex items-center gap-2 text-sm text-muted">
      <HealthMark health="busy" />
      {label}
    </span>
  );
}
