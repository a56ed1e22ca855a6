import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { FolderSearch } from 'lucide-react';
import { client, orpc } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { AgentsHeader } from '../../page/agents-header';
import { PageBody } from '../../page/page-body';
import { keepTime } from '../../page/time-window';
import { EmptyState } from '../../ui/layout/empty-state';
import { ProblemCard } from '../../ui/layout/problem-card';
import { Skeleton } from '../../ui/layout/skeleton';
import { AgentCard } from './agent-card';
import { FolderChoice } from './folder-choice';
import { McpClients } from './mcp-clients';
import { useMcpClients } from './use-mcp-clients';

const route = getRouteApi('/agents');
/** Files change under it: by the command line, by the agents, by hand. */
const lookAgainMs = 5_000;

/** Coding agents: what connects them to Watchtower, for a repository, and who asks now. */
export function AgentsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { clients, feed } = useMcpClients();
  const folders = useQuery(orpc.agents.folders.queryOptions());
  const folder = search.folder ?? folders.data?.[0] ?? '';
  const list = useQuery({
    queryKey: ['agents', folder],
    queryFn: ({ signal }) => client.agents.list({ folder }, { signal }),
    enabled: folder !== '',
    refetchInterval: lookAgainMs,
  });
  const found = list.data?.agents.filter((agent) => agent.found.length > 0 || agent.setUp !== 'none') ?? [];
  const absent = list.data?.agents.filter((agent) => !found.includes(agent)) ?? [];
  const cardOf = (agent: (typeof found)[number]) => (
    <AgentCard
      key={agent.id}
      agent={agent}
      folder={list.data!.folder}
      clients={clients.filter((each) => each.agent === agent.id)}
      onChanged={() => void list.refetch()}
    />
  );
  return (
    <>
      <AgentsHeader tab="/agents">
        <span className="text-muted">What coding agents read here, what they may ask, what they tell.</span>
      </AgentsHeader>
      <PageBody>
        {feed.kind === 'refused' && <ProblemCard problem={feed.problem} />}
        <McpClients clients={clients} />
        <FolderChoice
          folder={folder}
          known={folders.data ?? []}
          onChoose={(next) =>
            void navigate({ search: (before) => ({ ...keepTime(before), folder: next }), replace: true })
          }
        />
        {list.isError && <ProblemCard problem={describeError(list.error)} />}
        {folder === '' && folders.isSuccess && (
          <EmptyState icon={FolderSearch} title="No repository is named yet">
            Agents are set up for a repository. Name its folder above, and each agent stands here with the files that
            would change.
          </EmptyState>
        )}
        {list.isLoading && <Skeleton className="h-64" />}
        {found.map(cardOf)}
        {absent.length > 0 && (
          <details open={found.length === 0}>
            <summary className="cursor-pointer text-muted">
              Not found on this machine: {absent.map(({ title }) => title).join(', ')}
            </summary>
            <div className="mt-3 grid gap-4">{absent.map(cardOf)}</div>
          </details>
        )}
      </PageBody>
    </>
  );
}
