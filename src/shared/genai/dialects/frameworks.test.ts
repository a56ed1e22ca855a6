import { describe, expect, it } from 'vitest';
import { readMade, tell, tellPart } from '../make-genai-span.test-data';

describe('OpenInference', () => {
  const kind = (name: string) => ({ 'openinference.span.kind': name });

  it('tells messages, calls, contents and counts by number', () => {
    const span = readMade({
      ...kind('LLM'),
      'llm.system': 'anthropic',
      'llm.provider': 'aws',
      'llm.model_name': 'claude-opus-5',
      'llm.token_count.prompt': 400,
      'llm.token_count.completion': 60,
      'llm.token_count.prompt_details.cache_read': 300,
      'llm.cost.total': 0.0123,
      'llm.input_messages.0.message.role': 'system',
      'llm.input_messages.0.message.content': 'Be brief.',
      'llm.input_messages.1.message.role': 'user',
      'llm.input_messages.1.message.contents.0.message_content.type': 'text',
      'llm.input_messages.1.message.contents.0.message_content.text': 'What is this?',
      'llm.input_messages.1.message.contents.1.message_content.type': 'image',
      'llm.input_messages.1.message.contents.1.message_content.image.image.url': `data:image/jpeg;base64,${'A'.repeat(40)}`,
      'llm.input_messages.2.message.role': 'tool',
      'llm.input_messages.2.message.tool_call_id': 'call_9',
      'llm.input_messages.2.message.content': 'a cat',
      'llm.output_messages.0.message.role': 'assistant',
      'llm.output_messages.0.message.tool_calls.0.tool_call.id': 'call_10',
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'draw',
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"what":"cat"}',
      'input.value': '{"messages":[{"role":"user","content":"What is this?"}]}',
      'output.value': 'not shown, since the messages are there',
    });
    expect(span.system.map(tellPart)).toEqual(['Be brief.']);
    expect(tell(span.input)).toEqual(['user: What is this? | image image/jpeg 30 ', 'tool: result call_9 a cat']);
    expect(tell(span.output)).toEqual(['assistant: call call_10 draw {"what":"cat"}']);
    expect(span).toMatchObject({
      ...{ work: 'model', provider: 'aws', model: 'claude-opus-5', cost: 0.0123 },
      tokens: { input: 400, output: 60, cacheRead: 300 },
    });
  });

  it('puts ten and more messages in the order of their numbers', () => {
    const attributes = Object.fromEntries(
      [11, 2, 10, 0].map((index) => [`llm.input_messages.${index}.message.content`, String(index)]),
    );
    expect(tell(readMade({ ...kind('LLM'), ...attributes }).input)).toEqual([
      'user: 0',
      'user: 2',
      'user: 10',
      'user: 11',
    ]);
  });

  it('tells what went into other work and what came out', () => {
    const chain = readMade({ ...kind('CHAIN'), 'input.value': 'a question', 'output.value': '{"answer":42}' });
    expect(chain.work).toBe('agent');
    expect(tell(chain.input)).toEqual(['user: a question']);
    expect(tell(chain.output)).toEqual(['assistant: unknown  {"answer":42}']);
    const tool = readMade({ ...kind('TOOL'), 'tool.name': 'search', 'input.value': '{"q":"x"}', 'output.value': 'y' });
    expect(tool.tool).toMatchObject({ name: 'search', given: { text: '{"q":"x"}' }, result: { text: 'y' } });
  });
});

describe('the AI SDK', () => {
  const messages = [
    { role: 'system', content: 'Be brief.' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Weather?' },
        { type: 'file', mediaType: 'application/pdf', data: 'AAAA', filename: 'a.pdf' },
      ],
    },
    {
      role: 'assistant',
      content: [{ type: 'tool-call', toolCallId: 'c1', toolName: 'weather', input: { city: 'Oslo' } }],
    },
    {
      role: 'tool',
      content: [
        {
          type: 'tool-result',
          toolCallId: 'c1',
          toolName: 'weather',
          output: { type: 'json', value: { sky: 'snow' } },
        },
      ],
    },
  ];

  it('tells a call of a model', () => {
    const span = readMade({
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.model.provider': 'openai.responses',
      'ai.model.id': 'gpt-5',
      'ai.prompt.messages': JSON.stringify(messages),
      'ai.response.text': 'Snow.',
      'ai.response.toolCalls': JSON.stringify([{ toolCallId: 'c2', toolName: 'book', input: '{"seat":1}' }]),
      'ai.response.finishReason': 'tool-calls',
      'ai.usage.promptTokens': 50,
      'ai.usage.completionTokens': 7,
      'ai.usage.cachedInputTokens': 20,
    });
    expect(span.system.map(tellPart)).toEqual(['Be brief.']);
    expect(tell(span.input)).toEqual([
      'user: Weather? | file application/pdf 3 a.pdf',
      'assistant: call c1 weather {"city":"Oslo"}',
      'tool: result c1 weather {"sky":"snow"}',
    ]);
    expect(tell(span.output)).toEqual(['assistant: Snow. | call c2 book {"seat":1}']);
    expect(span).toMatchObject({
      ...{ work: 'model', model: 'gpt-5', provider: 'openai.responses', finish: ['tool-calls'] },
      tokens: { input: 50, output: 7, cacheRead: 20 },
    });
  });

  it('tells the call around it, and a tool', () => {
    const around = readMade({
      'ai.operationId': 'ai.streamText',
      'ai.prompt': '{"system":"Be brief.","prompt":"Weather?"}',
    });
    expect(around.work).toBe('agent');
    expect(around.system.map(tellPart)).toEqual(['Be brief.']);
    expect(tell(around.input)).toEqual(['user: Weather?']);
    const tool = readMade({
      ...{ 'ai.operationId': 'ai.toolCall', 'ai.toolCall.id': 'c1', 'ai.toolCall.name': 'weather' },
      ...{ 'ai.toolCall.args': '{"city":"Oslo"}', 'ai.toolCall.result': '{"sky":"snow"}' },
    });
    expect(tool).toMatchObject({
      work: 'tool',
      tool: { id: 'c1', name: 'weather', result: { text: '{"sky":"snow"}' } },
    });
  });
});

describe('OpenLLMetry', () => {
  it('tells messages and calls by number', () => {
    const span = readMade({
      'llm.request.type': 'chat',
      'gen_ai.system': 'OpenAI',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.prompt.0.role': 'system',
      'gen_ai.prompt.0.content': 'Be brief.',
      'gen_ai.prompt.1.role': 'user',
      'gen_ai.prompt.1.content':
        '[{"type":"text","text":"Weather?"},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]',
      'gen_ai.prompt.2.role': 'assistant',
      'gen_ai.prompt.2.tool_calls.0.id': 'c1',
      'gen_ai.prompt.2.tool_calls.0.name': 'weather',
      'gen_ai.prompt.2.tool_calls.0.arguments': '{"city":"Oslo"}',
      'gen_ai.prompt.3.role': 'tool',
      'gen_ai.prompt.3.content': 'snow',
      'gen_ai.prompt.3.tool_call_id': 'c1',
      'gen_ai.completion.0.role': 'assistant',
      'gen_ai.completion.0.content': 'Snow.',
      'gen_ai.completion.0.finish_reason': 'stop',
      'llm.usage.total_tokens': 99,
    });
    expect(span.system.map(tellPart)).toEqual(['Be brief.']);
    expect(tell(span.input)).toEqual([
      'user: Weather? | image   https://example.com/a.png',
      'assistant: call c1 weather {"city":"Oslo"}',
      'tool: result c1 snow',
    ]);
    expect(tell(span.output)).toEqual(['assistant: Snow.']);
    expect(span).toMatchObject({ work: 'model', finish: ['stop'], tokens: { total: 99 } });
  });

  it('tells what a tool was given and answered', () => {
    const { tool, work } = readMade({
      ...{ 'traceloop.span.kind': 'tool', 'traceloop.entity.name': 'weather' },
      ...{ 'traceloop.entity.input': '{"inputs":{"city":"Oslo"}}', 'traceloop.entity.output': '"snow"' },
    });
    expect(work).toBe('tool');
    expect(tool).toMatchObject({
      name: 'weather',
      given: { text: '{"inputs":{"city":"Oslo"}}' },
      result: { text: '"snow"' },
    });
  });
});

describe('Claude Code', () => {
  it('tells its requests by their counts, and what was said where its user let it', () => {
    const bare = readMade(
      {
        ...{ model: 'claude-opus-5', 'gen_ai.system': 'anthropic', input_tokens: 2, output_tokens: 1200 },
        ...{ cache_read_tokens: 84_562, cache_creation_tokens: 7096, stop_reason: 'tool_use' },
      },
      { name: 'claude_code.llm_request' },
    );
    expect(bare).toMatchObject({
      ...{ work: 'model', model: 'claude-opus-5', provider: 'anthropic', finish: ['tool_use'], input: [], output: [] },
      tokens: { input: 2, output: 1200, cacheRead: 84_562, cacheWrite: 7096 },
    });
    const told = readMade(
      { new_context: 'Fix the bug', 'response.model_output': 'Done.' },
      { name: 'claude_code.llm_request' },
    );
    expect([...tell(told.input), ...tell(told.output)]).toEqual(['user: Fix the bug', 'assistant: Done.']);
  });

  it('tells a tool by its command, and by its input and output where they came along', () => {
    const attributes = { tool_name: 'Bash', tool_use_id: 'toolu_1', full_command: 'npm test' };
    const bare = readMade(attributes, { name: 'claude_code.tool' });
    expect(bare.tool).toEqual({
      ...{ id: 'toolu_1', name: 'Bash', result: null },
      given: { text: '{"full_command":"npm test"}', cut: false },
    });
    const told = readMade(attributes, {
      name: 'claude_code.tool',
      events: [{ name: 'tool.output', attributes: { input: '{"command":"npm test"}', output: '3 passed' } }],
    });
    expect(told.tool).toMatchObject({ given: { text: '{"command":"npm test"}' }, result: { text: '3 passed' } });
  });

  it('shows no prompt that was held back', () => {
    expect(readMade({ user_prompt: '<REDACTED>' }, { name: 'claude_code.interaction' }).input).toEqual([]);
    const told = readMade({ user_prompt: 'Fix it' }, { name: 'claude_code.interaction' });
    expect([told.work, ...tell(told.input)]).toEqual(['agent', 'user: Fix it']);
  });
});
