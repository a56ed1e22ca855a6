import { agentOfService } from '../../agents/find-agent';
import { splitInput } from '../add-tokens';
import { factHead } from './fact-head';
import { lastMessageText } from './message-text';
import type { FactBody, FactHead, ModelCallFact, SessionFact } from './session-fact';
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
      return isFailed(item) ? [failure(item)] : modelCall(item);
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
  if (isFailed(item)) return [failure(item), ...modelCall(item)];
  const text = lastMessageText(contentOf(item, 'gen_ai.output.messages'), 'assistant');
  return [...modelCall(item), ...(text === undefined ? [] : [{ kind: 'response', text } as const])];
}

function invokedAgent(item: TelemetryItem): FactBody[] {
  const asked = contentOf(item, 'copilot_chat.user_request');
  const sums = modelCall(item);
  return [
    {
      kind: 'agent',
      name: firstOf(item, 'gen_ai.agent.name') ?? item.name.replace(/^invoke_agent\s*/, ''),
      text: asked ?? lastMessageText(contentOf(item, 'gen_ai.input.messages'), 'user'),
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
  };
}

/** None where no usage is told: an event of a request, a call that was cut off. */
function modelCall(item: TelemetryItem): ModelCallFact[] {
  const input = amountOf(item, 'gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens');
  const output = amountOf(item, 'gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens');
  if (input === undefined && output === undefined) return [];
  const cacheRead = amountOf(item, 'gen_ai.usage.cache_read.input_tokens', 'gen_ai.usage.cache_read_input_tokens');
  const cacheCreation = amountOf(
    item,
    'gen_ai.usage.cache_creation.input_tokens',
    'gen_ai.usage.cache_creation_input_tokens',
  );
  const firstToken = amountOf(item, 'copilot_chat.time_to_first_token');
  const chunk = amountOf(item, 'gen_ai.response.time_to_first_chunk');
  return [
    {
      kind: 'model-call',
      requestId: firstOf(item, 'gen_ai.response.id'),
      model: firstOf(item, 'gen_ai.response.model', 'gen_ai.request.model') ?? '',
      tokens: { ...splitInput(input ?? 0, cacheRead ?? 0, cacheCreation ?? 0), output: output ?? 0 },
      signature: `${input ?? 0}|${output ?? 0}`,
      usd: amountOf(item, 'gen_ai.usage.cost', 'gen_ai.cost.total_cost'),
      firstTokenMs: firstToken ?? (chunk === undefined ? undefined : chunk * 1000),
      stopReason: firstOf(item, 'gen_ai.response.finish_reasons'),
      purpose: firstOf(item, 'copilot_chat.debug_name'),
    },
  ];
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
