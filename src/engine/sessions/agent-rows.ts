import { agentOfService } from '../../shared/agents/find-agent';
import type { StoreReader } from '../store/reader/reader';

/** Attributes that name a session, the surest first. */
export const sessionKeys = ['gen_ai.conversation.id', 'conversation.id', 'copilot_chat.session_id', 'session.id'];

const eventNames =
  '^(claude_code|codex|gemini_cli|copilot_chat)\\\\.|^gen_ai\\\\.client\\\\.inference\\\\.operation\\\\.details$';
const agentScope =
  /^(?:com\.anthropic\.claude_code|copilot[-_.]chat|github[-_.]copilot|gemini[-_]cli|codex|watchtower\.hook\.cursor)/;

/** Conditions over `logs` and `spans`: rows that may be of an agent. */
export interface AgentRows {
  readonly logs: string;
  readonly spans: string;
  /** Ids of the attribute that marks the span of an agent at work. */
  readonly invokesAgent: readonly number[];
}

/** As of now: whoever sends for the first time later is in none of them. */
export async function findAgentRows(reader: StoreReader, signal: AbortSignal): Promise<AgentRows> {
  const marks = await reader.database.rows<{ id: number; key: string; text: string }>(
    `SELECT id, key, text FROM attributes WHERE key = 'gen_ai.operation.name'
     OR (key = 'event.name' AND regexp_matches(text, '${eventNames}'))`,
    [],
    { signal },
  );
  const resources = [...reader.dictionary.resources()].flatMap(([id, { service }]) =>
    agentOfService(service) === null && !/^codex/.test(service) ? [] : [id],
  );
  const scopes = [...reader.dictionary.scopes()].flatMap(([id, { name }]) => (agentScope.test(name) ? [id] : []));
  const anyOf = (column: string, ids: readonly number[]) =>
    ids.length === 0 ? [] : [`${column} IN (${ids.join(',')})`];
  const marked = (ids: readonly number[]) =>
    ids.length === 0 ? [] : [`list_has_any(attributes, [${ids.join(',')}]::UINTEGER[])`];
  const senders = [...anyOf('resource', resources), ...anyOf('scope', scopes)];
  const either = (conditions: readonly string[]) =>
    conditions.length === 0 ? 'false' : `(${conditions.join(' OR ')})`;
  const named = `(event_name <> 0 AND event_name IN (SELECT id FROM strings WHERE regexp_matches(value, '${eventNames}')))`;
  return {
    logs: either([...senders, ...marked(marks.map(({ id }) => id)), named]),
    spans: either([
      ...senders,
      ...marked(marks.flatMap(({ id, key }) => (key === 'gen_ai.operation.name' ? [id] : []))),
    ]),
    invokesAgent: marks.flatMap(({ id, key, text }) =>
      key === 'gen_ai.operation.name' && text === 'invoke_agent' ? [id] : [],
    ),
  };
}
