import { Play, RotateCw, Square, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { backendNames, theBackend } from '../../../../shared/backend-names';
import type { BackendStatus, ServicesBackend } from '../../../../shared/contract/backend';
import type { Problem } from '../../../../shared/problem';
import { Button } from '../../../ui/controls/button';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Badge } from '../../../ui/marks/badge';
import { HealthMark } from '../../../ui/marks/health-mark';
import { canStartOn } from './describe-runtime';
import { describeStack, isInterrupted, isStarting } from './describe-stack';
import { GrafanaLink } from './grafana-link';
import type { StackActions } from './use-stack-actions';

interface StackStateProps {
  backend: ServicesBackend;
  stack: BackendStatus;
  actions: StackActions;
  /** Another backend holds the ports: the stack can only be stopped here. */
  aside: boolean;
  /** Why it could not be started, where the stack itself knows of no problem. */
  refusal: Problem | undefined;
}

/** The whole at a glance: state, step, what can be done, and what is wrong. */
export function StackState({ backend, stack, actions, aside, refusal }: StackStateProps) {
  const problem = stack.problem ?? refusal;
  const { word, health, sentence } = describeStack(stack);
  const grafana = stack.services.find(({ name }) => name === 'grafana');
  const grafanaUrl = grafana?.state === 'ready' ? grafana.ports.find(({ url }) => url)?.url : undefined;
  return (
    <section aria-label={`State of ${theBackend(backend)}`} className="rounded-lg border border-line bg-surface">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
        <HealthMark health={health} size={22} />
        <div className="min-w-0 flex-1" aria-live="polite">
          <h2 className="flex items-center gap-2 text-base font-semibold">
            {backendNames[backend]}: {word.toLowerCase()}
            {stack.adopted && stack.state !== 'stopped' && <Badge>found running</Badge>}
          </h2>
          <p className="text-sm text-muted">
            {sentence || ' '}
            {stack.adopted &&
              stack.state === 'ready' &&
              '. It was started outside this window, by docker compose, make or an earlier run, and was taken over as it is'}
          </p>
        </div>
        <span className="flex flex-wrap gap-2">
          <Buttons stack={stack} actions={actions} aside={aside} solved={!problem} />
        </span>
      </div>
      {grafanaUrl && <GrafanaLink url={grafanaUrl} />}
      {(problem ?? actions.problem) && (
        <div className="grid gap-2 px-4 pb-3">
          {problem && (
            <ProblemCard
              problem={problem}
              action={
                !aside &&
                (stack.state === 'degraded' || stack.state === 'failed' || stack.state === 'stopped') && (
                  <Button size="sm" tone="primary" disabled={!canStartOn(stack.runtime)} onClick={actions.up}>
                    {stack.state === 'degraded' ? 'Mend it' : isInterrupted(stack) ? 'Go on' : 'Try again'}
                  </Button>
                )
              }
            />
          )}
          {actions.problem && <ProblemCard problem={actions.problem} />}
        </div>
      )}
    </section>
  );
}

interface ButtonsProps extends Omit<StackStateProps, 'backend' | 'refusal'> {
  /** No problem stands below, which would carry the way out itself. */
  solved: boolean;
}

function Buttons({ stack, actions, aside, solved }: ButtonsProps): ReactNode {
  const stop = (
    <Button disabled={actions.pending} onClick={actions.down}>
      <Square size={13} aria-hidden />
      Stop
    </Button>
  );
  if (stack.state === 'stopping') {
    return (
      <Button disabled>
        <Square size={13} aria-hidden />
        Stopping
      </Button>
    );
  }
  if (isStarting(stack)) {
    return (
      <Button disabled={actions.pending} onClick={actions.cancel}>
        <X size={14} aria-hidden />
        Cancel
      </Button>
    );
  }
  if (aside) return stack.state === 'stopped' ? null : stop;
  if (stack.state === 'ready') return stop;
  const running = stack.services.some(({ state }) => state !== 'missing' && state !== 'exited' && state !== 'created');
  return (
    <>
      {solved && (
        <Button tone="primary" disabled={!canStartOn(stack.runtime) || actions.pending} onClick={actions.up}>
          {stack.state === 'degraded' ? <RotateCw size={14} aria-hidden /> : <Play size={14} aria-hidden />}
          {stack.state === 'degraded' ? 'Mend it' : isInterrupted(stack) ? 'Go on' : 'Start'}
        </Button>
      )}
      {running && stop}
    </>
  );
}
