import { useQuery } from '@tanstack/react-query';
import { CirclePlay } from 'lucide-react';
import { orpc } from '../../../client/contract-client';
import { EmptyState } from '../../../ui/layout/empty-state';
import { CodeBlock } from '../../../ui/text/code-block';

/** In place of the list before the first run: what a run is, and the line that makes one. */
export function NoRuns() {
  const command = useQuery(orpc.host.command.queryOptions({ staleTime: Number.POSITIVE_INFINITY }));
  return (
    <EmptyState icon={CirclePlay} title="No run yet">
      <p>
        Put this before any command: tests, a server, a script. Its traces, logs, metrics and output come together here,
        and the next run of it is compared with this one. The code is not touched.
      </p>
      {command.data && (
        <div className="mt-3 text-left">
          <CodeBlock code={`${command.data} run -- npm test`} syntax="bash" what="the command" />
        </div>
      )}
    </EmptyState>
  );
}
