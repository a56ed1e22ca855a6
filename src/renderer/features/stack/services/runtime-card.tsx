import type { RuntimeStatus } from '../../../../shared/contract/backend';
import { type Fact, Facts } from '../../../ui/layout/facts';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Section } from '../../../ui/layout/section';
import { HealthMark } from '../../../ui/marks/health-mark';
import { describeRuntime } from './describe-runtime';

/** Which container engine is used and why; what to do when there is none. */
export function RuntimeCard({ docker }: { docker: RuntimeStatus }) {
  const { word, health } = describeRuntime(docker);
  const facts: Fact[] = [];
  if (docker.version) {
    facts.push({ name: 'Engine', value: [docker.version, docker.architecture].filter(Boolean).join(', ') });
  }
  if (docker.endpoint) {
    const value = <code className="font-mono text-xs">{docker.endpoint}</code>;
    facts.push({ name: 'Endpoint', value, copy: docker.endpoint });
  }
  if (docker.reason) facts.push({ name: 'Chosen by', value: docker.reason });
  return (
    <Section
      title="Container engine"
      aside={
        <span className="flex items-center gap-1.5 text-xs text-muted">
          <HealthMark health={health} size={10} /> {word}
        </span>
      }
    >
      {docker.problem && (
        <div className="p-3">
          <ProblemCard problem={docker.problem} />
          <p className="mt-2 text-xs text-muted">
            Watchtower keeps looking and goes on by itself as soon as an engine answers. Nothing else waits for it: the
            embedded engine needs no Docker.
          </p>
        </div>
      )}
      {facts.length > 0 && <Facts facts={facts} />}
    </Section>
  );
}
