import type { ContainerEngine } from '../containers/container-engine';
import { serviceFacts } from './plan/service-facts';
import type { StackServiceName } from './plan/stack-service-name';
import type { ProjectWatch } from './project-watch';
import { loopCrashes, type ServiceRecord } from './service-record';
import { type BringUpOptions, bringUp } from './start/bring-up';
import type { Decision } from './start/prepare-start';

/** A service that does not answer for this long is given up; it is still asked, and may come later. */
const readyLimitMs = 90_000;

export interface StartServicesOptions extends BringUpOptions {
  watch: ProjectWatch;
  signal: AbortSignal;
}

/**
 * Starts the services in the order of their dependencies and waits until each is ready, has failed or took too long.
 * One that fails keeps no other from its start. Rejects only when the signal ends it.
 */
export async function startServices(
  engine: ContainerEngine,
  decisions: readonly Decision[],
  options: StartServicesOptions,
): Promise<void> {
  const { signal } = options;
  const begun = new Map<StackServiceName, Promise<void>>();
  const over = new Map<StackServiceName, Promise<void>>();
  for (const decision of decisions) {
    const { name, dependsOn } = decision.plan;
    const before = dependsOn.map(({ service, healthy }) => (healthy ? over : begun).get(service));
    const start = Promise.all(before).then(() => startOne(engine, decision, options));
    begun.set(name, start);
    over.set(
      name,
      start.then(() => awaitReady(name, options)),
    );
  }
  // All come to their end before the first failure is told: nothing may be made behind the back of what follows.
  const outcomes = await Promise.allSettled(over.values());
  signal.throwIfAborted();
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

async function startOne(engine: ContainerEngine, decision: Decision, options: StartServicesOptions): Promise<void> {
  const { watch, signal } = options;
  signal.throwIfAborted();
  const { name } = decision.plan;
  const problem = await bringUp(engine, decision, options);
  signal.throwIfAborted();
  await watch.look();
  watch.record(name).problem = problem;
}

async function awaitReady(
  name: StackServiceName,
  { watch, signal }: Pick<StartServicesOptions, 'watch' | 'signal'>,
): Promise<void> {
  const record = watch.record(name);
  if (await watch.until(() => record.ready || hasFailed(record), readyLimitMs, signal)) return;
  const { title } = serviceFacts[name];
  record.problem ??= {
    kind: 'service-not-ready',
    message: `${title} did not become ready within ${readyLimitMs / 1000} s.`,
    hint: 'Look at its log. It is still asked, and may come later.',
  };
}

function hasFailed(record: ServiceRecord): boolean {
  const { container, problem, crashes } = record;
  return problem !== null || crashes >= loopCrashes || container?.state === 'exited' || container?.state === 'dead';
}
