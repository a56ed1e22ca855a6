import { useMutation } from '@tanstack/react-query';
import type { AgentSetup, McpClient } from '../../../shared/contract/agents';
import { showPlainText } from '../../../shared/show-plain-text';
import { orpc } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { Button } from '../../ui/controls/button';
import { ProblemCard } from '../../ui/layout/problem-card';
import { Section } from '../../ui/layout/section';
import { Badge } from '../../ui/marks/badge';
import { HealthMark } from '../../ui/marks/health-mark';
import { CopyButton } from '../../ui/text/copy-button';
import { SetupChanges } from './setup-changes';
import { TelemetryRow } from './telemetry-row';

interface AgentCardProps {
  agent: AgentSetup;
  folder: string;
  /** Of this agent. */
  clients: readonly McpClient[];
  onChanged: () => void;
}

const states: Record<AgentSetup['setUp'], { tone: 'ok' | 'warn' | 'neutral'; text: string }> = {
  full: { tone: 'ok', text: 'set up' },
  part: { tone: 'warn', text: 'set up in part' },
  none: { tone: 'neutral', text: 'not set up' },
};

/** One agent: what is there of it, what will be written, and the way back. */
export function AgentCard({ agent, folder, clients, onChanged }: AgentCardProps) {
  const init = useMutation(orpc.agents.init.mutationOptions({ onSettled: onChanged }));
  const remove = useMutation(orpc.agents.remove.mutationOptions({ onSettled: onChanged }));
  const { id, title, setUp, changes, found, tokens, notes } = agent;
  const input = { folder, agents: [id], dryRun: false };
  const busy = init.isPending || remove.isPending;
  const pending = changes.filter(({ action }) => action !== 'none').length;
  const isConnected = clients.some((each) => each.connected);
  const failed = init.error ?? remove.error;
  const left = remove.data?.changes.filter(({ problem }) => problem) ?? [];
  return (
    <Section
      title={title}
      aside={
        <span className="flex items-center gap-2">
          <HealthMark
            health={isConnected ? 'ok' : 'off'}
            label={isConnected ? `${title} is connected` : `${title} is not connected`}
          />
          <Badge tone={states[setUp].tone}>{states[setUp].text}</Badge>
        </span>
      }
    >
      <div className="flex flex-wrap items-center gap-2 px-3 py-2.5">
        <p className="min-w-0 flex-1 text-muted">
          {found.length > 0 ? `Found: ${found.map(showPlainText).join(', ')}.` : 'Not found on this machine.'} Its rules
          cost a session about {tokens} tokens.
        </p>
        <CopyButton
          size="md"
          label="Command"
          what="the command that does the same"
          text={`watchtower agent init ${id}`}
        />
        {setUp !== 'none' && (
          <Button disabled={busy} onClick={() => remove.mutate(input)}>
            Take out
          </Button>
        )}
        <Button tone="primary" disabled={busy || pending === 0} onClick={() => init.mutate(input)}>
          {pending === 0 ? 'Nothing to do' : setUp === 'none' ? `Set up ${title}` : `Bring up to date`}
        </Button>
      </div>
      {failed && (
        <div className="p-3">
          <ProblemCard problem={describeError(failed)} />
        </div>
      )}
      {left.map(({ path, problem }) => (
        <div key={path} className="p-3">
          <ProblemCard problem={problem!} />
        </div>
      ))}
      <SetupChanges title={title} changes={changes} />
      {agent.telemetry && <TelemetryRow telemetry={agent.telemetry} title={title} onChanged={onChanged} />}
      {setUp !== 'none' && notes.length > 0 && (
        <ul className="list-disc space-y-1 py-2.5 pr-3 pl-7 text-muted">
          {notes.map((note) => (
            <li key={note}>{note.replaceAll('`', '')}</li>
          ))}
        </ul>
      )}
    </Section>
  );
}
