import { describe, expect, it } from 'vitest';
import { makeGenAiSpan, readMade, tell, tellPart } from './make-genai-span.test-data';
import { readGenAiSpan } from './read-genai-span';

it('says nothing of a span that is about something else', () => {
  expect(
    readGenAiSpan(makeGenAiSpan({ name: 'GET /chat', attributes: { 'http.route': '/chat', input_tokens: 3 } })),
  ).toBeNull();
});

describe('a value that lost its end', () => {
  const messages = JSON.stringify([
    { role: 'user', parts: [{ type: 'text', content: 'Hello' }] },
    { role: 'user', parts: [{ type: 'text', content: 'x'.repeat(500) }] },
  ]);

  it('is read as far as it goes, and named with its true size', () => {
    const span = readMade({
      'gen_ai.input.messages': messages.slice(0, 200),
      'watchtower.original_bytes.gen_ai.input.messages': 1_500_000,
    });
    expect(span.input).toHaveLength(2);
    expect(span.input[1]!.parts[0]).toMatchObject({ kind: 'text', text: expect.stringMatching(/^x{20,}$/) });
    expect(span.cut).toEqual([{ key: 'gen_ai.input.messages', bytes: 1_500_000 }]);
  });

  it('is named also where the sender cut it and did not say', () => {
    const span = readMade({ 'gen_ai.input.messages': messages.slice(0, 200) });
    expect(span.cut).toEqual([{ key: 'gen_ai.input.messages', bytes: null }]);
  });

  it('marks the arguments of the call that it cuts, and no other', () => {
    const calls = JSON.stringify([
      { role: 'assistant', parts: [{ type: 'tool_call', id: 'a', name: 'f', arguments: { one: 1 } }] },
      { role: 'assistant', parts: [{ type: 'tool_call', id: 'b', name: 'f', arguments: { two: 'long text' } }] },
    ]);
    const { output } = readMade({ 'gen_ai.output.messages': calls.slice(0, calls.indexOf('text')) });
    expect(output.map(({ parts }) => parts[0])).toMatchObject([
      { given: { text: '{"one":1}', cut: false } },
      { given: { text: '{"two":"long ', cut: true } },
    ]);
  });
});

it('takes a message as plain text where it is no JSON', () => {
  const { input } = readMade({ 'gen_ai.input.messages': '[not JSON] at all' });
  expect(tell(input)).toEqual(['user: [not JSON] at all']);
});

it.each([
  [
    "Anthropic's blocks",
    {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 't1', is_error: true, content: [{ type: 'text', text: 'no such file' }] },
      ],
    },
    'user: failed t1 no such file',
  ],
  [
    "Anthropic's thinking and calls",
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'hm' },
        { type: 'tool_use', id: 't1', name: 'read', input: { path: 'a' } },
      ],
    },
    'assistant: (hm) | call t1 read {"path":"a"}',
  ],
  [
    "Anthropic's picture",
    {
      role: 'user',
      content: [{ type: 'image', source: { type: 'base64', media_type: 'image/webp', data: 'AAAAAAAA' } }],
    },
    'user: image image/webp 6 ',
  ],
  [
    "OpenAI's calls",
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
    },
    'assistant: call c1 f {"a":1}',
  ],
  [
    "OpenAI's item of a call",
    { type: 'function_call', call_id: 'c1', name: 'f', arguments: '{"a":1}' },
    'assistant: call c1 f {"a":1}',
  ],
  ["OpenAI's item of an answer", { type: 'function_call_output', call_id: 'c1', output: 'ok' }, 'tool: result c1 ok'],
  [
    "OpenAI's item of a message",
    { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hi' }] },
    'assistant: Hi',
  ],
  ["OpenAI's reasoning", { type: 'reasoning', summary: [{ type: 'summary_text', text: 'hm' }] }, 'assistant: (hm)'],
  [
    "Gemini's parts",
    {
      role: 'model',
      parts: [{ text: 'hm', thought: true }, { text: 'Hi' }, { functionCall: { name: 'f', args: { a: 1 } } }],
    },
    'assistant: (hm) | Hi | call f {"a":1}',
  ],
  [
    "Gemini's answer of a tool",
    { role: 'user', parts: [{ functionResponse: { name: 'f', response: { ok: true } } }] },
    'user: result f {"ok":true}',
  ],
  [
    "Gemini's file",
    { role: 'user', parts: [{ inlineData: { mimeType: 'image/png', data: 'AAAA' } }] },
    'user: image image/png 3 ',
  ],
  [
    "Bedrock's blocks",
    { role: 'assistant', content: [{ text: 'Hi' }, { toolUse: { toolUseId: 't1', name: 'f', input: { a: 1 } } }] },
    'assistant: Hi | call t1 f {"a":1}',
  ],
  [
    "LangChain's class",
    { lc: 1, type: 'constructor', id: ['langchain', 'schema', 'HumanMessage'], kwargs: { content: 'Hi' } },
    'user: Hi',
  ],
  [
    "LangChain's type",
    { type: 'ai', content: 'Hi', tool_calls: [{ name: 'f', args: { a: 1 }, id: 'c1' }] },
    'assistant: Hi | call c1 f {"a":1}',
  ],
  [
    'a message in a choice',
    { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hi' } },
    'assistant: Hi',
  ],
])('reads %s', (_, message, told) => {
  expect(tell(readMade({ 'gen_ai.input.messages': JSON.stringify([message]) }).input)).toEqual([told]);
});

it('reads the events of the logs that were written within the span', () => {
  const labels = (name: string) => ({ event_name: name, gen_ai_system: 'openai' });
  const log = (name: string, body: object | string, more: Record<string, string> = {}) => ({
    ...{ timeNs: '1', level: 'info', service: 'assistant', traceId: 'a', spanId: 'chat' },
    line: typeof body === 'string' ? body : JSON.stringify(body),
    labels: { ...labels(name), ...more },
  });
  const span = makeGenAiSpan({ attributes: { 'gen_ai.system': 'openai' } });
  const old = readGenAiSpan(span, [
    log('gen_ai.user.message', { content: 'Hello' }),
    log('gen_ai.choice', { index: 0, finish_reason: 'stop', message: { content: 'Hi.' } }),
  ])!;
  expect([...tell(old.input), ...tell(old.output), ...old.finish]).toEqual(['user: Hello', 'assistant: Hi.', 'stop']);
  const details = {
    gen_ai_input_messages: JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: 'Hello' }] }]),
  };
  const today = readGenAiSpan(span, [log('gen_ai.client.inference.operation.details', '', details)])!;
  expect(tell(today.input)).toEqual(['user: Hello']);
});

it('tells a picture without what it is made of', () => {
  const part = { type: 'image_url', image_url: { url: `data:image/png;base64,${'A'.repeat(4_000_000)}` } };
  const { input } = readMade({ 'gen_ai.input.messages': JSON.stringify([{ role: 'user', content: [part] }]) });
  expect(input[0]!.parts.map(tellPart)).toEqual(['image image/png 3000000 ']);
});
