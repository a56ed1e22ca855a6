import { splitInput } from '../add-tokens';
import { factHead } from './fact-head';
import type { FactBody, FactHead, SessionFact } from './session-fact';
import { amountOf, contentOf, firstOf, flagOf, startOf, type TelemetryItem } from './telemetry-item';

const prefix = 'codex.';

/** Codex tells everything in records, tokens among it; its spans are of its insides. */
export function isOfCodex({ signal, name }: TelemetryItem): boolean {
  return signal === 'log' && name.startsWith(prefix);
}

export function readCodex(item: TelemetryItem): SessionFact[] {
  const head = factHead(item, 'codex', ['conversation.id', 'gen_ai.conversation.id', 'thread.id']);
  const body = readEvent(item, item.name.slice(prefix.length));
  if (!body) return [{ ...head, kind: 'sign' }];
  const lasts = body.kind === 'tool-call' || body.kind === 'error';
  const times: Partial<FactHead> = lasts ? { startMs: startOf(item, 'duration_ms') } : {};
  return [{ ...head, ...times, ...body }];
}

function readEvent(item: TelemetryItem, name: string): FactBody | null {
  const error = firstOf(item, 'error.message', 'error');
  switch (name) {
    case 'user_prompt':
      return { kind: 'prompt', text: contentOf(item, 'prompt'), length: amountOf(item, 'prompt_length') };
    case 'sse_event':
    case 'websocket_event':
      if (error !== undefined) return failure(item, error);
      return firstOf(item, 'event.kind') === 'response.completed' ? modelCall(item) : null;
    case 'api_request':
    case 'websocket_request': {
      const status = amountOf(item, 'http.response.status_code');
      const failed = error !== undefined || (status !== undefined && status >= 400);
      return failed ? failure(item, error ?? `status ${status}`) : null;
    }
    case 'tool_decision':
      return {
        kind: 'tool-call',
        callId: firstOf(item, 'call_id'),
        tool: firstOf(item, 'tool_name') ?? '',
        decision: firstOf(item, 'decision'),
        decisionSource: firstOf(item, 'source'),
        isDecision: true,
      };
    case 'tool_result': {
      const ok = flagOf(item, 'success');
      const output = contentOf(item, 'output');
      return {
        kind: 'tool-call',
        callId: firstOf(item, 'call_id'),
        tool: firstOf(item, 'tool_name') ?? '',
        server: firstOf(item, 'mcp_server'),
        arguments: contentOf(item, 'arguments'),
        result: output,
        ok,
        error: ok === false ? output : undefined,
      };
    }
    default:
      return null;
  }
}

function modelCall(item: TelemetryItem): FactBody {
  const input = amountOf(item, 'input_token_count') ?? 0;
  const output = amountOf(item, 'output_token_count') ?? 0;
  return {
    kind: 'model-call',
    requestId: firstOf(item, 'response.id', 'request_id'),
    model: firstOf(item, 'model', 'slug') ?? '',
    // Its output has the reasoning among it, its input what came from the cache.
    tokens: { ...splitInput(input, amountOf(item, 'cached_token_count') ?? 0, 0), output },
    signature: `${input}|${output}`,
    attempt: amountOf(item, 'attempt'),
  };
}

function failure(item: TelemetryItem, message: string): FactBody {
  return {
    kind: 'error',
    message,
    model: firstOf(item, 'model'),
    status: firstOf(item, 'http.response.status_code'),
    attempt: amountOf(item, 'attempt'),
  };
}
