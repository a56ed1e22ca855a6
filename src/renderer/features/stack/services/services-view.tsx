import type { BackendStatus, ServicesBackend } from '../../../../shared/contract/backend';
import type { HostStatus } from '../../../../shared/contract/host';
import { Section } from '../../../ui/layout/section';
import { CleanStack } from './clean-stack';
import { PullProgress } from './pull-progress';
import { RuntimeCard } from './runtime-card';
import { StackServices } from './stack-services';
import { StackState } from './stack-state';
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

/** The Docker stack: state, pull, services, engine, and its end. */
export function ServicesView({ backend, stack, aside, problems, logOf, openLog }: ServicesViewProps) {
  const actions = useStackActions(backend);
  const engineFails = stack.runtime.state !== 'connected';
  // What the engine's own card says already is not said twice.
  const refusal = engineFails ? undefined : problems.find(({ id }) => id === 'stack');
  return (
    <>
      {engineFails && <RuntimeCard docker={stack.runtime} />}
      <StackState stack={stack} actions={actions} aside={aside} refusal={refusal} />
      {stack.pull && <PullProgress pull={stack.pull} />}
      <StackServices services={stack.services} actions={actions} logOf={logOf} openLog={openLog} />
      {!engineFails && <RuntimeCard docker={stack.runtime} />}
      <Section title="Data of the stack">
        <CleanStack backend={backend} place={stack.place} disabled={engineFails || stack.state === 'stopping'} />
      </Section>
    </>
  );
}
