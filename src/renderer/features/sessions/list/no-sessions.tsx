import { useQuery } from '@tanstack/react-query';
import { Bot } from 'lucide-react';
import { agents } from '../../../../shared/agents/agents';
import { orpc } from '../../../client/contract-client';
import { EmptyState } from '../../../ui/layout/empty-state';
import { CodeBlock } from '../../../ui/text/code-block';

/** In place of the list before the first session: the line that lets each agent tell of itself. */
export function NoSessions() {
  const command = useQuery(orpc.host.command.queryOptions({ staleTime: Number.POSITIVE_INFINITY }));
  const telling = agents.filter(({ services }) => services.length > 0);
  return (
    <EmptyState icon={Bot} title="No agent has told of itself yet">
      <p>
        Coding agents can send their own telemetry here: prompts, model calls, tools, tokens and cost, while they work.
        Switch it on for yours, then start it anew. What was written and read stays out unless you ask for it.
      </p>
      {command.data && (
        <ul className="mt-3 space-y-2 text-left">
          {telling.map(({ id, title }) => (
            <li key={id}>
              <CodeBlock
                code={`${command.data} agent telemetry on ${id}`}
                syntax="bash"
                what={`the command for ${title}`}
                filename={title}
              />
            </li>
          ))}
        </ul>
      )}
    </EmptyState>
  );
}
