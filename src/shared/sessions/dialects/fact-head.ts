import { type AgentId, agents } from '../../agents/agents';
import type { FactHead, FactOrigin } from './session-fact';
import { firstOf, type TelemetryItem } from './telemetry-item';

const titles = new Map<string, string>(agents.map(({ id, title }) => [id, title]));

/** The head of what an item tells; `keys`: the attributes that may name the session, the surest first. */
export function factHead(
  item: TelemetryItem,
  agent: AgentId | 'other',
  keys: readonly string[],
  origin: FactOrigin = item.signal === 'span' ? 'span' : 'event',
): FactHead {
  return {
    session: firstOf(item, ...keys) ?? '',
    agent,
    agentTitle: titles.get(agent) ?? firstOf(item, 'gen_ai.agent.name') ?? item.service,
    service: item.service,
    version: firstOf(item, 'app.version', 'gen_ai.agent.version') ?? item.resource('service.version'),
    repository: repositoryOf(item),
    folder: firstOf(item, 'cwd', 'process.working_directory') ?? item.resource('process.working_directory'),
    origin,
    startMs: item.startMs,
    endMs: item.endMs,
    promptId: firstOf(item, 'prompt.id', 'prompt_id', 'turn.id'),
    subagent: undefined,
    traceId: item.traceId || undefined,
    spanId: item.spanId || undefined,
    parentSpanId: item.parentSpanId || undefined,
  };
}

/** The last part of an address: `https://host/group/shop.git` and `git@host:group/shop.git` are `shop`. */
function repositoryOf(item: TelemetryItem): string | undefined {
  const named = firstOf(item, 'vcs.repository.name') ?? item.resource('vcs.repository.name');
  if (named) return named;
  const address =
    firstOf(item, 'vcs.repository.url.full', 'github.copilot.git.repository', 'copilot_chat.repo.remote_url') ??
    item.resource('vcs.repository.url.full');
  return address
    ?.replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .split(/[/:\\]/)
    .at(-1);
}
