import type { Tokens } from '../usage';
import { factHead } from './fact-head';
import type { FactBody, FactHead, SessionFact } from './session-fact';
import { amountOf, contentOf, firstOf, flagOf, startOf, type TelemetryItem } from './telemetry-item';

const prefix = 'claude_code.';

/** Whether the item is of Claude Code: its events are named with the prefix in their text and without it in `event.name`. */
export function isOfClaude({ name, body, scope }: TelemetryItem): boolean {
  return name.startsWith(prefix) || body.startsWith(prefix) || scope.startsWith('com.anthropic.claude_code');
}

export function readClaude(item: TelemetryItem): SessionFact[] {
  const head: FactHead = Object.assign(factHead(item, 'claude', ['session.id']), {
    subagent: firstOf(item, 'agent_id', 'agent.name'),
  });
  const name = item.name.startsWith(prefix) ? item.name.slice(prefix.length) : item.name;
  const body = item.signal === 'span' ? readSpan(item, name) : readEvent(item, name);
  // Thousands of a session: the head becomes the fact instead of being copied to it.
  return [Object.assign(head, body && timesOf(item, body), body ?? ({ kind: 'sign' } as const))];
}

/** An event is told when the thing is over. */
function timesOf(item: TelemetryItem, { kind }: FactBody): Partial<FactHead> {
  const lasts = item.signal === 'log' && ['model-call', 'tool-call', 'error', 'subagent', 'compaction'].includes(kind);
  return lasts ? { startMs: startOf(item, 'duration_ms') } : {};
}

function readEvent(item: TelemetryItem, name: string): FactBody | null {
  switch (name) {
    case 'user_prompt':
      return {
        kind: 'prompt',
        text: contentOf(item, 'prompt', 'prompt_text'),
        length: amountOf(item, 'prompt_length'),
      };
    case 'assistant_response':
      return { kind: 'response', text: contentOf(item, 'response'), length: amountOf(item, 'response_length') };
    case 'api_request':
      return { ...modelCall(item), usd: amountOf(item, 'cost_usd') ?? micros(item) };
    case 'api_error':
    case 'api_retries_exhausted':
      return {
        kind: 'error',
        message: firstOf(item, 'error', 'error.message') ?? 'error',
        model: firstOf(item, 'model'),
        status: firstOf(item, 'status_code'),
        attempt: amountOf(item, 'attempt'),
      };
    case 'tool_decision':
      return {
        kind: 'tool-call',
        callId: firstOf(item, 'tool_use_id'),
        tool: firstOf(item, 'tool_name') ?? '',
        arguments: contentOf(item, 'tool_input', 'tool_parameters'),
        decision: firstOf(item, 'decision'),
        decisionSource: firstOf(item, 'source'),
        isDecision: true,
      };
    case 'tool_result':
      return {
        kind: 'tool-call',
        callId: firstOf(item, 'tool_use_id'),
        tool: firstOf(item, 'tool_name') ?? '',
        server: firstOf(item, 'mcp_server.name', 'mcp_server_name'),
        arguments: contentOf(item, 'tool_input', 'tool_parameters'),
        result: contentOf(item, 'tool_result', 'tool_output'),
        ok: flagOf(item, 'success'),
        error: firstOf(item, 'error', 'error_type'),
        resultBytes: amountOf(item, 'tool_result_size_bytes'),
        decision: firstOf(item, 'decision_type', 'decision'),
        decisionSource: firstOf(item, 'decision_source'),
      };
    case 'compaction':
      return {
        kind: 'compaction',
        before: amountOf(item, 'pre_tokens'),
        after: amountOf(item, 'post_tokens'),
        trigger: firstOf(item, 'trigger'),
      };
    case 'subagent_completed':
      return {
        kind: 'subagent',
        name: firstOf(item, 'agent.name', 'agent_type', 'agent_name') ?? 'subagent',
        tokens: amountOf(item, 'total_tokens', 'tokens'),
      };
    case 'permission_mode_changed':
      return note(item, name, 'from_mode', 'to_mode', 'trigger');
    case 'mcp_server_connection':
      return note(item, name, 'server_name', 'mcp_server.name', 'status', 'error');
    case 'skill_activated':
      return note(item, name, 'skill.name', 'skill_name', 'source');
    case 'internal_error':
      return note(item, name, 'error_name', 'error_code', 'error');
    case 'hook_execution_complete':
      return note(item, name, 'hook_event', 'hook_name', 'num_blocking');
    default:
      return null;
  }
}

function readSpan(item: TelemetryItem, name: string): FactBody | null {
  switch (name) {
    case 'interaction':
      return {
        kind: 'prompt',
        text: contentOf(item, 'user_prompt'),
        length: amountOf(item, 'user_prompt_length'),
      };
    case 'llm_request':
      if (flagOf(item, 'success') === false)
        return {
          kind: 'error',
          message: firstOf(item, 'error') ?? (item.statusMessage || 'error'),
          model: firstOf(item, 'model'),
          status: firstOf(item, 'status_code'),
          attempt: amountOf(item, 'attempt'),
        };
      return modelCall(item);
    case 'tool':
      return {
        kind: 'tool-call',
        callId: firstOf(item, 'tool_use_id', 'gen_ai.tool.call.id'),
        tool: firstOf(item, 'tool_name') ?? '',
        arguments: contentOf(item, 'tool_input', 'full_command', 'file_path'),
      };
    case 'tool.execution':
      return { kind: 'tool-part', ok: flagOf(item, 'success'), error: firstOf(item, 'error', 'error_class') };
    case 'tool.blocked_on_user':
      return {
        kind: 'tool-part',
        decision: firstOf(item, 'decision'),
        decisionSource: firstOf(item, 'source'),
        waitedMs: item.endMs - item.startMs,
      };
    default:
      return null;
  }
}

function modelCall(item: TelemetryItem) {
  const [input, output] = [amountOf(item, 'input_tokens') ?? 0, amountOf(item, 'output_tokens') ?? 0];
  const tokens: Tokens = {
    input,
    output,
    cacheRead: amountOf(item, 'cache_read_tokens') ?? 0,
    cacheCreation: amountOf(item, 'cache_creation_tokens') ?? 0,
  };
  return {
    kind: 'model-call',
    requestId: firstOf(item, 'request_id', 'gen_ai.response.id'),
    model: firstOf(item, 'model', 'gen_ai.request.model') ?? '',
    tokens,
    signature: `${input}|${output}|${tokens.cacheRead}|${tokens.cacheCreation}`,
    firstTokenMs: amountOf(item, 'ttft_ms'),
    attempt: amountOf(item, 'attempt'),
    stopReason: firstOf(item, 'stop_reason'),
    purpose: firstOf(item, 'query_source', 'query_source_safe'),
  } as const;
}

function micros(item: TelemetryItem): number | undefined {
  const amount = amountOf(item, 'cost_usd_micros');
  return amount === undefined ? undefined : amount / 1e6;
}

function note(item: TelemetryItem, name: string, ...keys: readonly string[]): FactBody {
  return { kind: 'note', name, text: keys.flatMap((key) => item.attribute(key) ?? []).join(', ') };
}
