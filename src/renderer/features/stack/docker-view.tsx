import type { HostStatus } from '../../../shared/contract/host';
import type { StackServiceName, StackStatus } from '../../../shared/contract/stack';
import { Section } from '../../ui/layout/section';
import { CleanStack } from './clean-stack';
import { DockerCard } from './docker-card';
import { PullProgress } from './pull-progress';
import { StackServices } from './stack-services';
import { StackState } from './stack-state';
import { useStackActions } from './use-stack-actions';

interface DockerViewProps {
  stack: StackStatus;
  /** Another backend holds the ports. */
  aside: boolean;
  /** Problems of the host, among them why the stack could not be started. */
  problems: HostStatus['problems'];
  logOf: StackServiceName | null;
  openLog: (service: StackServiceName) => void;
}

/** The Docker stack: state, pull, services, engine, and its end. */
export function DockerView({ stack, aside, problems, logOf, openLog }: DockerViewProps) {
  const actions = useStackActions();
  const engineFails = stack.docker.state !== 'connected';
  // What the engine's own card says already is not said twice.
  const refusal = engineFails ? undefined : problems.find(({ id }) => id === 'stack');
  return (
    <>
      {engineFails && <DockerCard docker={stack.docker} />}
      <StackState stack={stack} actions={actions} aside={aside} refusal={refusal} />
      {stack.pull && <PullProgress pull={stack.pull} />}
      <StackServices services={stack.services} actions={actions} logOf={logOf} openLog={openLog} />
      {!engineFails && <DockerCard docker={stack.docker} />}
      <Section title="Data of the stack">
        <CleanStack project={stack.project} disabled={engineFails || stack.state === 'stopping'} />
      </Section>
    </>
  );
}
