import { useMutation } from '@tanstack/react-query';
import type { AgentTelemetry } from '../../../shared/contract/agents';
import { showPlainText } from '../../../shared/show-plain-text';
import { orpc } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { Switch } from '../../ui/controls/switch';
import { ProblemCard } from '../../ui/layout/problem-card';

interface TelemetryRowProps {
  telemetry: AgentTelemetry;
  title: string;
  onChanged: () => void;
}

/** What an agent tells about its own work: sessions, tools, tokens and cost. */
export function TelemetryRow({ telemetry, title, onChanged }: TelemetryRowProps) {
  const { agent, state, content, shown, endpoint, managed, notes, problem } = telemetry;
  const change = useMutation(orpc.agents.switchTelemetry.mutationOptions({ onSettled: onChanged }));
  const on = state === 'on';
  const turn = (next: { on: boolean; content: boolean }) => change.mutate({ agent, dryRun: false, ...next });
  const left = change.data?.changes.find((each) => each.problem)?.problem;
  return (
    <div className="px-3 py-2.5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <span className="flex items-center gap-2">
          <Switch
            label={`${title} tells here what it does`}
            checked={on}
            disabled={change.isPending || state === 'unreadable'}
            onChange={(next) => turn({ on: next, content: false })}
          />
          <span className="font-medium">Tell what it does</span>
        </span>
        <span className="flex items-center gap-2">
          <Switch
            label={`${title} tells prompts and what tools say`}
            checked={on && content}
            disabled={!on || change.isPending}
            onChange={(next) => turn({ on: true, content: next })}
          />
          <span className={on ? '' : 'text-muted'}>with prompts and what tools say</span>
        </span>
        <span className="ml-auto min-w-0 truncate text-muted">
          {describeTelemetry(telemetry, endpoint)} · <code className="font-mono text-xs">{showPlainText(shown)}</code>
        </span>
      </div>
      {managed.map(({ shown: file, keys }) => (
        <p key={file} role="note" className="mt-2 text-warn">
          Managed settings win: {showPlainText(file)} sets {keys.length > 0 ? keys.join(', ') : 'what cannot be read'}.
        </p>
      ))}
      {notes.map((note) => (
        <p key={note} className="mt-1 text-xs text-muted">
          {note.replaceAll('`', '')}
        </p>
      ))}
      {(problem ?? left) && (
        <div className="mt-2">
          <ProblemCard problem={(problem ?? left)!} />
        </div>
      )}
      {change.isError && (
        <div className="mt-2">
          <ProblemCard problem={describeError(change.error)} />
        </div>
      )}
    </div>
  );
}

function describeTelemetry({ agent, state, content }: AgentTelemetry, endpoint: string | undefined): string {
  if (state === 'unreadable') return 'Its settings cannot be read';
  if (state === 'off') return 'Off';
  if (state === 'elsewhere') return `Sends to ${showPlainText(endpoint ?? '')}, not here`;
  const how = agent === 'cursor' ? 'By its hooks' : 'Sends here';
  return `${how}, ${content ? 'with content' : 'without content'}`;
}
