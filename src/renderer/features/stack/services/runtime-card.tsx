import { runtimeNames } from '../../../../shared/backend-names';
import type { RuntimeStatus, ServicesBackend } from '../../../../shared/contract/backend';
import { type Fact, Facts } from '../../../ui/layout/facts';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Section } from '../../../ui/layout/section';
import { HealthMark } from '../../../ui/marks/health-mark';
import { canStartOn, describeRuntime } from './describe-runtime';

interface RuntimeCardProps {
  backend: ServicesBackend;
  runtime: RuntimeStatus;
  /** Its problem stands elsewhere on the page already. */
  told: boolean;
}

/** What the services run on and why this one; what to do when there is none. */
export function RuntimeCard({ backend, runtime, told }: RuntimeCardProps) {
  const name = runtimeNames[backend];
  const { word, health } = describeRuntime(runtime);
  const facts: Fact[] = [];
  if (runtime.version) {
    facts.push({ name: 'Version', value: [runtime.version, runtime.architecture].filter(Boolean).join(', ') });
  }
  if (runtime.endpoint) {
    const value = <code className="font-mono text-xs">{runtime.endpoint}</code>;
    facts.push({ name: 'Endpoint', value, copy: runtime.endpoint });
  }
  if (runtime.reason) facts.push({ name: 'Chosen by', value: runtime.reason });
  return (
    <Section
      title={name}
      aside={
        <span className="flex items-center gap-1.5 text-xs text-muted">
          <HealthMark health={health} size={10} /> {word}
        </span>
      }
    >
      {runtime.problem &&
        (canStartOn(runtime) ? (
          !told && (
            <p className="p-3 text-muted">
              {runtime.problem.message} {runtime.endpoint ? 'The start brings it back.' : 'The start makes it.'}
            </p>
          )
        ) : (
          <div className="p-3">
            <ProblemCard problem={runtime.problem} />
            <p className="mt-2 text-xs text-muted">
              Watchtower keeps looking and goes on by itself as soon as one answers. Nothing else waits for it: the
              embedded engine needs none.
            </p>
          </div>
        ))}
      {facts.length > 0 && <Facts facts={facts} />}
    </Section>
  );
}
