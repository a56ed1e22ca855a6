import type { Problem } from '../../../../../shared/problem';
import type { ContainerEngine } from '../../containers/container-engine';
import type { StackPlan } from '../plan/stack-plan';
import type { StackServiceName } from '../plan/stack-service-name';
import { type BringUpOptions, bringUp } from './bring-up';
import { checkPorts } from './check-ports';
import { decide } from './prepare-start';

const defaultGraceMs = 10_000;

/** Restarts one service, or makes its container where there is none or `anew` is asked for. Null when it runs. */
export async function restartService(
  engine: ContainerEngine,
  plan: StackPlan,
  service: StackServiceName,
  anew: boolean,
  options: BringUpOptions,
): Promise<Problem | null> {
  const wanted = plan.services.find(({ name }) => name === service)!;
  const decision = await decide(engine, plan.project, wanted);
  if ('problem' in decision) return decision.problem;
  const { container } = decision;
  if (container && decision.action === 'keep' && !anew) {
    options.expectEnd(container.id);
    options.onStart(service, container.id);
    await engine.restart(container.id, wanted.spec.stopGraceMs ?? defaultGraceMs);
    return null;
  }
  if (!(await engine.image(wanted.spec.image))) {
    return {
      kind: 'image-missing',
      message: `The image ${wanted.spec.image} is not on this machine.`,
      hint: 'Start the stack: that pulls it.',
    };
  }
  const held = await checkPorts(engine, [wanted.spec], container ? [container] : []);
  if (held) return held;
  await engine.ensureNetwork(plan.network.name, plan.network.labels);
  for (const { name, labels } of plan.volumes) await engine.ensureVolume(name, labels);
  return bringUp(engine, anew && container ? { ...decision, action: 'replace' } : decision, options);
}
