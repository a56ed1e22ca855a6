import { splitInput } from '../add-tokens';
import { factHead } from './fact-head';
import type { FactBody, SessionFact } from './session-fact';
import { amountOf, contentOf, firstOf, flagOf, startOf, type TelemetryItem } from './telemetry-item';

const prefix = 'gemini_cli.';

/** Its end has a name without the prefix. */
export function isOfGemini({ signal, name, service }: TelemetryItem): boolean {
  return signal === 'log' && (name.startsWith(prefix) || (name === 'end_session' && service.startsWith('gemini')));
}

export function readGemini(item: TelemetryItem): SessionFact[] {
  const head = factHead(item, 'gemini', ['session.id', 'gen_ai.conversation.id']);
  const body = readEvent(item, item.name.startsWith(prefix) ? item.name.slice(prefix.length) : item.name);
  if (!body) return [{ ...head, kind: 'sign' }];
  return [{ ...head, startMs: startOf(item, 'duration_ms'), ...body }];
}

function readEvent(item: TelemetryItem, name: string): FactBody | null {
  switch (name) {
    case 'user_prompt':
      return { kind: 'prompt', text: contentOf(item, 'prompt'), length: amountOf(item, 'prompt_length') };
    case 'api_response':
      return modelCall(item);
    case 'api_error':
      return {
        kind: 'error',
        message: firstOf(item, 'error.message', 'error') ?? 'error',
        model: firstOf(item, 'model', 'model_name'),
        status: firstOf(item, 'status_code', 'http.status_code', 'error.type'),
      };
    case 'tool_call': {
      const decision = firstOf(item, 'decision');
      return {
        kind: 'tool-call',
        callId: firstOf(item, 'call_id', 'tool_call_id'),
        tool: firstOf(item, 'function_name') ?? '',
        server: firstOf(item, 'mcp_server_name'),
        arguments: contentOf(item, 'function_args'),
        ok: flagOf(item, 'success'),
        error: firstOf(item, 'error.message', 'error'),
        resultBytes: amountOf(item, 'content_length'),
        decision,
        decisionSource: decision && (decision.startsWith('auto') ? 'config' : 'user'),
      };
    }
    case 'chat_compression':
      return { kind: 'compaction', before: amountOf(item, 'tokens_before'), after: amountOf(item, 'tokens_after') };
    case 'agent.finish':
      return { kind: 'subagent', name: firstOf(item, 'agent_name') ?? 'subagent' };
    case 'flash_fallback':
    case 'model_routing':
    case 'slash_command':
    case 'approval_mode_switch':
      return { kind: 'note', name, text: firstOf(item, 'command', 'decision_model', 'to_mode', 'reason') ?? '' };
    case 'end_session':
      return { kind: 'end' };
    default:
      return null;
  }
}

function modelCall(item: TelemetryItem): FactBody {
  const input = amountOf(item, 'input_token_count') ?? 0;
  const output = amountOf(item, 'output_token_count') ?? 0;
  const thoughts = amountOf(item, 'thoughts_token_count') ?? 0;
  // What the model's own tools gave it to read is counted apart from the prompt.
  const fromTools = amountOf(item, 'tool_token_count') ?? 0;
  const split = splitInput(input, amountOf(item, 'cached_content_token_count') ?? 0, 0);
  return {
    kind: 'model-call',
    requestId: firstOf(item, 'response_id', 'gen_ai.response.id'),
    model: firstOf(item, 'model') ?? '',
    tokens: { ...split, input: split.input + fromTools, output: output + thoughts },
    signature: `${input}|${output}`,
    stopReason: firstOf(item, 'finish_reasons'),
    purpose: firstOf(item, 'role'),
  };
}
