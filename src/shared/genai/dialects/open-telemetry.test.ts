import { describe, expect, it } from 'vitest';
import { readMade, tell, tellPart } from '../make-genai-span.test-data';

const history = [
  { role: 'user', parts: [{ type: 'text', content: 'Weather in Paris?' }] },
  {
    role: 'assistant',
    parts: [
      { type: 'reasoning', content: 'I need the tool.' },
      { type: 'tool_call', id: 'call_1', name: 'get_weather', arguments: { city: 'Paris', day: 12345678901234 } },
    ],
  },
  { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: { sky: 'rain', degrees: 14.0 } }] },
];
const answer = [{ role: 'assistant', parts: [{ type: 'text', content: 'Rain, 14 °C.' }], finish_reason: 'stop' }];
const told = [
  'user: Weather in Paris?',
  'assistant: (I need the tool.) | call call_1 get_weather {"city":"Paris","day":12345678901234}',
  'tool: result call_1 {"sky":"rain","degrees":14}',
];
const usage = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-5',
  'gen_ai.response.model': 'gpt-5-2026-08-07',
  'gen_ai.response.finish_reasons': ['stop'],
  'gen_ai.usage.input_tokens': 1200,
  'gen_ai.usage.output_tokens': 48,
  'gen_ai.usage.cache_read.input_tokens': 1024,
  'gen_ai.usage.cache_creation.input_tokens': 64,
};

describe("OpenTelemetry's names of today", () => {
  it.each([
    ['as JSON in a text', JSON.stringify],
    ['as they are', (value: unknown) => value as string],
  ])('tell instructions, messages, tools, tokens and models: %s', (_, write) => {
    const span = readMade({
      ...usage,
      'gen_ai.system_instructions': write([{ type: 'text', content: 'Be brief.' }]),
      'gen_ai.input.messages': write(history),
      'gen_ai.output.messages': write(answer),
    });
    expect(span.system.map(tellPart)).toEqual(['Be brief.']);
    expect(tell(span.input)).toEqual(told);
    expect(tell(span.output)).toEqual(['assistant: Rain, 14 °C.']);
    expect(span).toMatchObject({
      ...{ work: 'model', operation: 'chat', provider: 'openai', model: 'gpt-5-2026-08-07', askedModel: 'gpt-5' },
      ...{
        tokens: { input: 1200, output: 48, cacheRead: 1024, cacheWrite: 64 },
        cost: null,
        finish: ['stop'],
        cut: [],
      },
    });
  });

  it('tell them in the event of the details as well', () => {
    const attributes = {
      'gen_ai.input.messages': JSON.stringify(history),
      'gen_ai.output.messages': JSON.stringify(answer),
    };
    const span = readMade(usage, { events: [{ name: 'gen_ai.client.inference.operation.details', attributes }] });
    expect(tell(span.input)).toEqual(told);
    expect(tell(span.output)).toEqual(['assistant: Rain, 14 °C.']);
  });

  it('tell pictures and files by type, size and name, whatever way they came', () => {
    const parts = [
      { type: 'blob', mime_type: 'image/png', modality: 'image', content: 'A'.repeat(400) },
      { type: 'uri', mime_type: 'audio/mpeg', modality: 'audio', uri: 'gs://bucket/call.mp3' },
      { type: 'file', modality: 'video', file_id: 'file-7' },
    ];
    const { input } = readMade({ 'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts }]) });
    expect(input[0]!.parts.map(tellPart)).toEqual([
      'image image/png 300 ',
      'audio audio/mpeg  gs://bucket/call.mp3',
      'video   file-7',
    ]);
  });

  it('keep a part that nobody has named yet', () => {
    const parts = [{ type: 'hologram', depth: 3 }];
    const { input } = readMade({ 'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts }]) });
    expect(tell(input)).toEqual(['user: unknown hologram {"type":"hologram","depth":3}']);
  });

  it('tell what a tool was given and what it answered', () => {
    const span = readMade({
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'get_weather',
      'gen_ai.tool.call.id': 'call_1',
      'gen_ai.tool.call.arguments': '{"city":"Paris"}',
      'gen_ai.tool.call.result': 'rain',
    });
    expect(span.work).toBe('tool');
    expect(span.tool).toEqual({
      ...{ id: 'call_1', name: 'get_weather' },
      ...{ given: { text: '{"city":"Paris"}', cut: false }, result: { text: 'rain', cut: false } },
    });
  });
});

describe("OpenTelemetry's names of last year", () => {
  const counted = {
    'gen_ai.system': 'openai',
    'gen_ai.request.model': 'gpt-4o',
    'gen_ai.usage.prompt_tokens': 30,
    'gen_ai.usage.completion_tokens': 9,
  };
  const call = { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Paris"}' } };

  it('tell an event for each message, its content in an attribute of JSON', () => {
    const event = (name: string, content: object) => ({
      name,
      attributes: { 'gen_ai.system': 'openai', 'gen_ai.event.content': JSON.stringify(content) },
    });
    const span = readMade(counted, {
      events: [
        event('gen_ai.system.message', { role: 'system', content: 'Be brief.' }),
        event('gen_ai.user.message', { content: 'Weather in Paris?' }),
        event('gen_ai.assistant.message', { role: 'assistant', tool_calls: [call] }),
        event('gen_ai.tool.message', { id: 'call_1', role: 'tool', tool_call_id: 'call_1', content: 'rain' }),
        event('gen_ai.choice', { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Rain.' } }),
      ],
    });
    expect(span.system.map(tellPart)).toEqual(['Be brief.']);
    expect(tell(span.input)).toEqual([
      'user: Weather in Paris?',
      'assistant: call call_1 get_weather {"city":"Paris"}',
      'tool: result call_1 rain',
    ]);
    expect(tell(span.output)).toEqual(['assistant: Rain.']);
    expect(span).toMatchObject({
      provider: 'openai',
      model: 'gpt-4o',
      tokens: { input: 30, output: 9 },
      finish: ['stop'],
    });
  });

  it('tell it in attributes of the event, without JSON', () => {
    const span = readMade(counted, {
      events: [
        { name: 'gen_ai.user.message', attributes: { content: 'Hello', role: 'user' } },
        { name: 'gen_ai.choice', attributes: { content: 'Hi.', finish_reason: 'length' } },
      ],
    });
    expect([...tell(span.input), ...tell(span.output)]).toEqual(['user: Hello', 'assistant: Hi.']);
    expect(span.finish).toEqual(['length']);
  });

  it('tell prompt and completion whole, in events or attributes', () => {
    const prompt = { 'gen_ai.prompt': JSON.stringify([{ role: 'user', content: 'Hello' }]) };
    const completion = { 'gen_ai.completion': 'Hi.' };
    const events = [
      { name: 'gen_ai.content.prompt', attributes: prompt },
      { name: 'gen_ai.content.completion', attributes: completion },
    ];
    for (const span of [readMade(counted, { events }), readMade({ ...counted, ...prompt, ...completion })]) {
      expect([...tell(span.input), ...tell(span.output)]).toEqual(['user: Hello', 'assistant: Hi.']);
    }
  });

  it("tell Pydantic AI's list of events in an attribute", () => {
    const events = [
      { 'event.name': 'gen_ai.user.message', role: 'user', content: 'Hello' },
      { 'event.name': 'gen_ai.choice', index: 0, message: { role: 'assistant', content: 'Hi.' } },
    ];
    const span = readMade({ ...counted, events: JSON.stringify(events) });
    expect([...tell(span.input), ...tell(span.output)]).toEqual(['user: Hello', 'assistant: Hi.']);
  });
});
