import type { Attribute, Span, Trace } from '../../shared/contract/telemetry';
import { makeTrace } from '../../shared/trace/make-trace.test-data';

const millisecond = 1_000_000;

export const chatTraceId = '0af7651916cd43dd8448eb211c80319c';

/** Attributes as they are written down in short; what is no text, number or list of texts is sent as JSON. */
export function attributesOf(values: Readonly<Record<string, unknown>>): Attribute[] {
  return Object.entries(values).map(([key, value]) => ({
    key,
    value: typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value),
  }));
}

export const userSays = (content: string) => ({ role: 'user', parts: [{ type: 'text', content }] });

/** A forecaster that asks a model, runs a tool, and asks the model again; each span's id is its part in it. */
export function makeChat(change: (span: Span) => Partial<Span> = () => ({})): Trace {
  const trace = makeTrace([
    ['forecaster', '', 0, 900 * millisecond],
    ['asks', 'forecaster', 10 * millisecond, 200 * millisecond],
    ['tool', 'forecaster', 250 * millisecond, 40 * millisecond],
    ['answers', 'forecaster', 300 * millisecond, 500 * millisecond],
  ]);
  const calls = {
    role: 'assistant',
    parts: [{ type: 'tool_call', id: 'c1', name: 'get_weather', arguments: { city: 'Oslo', days: [1, 2] } }],
  };
  const answer = { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: { sky: 'snow' } }] };
  const model = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-5',
    'gen_ai.system_instructions': [{ type: 'text', content: 'You are a forecaster. Be brief.' }],
  };
  const told: Record<string, Readonly<Record<string, unknown>>> = {
    forecaster: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'forecaster' },
    asks: {
      ...model,
      'gen_ai.input.messages': [userSays('Weather in **Oslo**?')],
      'gen_ai.output.messages': [calls],
      'gen_ai.usage.input_tokens': 120,
      'gen_ai.usage.output_tokens': 20,
    },
    tool: {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'get_weather',
      'gen_ai.tool.call.id': 'c1',
    },
    answers: {
      ...model,
      'gen_ai.input.messages': [userSays('Weather in **Oslo**?'), calls, answer],
      'gen_ai.output.messages': [
        { role: 'assistant', parts: [{ type: 'text', content: 'It will snow.' }], finish_reason: 'stop' },
      ],
      'gen_ai.usage.input_tokens': 180,
      'gen_ai.usage.output_tokens': 8,
      'gen_ai.usage.cost': 0.0031,
    },
  };
  return {
    ...trace,
    spans: trace.spans.map((span) => ({
      ...span,
      service: 'assistant',
      attributes: attributesOf(told[span.spanId]!),
      ...change(span),
    })),
  };
}
