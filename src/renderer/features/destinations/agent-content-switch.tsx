import { useMutation } from '@tanstack/react-query';
import type { DestinationsStatus } from '../../../shared/contract/destinations';
import { orpc } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { formatCount } from '../../client/format-number';
import { Switch } from '../../ui/controls/switch';
import { ProblemCard } from '../../ui/layout/problem-card';
import { Section } from '../../ui/layout/section';

/** Whether what coding agents were told and said goes along; off unless somebody asks for it. */
export function AgentContentSwitch({ status }: { status: DestinationsStatus }) {
  const change = useMutation(orpc.destinations.setAgentContent.mutationOptions());
  const counted = status.destinations.map(({ delivery }) => delivery.withheld ?? 0);
  const most = Math.max(0, ...counted);
  const on = status.agentContent === true;
  return (
    <Section title="What coding agents were told and said">
      <div className="flex items-start gap-3 px-3 py-3">
        <Switch
          label="Send prompts, answers and what tools say"
          checked={on}
          disabled={change.isPending}
          onChange={(next) => change.mutate({ on: next })}
        />
        <div className="min-w-0">
          <p className="font-medium">{on ? 'A copy of it is sent' : 'It stays here'}</p>
          <p className="text-muted">
            Prompts, answers, and what tools were given and gave, in what Claude Code, Codex, Cursor, Gemini CLI and
            Copilot send about themselves.{' '}
            {on ? 'It goes to every destination that is switched on.' : 'It is left out of every copy.'}
            {!on && most > 0 && ` Left out since the sending was switched on: ${formatCount(most)} values.`}
          </p>
        </div>
      </div>
      {change.isError && (
        <div className="p-3">
          <ProblemCard problem={describeError(change.error)} />
        </div>
      )}
    </Section>
  );
}
