import { useQuery } from '@tanstack/react-query';
import type { Check } from '../../../shared/contract/host';
import { orpc } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { Button } from '../../ui/controls/button';
import { ProblemCard } from '../../ui/layout/problem-card';
import { Section } from '../../ui/layout/section';
import { HealthMark } from '../../ui/marks/health-mark';
import { CopyButton } from '../../ui/text/copy-button';

const marks = { ok: 'ok', warning: 'warn', failed: 'bad' } as const;

/** The same checks as `watchtower doctor`, when asked for. */
export function Diagnosis() {
  const checks = useQuery(orpc.host.doctor.queryOptions({ enabled: false }));
  return (
    <Section
      title="Checks"
      aside={
        <span className="flex gap-2">
          {checks.data && <CopyButton text={() => describeChecks(checks.data)} what="the checks" label="Copy" />}
          <Button size="sm" disabled={checks.isFetching} onClick={() => void checks.refetch()}>
            {checks.isFetching ? 'Checking' : 'Run the checks'}
          </Button>
        </span>
      }
    >
      {checks.isError && (
        <div className="p-3">
          <ProblemCard problem={describeError(checks.error)} />
        </div>
      )}
      {checks.data ? (
        <ul className="divide-y divide-line">
          {checks.data.map((check) => (
            <li key={check.name} className="flex items-start gap-2.5 px-3 py-2">
              <span className="mt-1">
                <HealthMark health={marks[check.state]} label={check.state} size={10} />
              </span>
              <span className="w-40 shrink-0 font-medium">{check.name}</span>
              <span className="min-w-0 wrap-anywhere">
                {check.message}
                {check.hint && <span className="block text-muted">{check.hint}</span>}
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="px-3 py-2 text-muted">
          Ports, data folder, disk and engine: what works, what does not, and what to do.
        </p>
      )}
    </Section>
  );
}

function describeChecks(checks: Check[]): string {
  return checks
    .map(({ state, name, message, hint }) => `${state}: ${name}: ${message}${hint ? ` (${hint})` : ''}`)
    .join('\n');
}
