import { randomUUID } from 'node:crypto';
import { newSpanId, newTraceId, type SentSpan, sendLog, sendSpans } from './send-otlp';

const said = (role: string, ...parts: object[]) => ({ role, parts });
const text = (content: string) => ({ type: 'text', content });

/** A chat application that asks a model, runs a tool, and asks again. Returns the trace's id. */
export async function sendConversation(endpoint: string): Promise<string> {
  const traceId = newTraceId();
  const root = newSpanId();
  const span = (
    name: string,
    ago: number,
    durationMs: number,
    attributes: Record<string, string | number>,
  ): SentSpan => ({
    ...{ traceId, parentSpanId: root, service: 'assistant', name, ago, durationMs, attributes },
  });
  const question = said('user', text('Will it snow in **Oslo**? Compare with last week.\n\n- today\n- tomorrow'));
  const call = said('assistant', {
    ...{ type: 'tool_call', id: 'call_1', name: 'get_weather' },
    arguments: { city: 'Oslo', days: ['today', 'tomorrow'], unit: 'celsius' },
  });
  const answer = said('tool', {
    ...{ type: 'tool_call_response', id: 'call_1' },
    response: { station: 'Blindern', forecast: [{ day: 'today', sky: 'snow', degrees: -4 }] },
  });
  const picture = said('user', { type: 'blob', mime_type: 'image/png', modality: 'image', content: 'A'.repeat(8192) });
  const model = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-5',
    'gen_ai.response.model': 'gpt-5-2026-08-07',
    'gen_ai.system_instructions': JSON.stringify([text('You are a forecaster. Answer in one sentence.')]),
  };
  await sendSpans(endpoint, [
    {
      ...{ traceId, spanId: root, service: 'assistant', name: 'invoke_agent forecaster', ago: 4000, durationMs: 3200 },
      attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'forecaster' },
    },
    span('chat gpt-5', 3900, 900, {
      ...model,
      'gen_ai.input.messages': JSON.stringify([question]),
      'gen_ai.output.messages': JSON.stringify([call]),
      'gen_ai.usage.input_tokens': 1204,
      'gen_ai.usage.output_tokens': 41,
    }),
    span('execute_tool get_weather', 2900, 140, {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'get_weather',
      'gen_ai.tool.call.id': 'call_1',
    }),
    span('chat gpt-5', 2700, 1500, {
      ...model,
      'gen_ai.input.messages': JSON.stringify([question, call, answer, picture]),
      'gen_ai.output.messages': JSON.stringify([
        said(
          'assistant',
          text(
            'Yes: snow, −4 °C.\n\n| day | sky |\n|---|---|\n| today | snow |\n\n<b>not bold</b> ![p](https://t.example/p.png)',
          ),
        ),
      ]),
      'gen_ai.usage.input_tokens': 1422,
      'gen_ai.usage.output_tokens': 63,
      'gen_ai.usage.cache_read.input_tokens': 1024,
      'gen_ai.usage.cost': 0.0042,
    }),
  ]);
  return traceId;
}

/** Claude Code at work, as its events tell it. Returns the session's id. */
export async function sendSession(endpoint: string): Promise<string> {
  const session = randomUUID();
  const prompt = randomUUID();
  let sequence = 0;
  const event = (name: string, attributes: Record<string, string>) =>
    sendLog(endpoint, {
      ...{ service: 'claude-code', body: `claude_code.${name}` },
      attributes: {
        'event.name': name,
        'event.sequence': String(sequence++),
        'session.id': session,
        'prompt.id': prompt,
        ...attributes,
      },
    });
  const tool = (id: string, success: string, more: Record<string, string> = {}) =>
    event('tool_result', {
      ...{ tool_name: 'Bash', tool_use_id: id, success, duration_ms: '700', tool_result_size_bytes: '2048' },
      ...{ tool_parameters: '{"bash_command":"npm","full_command":"npm test"}', ...more },
    });
  await event('user_prompt', { prompt: 'Fix the cart: the total is wrong', prompt_length: '32' });
  await event('api_request', {
    ...{ model: 'claude-opus-5', cost_usd: '0.25', duration_ms: '1500', request_id: 'req_1', query_source: 'main' },
    ...{ input_tokens: '12', output_tokens: '340', cache_read_tokens: '8000', cache_creation_tokens: '500' },
  });
  await event('tool_decision', {
    tool_name: 'Bash',
    tool_use_id: 'toolu_1',
    decision: 'accept',
    source: 'user_temporary',
  });
  await tool('toolu_1', 'true');
  await tool('toolu_2', 'false', { error: 'exit 1: 3 failed' });
  await event('compaction', { pre_tokens: '150000', post_tokens: '20000', trigger: 'auto' });
  await event('api_error', {
    model: 'claude-opus-5',
    error: 'Overloaded',
    status_code: '529',
    attempt: '1',
    duration_ms: '90',
  });
  return session;
}
