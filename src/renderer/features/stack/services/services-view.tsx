import type { BackendStatus, ServicesBackend } from '../../../../shared/contract/backend';
import type { HostStatus } from '../../../../shared/contract/host';
import { Section } from '../../../ui/layout/section';
import { CleanStack } from './clean-stack';
import { isInterrupted, isStarting } from './describe-stack';
import { PullProgress } from './pull-progress';
import { RuntimeCard } from './runtime-card';
import { ServiceEvents } from './service-events';
import { StackServices } from './stack-services';
import { StackState } from './stack-state';
import { StartSteps } from './start-steps';
import { useStackActions } from './use-stack-actions';

interface ServicesViewProps {
  backend: ServicesBackend;
  stack: BackendStatus;
  /** Another backend holds the ports. */
  aside: boolean;
  /** Problems of the host, among them why the stack could not be started. */
  problems: HostStatus['problems'];
  logOf: string | null;
  openLog: (service: string) => void;
}

/** A backend whose services run apart: state, steps, pull, services, events, what they run on, and their end. */
export function ServicesView({ backend, stack, aside, problems, logOf, openLog }: ServicesViewProps) {
  const actions = useStackActions(backend);
  const runtimeFails = stack.runtime.state !== 'connected';
  // What the runtime's own card says already is not said twice.
  const refusal = runtimeFails ? undefined : problems.find(({ id }) => id === 'stack' || id === backend);
  const told = stack.problem !== null && stack.problem.message === stack.runtime.problem?.message;
  const runtime = <RuntimeCard backend={backend} runtime={stack.runtime} told={told} />;
  return (
    <>
      {runtimeFails && runtime}
      <StackState backend={backend} stack={stack} actions={actions} aside={aside} refusal={refusal} />
      {stack.steps.length > 0 && showsSteps(stack) && <StartSteps stack={stack} />}
      {stack.pull && <PullProgress pull={stack.pull} />}
      <StackServices services={stack.services} actions={actions} logOf={logOf} openLog={openLog} />
      <ServiceEvents services={stack.services} />
      {!runtimeFails && runtime}
      <Section title="Data of the stack">
        <CleanStack backend={backend} place={stack.place} disabled={runtimeFails || stack.state === 'stopping'} />
      </Section>
    </>
  );
}

/** While they are taken, and after they ended in the middle. */
function showsSteps(stack: BackendStatus): boolean {
  return isStarting(stack) || isInterrupted(stack) || stack.state === 'failed';
}
