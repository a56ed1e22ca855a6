import { classNames } from '../../ui/class-names';
import { ProblemCard } from '../../ui/layout/problem-card';
import { HealthMark } from '../../ui/marks/health-mark';
import type { DestinationTest } from './use-destination-tests';

/** What came back from a test, in words. */
export function TestOutcome({ test }: { test: DestinationTest }) {
  if (test.state === 'refused') return <ProblemCard problem={test.problem} />;
  if (test.state === 'running') {
    return (
      <p role="status" className="flex items-center gap-2 text-muted">
        <HealthMark health="busy" /> One span is on its way
      </p>
    );
  }
  const { ok, message, hint, milliseconds } = test.result;
  return (
    <div
      role="status"
      className={classNames(
        'flex items-start gap-2.5 rounded-md border px-3 py-2',
        ok ? 'border-ok/40 bg-ok-soft' : 'border-bad/40 bg-bad-soft',
      )}
    >
      <span className="mt-1">
        <HealthMark health={ok ? 'ok' : 'bad'} label={ok ? 'Works' : 'Failed'} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="font-medium wrap-anywhere">{message}</p>
        {hint && <p className="wrap-anywhere text-muted">{hint}</p>}
      </div>
      <span className="text-xs whitespace-nowrap text-muted tabular">{milliseconds} ms</span>
    </div>
  );
}
