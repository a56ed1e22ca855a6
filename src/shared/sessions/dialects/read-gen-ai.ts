import { agentOfService } from '../../agents/find-agent';
import { factHead } from './fact-head';
import { lastMessageText } from './message-text';
import { readUsage } from './read-usage';
import type { FactBody, FactHead, SessionFact } from './session-fact';
import { amountOf, contentOf, firstOf, flagOf, startOf, type TelemetryItem } from './telemetry-item';

const details = 'gen_ai.client.inference.operation.details';
const copilot = 'copilot_chat.';
const modelCalls = new Set(['chat', 'text_completion', 'generate_content', 'completion', 'llm_call', 'embeddings']);
const sessionKeys = ['gen_ai.conversation.id', 'conversation.id', 'copilot_chat.session_id', 'session.id'];

/** Whether the item is told by the GenAI conventions, as GitHub Copilot and many frameworks do. */
export function isOfGenAi(item: TelemetryItem): boolean {
  return item.name === details || item.name.startsWith(copilot) || operationOf(item) !== undefined;
}

export function readGenAi(item: TelemetryItem): SessionFact[] {
  const agent = item.name.startsWith(copilot) ? 'copilot' : (agentOfService(item.service) ?? 'other');
  const isEvent = item.signal === 'log';
  const head = factHead(item, agent, sessionKeys, isEvent ? 'genai-event' : 'span');
  const bodies = isEvent ? readEvent(item) : readSpan(item);
  const times: Partial<FactHead> = isEvent ? { startMs: startOf(item, 'duration_ms') } : {};
  return (bodies.length > 0 ? bodies : [{ kind: 'sign' } as const]).map((body) => ({ ...head, ...times, ...body }));
}

/** Of old names as well. */
function operationOf(item: TelemetryItem): string | undefined {
  return firstOf(item, 'gen_ai.operation.name');
}

function readEvent(item: TelemetryItem): FactBody[] {
  switch (item.name) {
    case details:
      return isFailed(item) ? [failure(item)] : readUsage(item);
    case 'copilot_chat.tool.call':
      return [toolCall(item)];
    case 'copilot_chat.summarization':
      return [
        {
          kind: 'compaction',
          before: amountOf(item, 'context_length_before'),
          trigger: firstOf(item, 'source', 'summarization_mode'),
        },
      ];
    default:
      return [];
  }
}

function readSpan(item: TelemetryItem): FactBody[] {
  const operation = operationOf(item)!;
  if (operation === 'invoke_agent') return invokedAgent(item);
  if (operation === 'execute_tool' || operation === 'tool_call') return [toolCall(item)];
  if (!modelCalls.has(operation)) return [];
  if (isFailed(item)) return [failure(item), ...readUsage(item)];
  const text = lastMessageText(contentOf(item, 'gen_ai.output.messages'), 'assistant');
  return [...readUsage(item), ...(text === undefined ? [] : [{ kind: 'response', text } as const])];
}

function invokedAgent(item: TelemetryItem): FactBody[] {
  const asked = contentOf(item, 'copilot_chat.user_request');
  const sums = readUsage(item);
  return [
    {
      kind: 'agent',
      name: firstOf(item, 'gen_ai.agent.name') ?? item.name.replace(/^invoke_agent\s*/, ''),
      text: asked ?? lastMessageText(contentOf(item, 'gen_ai.input.messages'), 'user'),
      // The hook tells the prompt by itself, when the person gives it.
      isTurn: item.scope === 'watchtower.hook.cursor' && item.parentSpanId === '',
    },
    ...sums.map((sum) => ({ ...sum, isSum: true })),
  ];
}

function toolCall(item: TelemetryItem): FactBody {
  const error = firstOf(item, 'error.message', 'error.type');
  const told = flagOf(item, 'success');
  const failed = isFailed(item);
  return {
    kind: 'tool-call',
    callId: firstOf(item, 'gen_ai.tool.call.id'),
    tool: firstOf(item, 'gen_ai.tool.name') ?? item.name.replace(/^execute_tool\s*/, ''),
    server: firstOf(item, 'mcp.server.name'),
    arguments: contentOf(item, 'gen_ai.tool.call.arguments'),
    result: contentOf(item, 'gen_ai.tool.call.result'),
    ok: told ?? !failed,
    error: failed || told === false ? (error ?? (item.statusMessage || undefined)) : undefined,
    ...decisionOf(item, error === 'permission_denied'),
  };
}

/** As Cursor's hooks tell it: that a call was denied, and how long it waited for leave. */
function decisionOf(item: TelemetryItem, isDenied: boolean) {
  const waitedMs = amountOf(item, 'cursor.approval_wait_ms');
  if (waitedMs === undefined) return isDenied ? { decision: 'reject' } : {};
  return { decision: isDenied ? 'reject' : 'accept', decisionSource: 'user', waitedMs };
}

function isFailed(item: TelemetryItem): boolean {
  return item.failed || firstOf(item, 'error.type') !== undefined;
}

function failure(item: TelemetryItem): FactBody {
  return {
    kind: 'error',
    message: firstOf(item, 'error.message', 'error.type') ?? (item.statusMessage || 'error'),
    model: firstOf(item, 'gen_ai.response.model', 'gen_ai.request.model'),
    status: firstOf(item, 'http.response.status_code'),
  };
}
