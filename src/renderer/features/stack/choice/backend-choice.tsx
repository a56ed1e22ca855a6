import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { theBackend } from '../../../../shared/backend-names';
import { type BackendStatus, ServicesBackend } from '../../../../shared/contract/backend';
import { type HostStatus, SwitchableBackend } from '../../../../shared/contract/host';
import { orpc } from '../../../client/contract-client';
import { describeError, isAnswerLost } from '../../../client/describe-error';
import { Button } from '../../../ui/controls/button';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Section } from '../../../ui/layout/section';
import { HealthMark } from '../../../ui/marks/health-mark';
import { whyNotStartable } from '../services/describe-runtime';
import { BackendCard } from './backend-card';
import { SwitchDialog } from './switch-dialog';

/** What the card of a backend shows of its settings. */
export interface BackendSettings {
  /** What is set. */
  line: ReactNode;
  /** In place of the button of the switch, while it is not set up. */
  first: ReactNode;
  /** Why it cannot be chosen as it is set. */
  missing: string | null;
}

interface BackendChoiceProps {
  status: HostStatus;
  /** Of each whose services run apart; null while not known. */
  stacks: Record<ServicesBackend, BackendStatus | null>;
  /** Of those that have some; missing while not known. */
  settings: Partial<Record<SwitchableBackend, BackendSettings>>;
  /** To which a switch is asked for. */
  asked: SwitchableBackend | undefined;
  ask: (backend: SwitchableBackend | undefined) => void;
}

/** Which of them is in use, and the switch between them. */
export function BackendChoice({ status, stacks, settings, asked, ask }: BackendChoiceProps) {
  const change = useMutation(orpc.host.switchBackend.mutationOptions());
  const refused = change.isError && !isAnswerLost(change.error);
  const target = change.isPending ? change.variables.backend : null;
  const stackOf = (backend: SwitchableBackend) => {
    const services = ServicesBackend.safeParse(backend).data;
    return services ? stacks[services] : null;
  };
  const begin = (backend: SwitchableBackend, context?: string) => {
    ask(undefined);
    change.mutate({ backend, ...(context && { context }) });
  };
  const choose = (backend: SwitchableBackend) => {
    const nothingRuns = status.state === 'stopped' || status.state === 'failed';
    // What makes a cluster first is asked for in any case.
    if (nothingRuns && !stackOf(backend)?.runtime.startable) begin(backend);
    else ask(backend);
  };
  return (
    <Section title="Backend" aside={<span className="text-xs text-muted">One at a time; each keeps what it has</span>}>
      <ul className="grid grid-cols-1 gap-3 p-3 min-[900px]:grid-cols-2">
        {SwitchableBackend.options.map((backend) => {
          const inUse = status.backend === backend;
          const stack = stackOf(backend);
          return (
            <BackendCard
              key={backend}
              backend={backend}
              look={inUse ? 'in-use' : target === backend ? 'switching' : 'offered'}
              busy={target !== null}
              missing={inUse ? null : (settings[backend]?.missing ?? whyNot(backend, stack))}
              stack={stack}
              first={settings[backend]?.first}
              onChoose={() => choose(backend)}
            >
              {settings[backend]?.line}
            </BackendCard>
          );
        })}
      </ul>
      {(target || refused) && (
        <div className="p-3" aria-live="polite">
          {target ? (
            <p className="flex items-center gap-2">
              <HealthMark health="busy" />
              Switching from {theBackend(status.backend)} to {theBackend(target)}.
            </p>
          ) : (
            <ProblemCard
              problem={describeError(change.error)}
              action={
                change.variables && (
                  <Button size="sm" onClick={() => begin(change.variables.backend, change.variables.context)}>
                    Try again
                  </Button>
                )
              }
            />
          )}
        </div>
      )}
      {asked && asked !== status.backend && target === null && (
        <SwitchDialog
          to={asked}
          status={status}
          stack={stackOf(asked)}
          onConfirm={(context) => begin(asked, context)}
          onClose={() => ask(undefined)}
        />
      )}
    </Section>
  );
}

function whyNot(backend: SwitchableBackend, stack: BackendStatus | null): string | null {
  const services = ServicesBackend.safeParse(backend).data;
  return services && stack ? whyNotStartable(services, stack.runtime) : null;
}
