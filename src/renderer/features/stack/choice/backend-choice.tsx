import { useMutation } from '@tanstack/react-query';
import { useId } from 'react';
import { backendInSentence, backendNames } from '../../../../shared/backend-names';
import type { BackendStatus } from '../../../../shared/contract/backend';
import { type HostStatus, SwitchableBackend } from '../../../../shared/contract/host';

import { orpc } from '../../../client/contract-client';
import { describeError, isAnswerLost } from '../../../client/describe-error';
import { classNames } from '../../../ui/class-names';
import { Button } from '../../../ui/controls/button';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Section } from '../../../ui/layout/section';
import { Badge } from '../../../ui/marks/badge';
import { HealthMark } from '../../../ui/marks/health-mark';
import { describeRuntime } from '../services/describe-runtime';
import { SwitchDialog } from './switch-dialog';

interface BackendChoiceProps {
  status: HostStatus;
  stack: BackendStatus | null;
  /** To which a switch is asked for. */
  asked: SwitchableBackend | undefined;
  ask: (backend: SwitchableBackend | undefined) => void;
}

const meanings: Record<SwitchableBackend, string> = {
  embedded:
    'One process of this program receives, keeps and answers. Nothing to install, starts in under a second, no Grafana.',
  docker:
    'Alloy, Tempo, Loki, Prometheus and Grafana with dashboards. Needs a container engine; the first start fetches the images.',
};

/** Which of the two runs behind the ports, and the switch between them. */
export function BackendChoice({ status, stack, asked, ask }: BackendChoiceProps) {
  const change = useMutation(orpc.host.switchBackend.mutationOptions());
  const refused = change.isError && !isAnswerLost(change.error);
  const target = change.isPending ? change.variables.backend : null;
  const begin = (backend: SwitchableBackend) => {
    ask(undefined);
    change.mutate({ backend });
  };
  const reasonId = useId();
  const choose = (backend: SwitchableBackend) =>
    status.state === 'stopped' || status.state === 'failed' ? begin(backend) : ask(backend);
  return (
    <Section
      title="Backend"
      aside={<span className="text-xs text-muted">Ports and query APIs stay the same, whichever runs</span>}
    >
      <ul className="grid grid-cols-1 gap-3 p-3 min-[900px]:grid-cols-2">
        {SwitchableBackend.options.map((backend) => {
          const inUse = status.backend === backend;
          const missing = backend === 'docker' && !inUse && stack ? whyNoStack(stack) : null;
          return (
            <li
              key={backend}
              aria-label={backendNames[backend]}
              className={classNames(
                'flex flex-col gap-1 rounded-md border px-3 py-2',
                inUse ? 'border-accent bg-selected' : 'border-line-strong',
              )}
            >
              <div className="flex min-h-7 items-center justify-between gap-2">
                <h3 className="font-semibold">{backendNames[backend]}</h3>
                {inUse ? (
                  <Badge tone="accent">in use</Badge>
                ) : target === backend ? (
                  <Badge tone="accent">
                    <HealthMark health="busy" size={8} /> switching
                  </Badge>
                ) : (
                  <Button
                    size="sm"
                    disabled={target !== null || missing !== null}
                    aria-describedby={missing ? reasonId : undefined}
                    onClick={() => choose(backend)}
                  >
                    Switch to this
                  </Button>
                )}
              </div>
              <p className="text-muted">{meanings[backend]}</p>
              {backend === 'docker' && stack && <EngineLine stack={stack} />}
              {missing && (
                <p id={reasonId} className="text-xs text-muted">
                  Cannot be switched to: {missing}
                </p>
              )}
            </li>
          );
        })}
      </ul>
      {(target || refused) && (
        <div className="p-3" aria-live="polite">
          {target ? (
            <p className="flex items-center gap-2">
              <HealthMark health="busy" />
              Stopping the {backendInSentence(status.backend)} and handing its ports to the {backendInSentence(target)}.
            </p>
          ) : (
            <ProblemCard
              problem={describeError(change.error)}
              action={
                change.variables && (
                  <Button size="sm" onClick={() => begin(change.variables.backend)}>
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
          stack={stack}
          onConfirm={() => begin(asked)}
          onClose={() => ask(undefined)}
        />
      )}
    </Section>
  );
}

function EngineLine({ stack: { runtime } }: { stack: BackendStatus }) {
  const { word, health } = describeRuntime(runtime);
  return (
    <p className="mt-auto flex items-center gap-1.5 text-xs">
      <HealthMark health={health} size={10} />
      <span className="whitespace-nowrap">
        {runtime.state === 'connected' ? runtime.version : `Container engine: ${word}`}
      </span>
    </p>
  );
}

/** Why the stack cannot be started now, with what to do; null where it can, or where that is not known yet. */
function whyNoStack({ runtime }: BackendStatus): string | null {
  if (runtime.state === 'connected' || runtime.state === 'looking') return null;
  const { message, hint } = runtime.problem ?? { message: 'no container engine answers.', hint: undefined };
  return [message, hint].filter(Boolean).join(' ');
}
