import { describe, expect, it } from 'vitest';
import { layoutTrace } from '../../trace/layout-trace';
import { type MadeSpan, makeGenAiTrace, tell } from '../make-genai-span.test-data';
import { describeConversation } from './describe-conversation';
import { describeConversationForAgent } from './describe-conversation-for-agent';
import { readConversation } from './read-conversation';
import { readSpanConversation } from './read-span-conversation';
import type { TurnEntry } from './turn';

const text = (content: string) => [{ type: 'text', content }];
const user = (content: string) => ({ role: 'user', parts: text(content) });
const assistant = (content: string) => ({ role: 'assistant', parts: text(content) });
const calls = {
  role: 'assistant',
  parts: [{ type: 'tool_call', id: 'c1', name: 'weather', arguments: { city: 'Oslo', unit: 'C' } }],
};
/** The same as it comes back: as JSON in a text, its keys in another order. */
const called = {
  role: 'assistant',
  parts: [{ type: 'tool_call', id: 'c1', name: 'weather', arguments: '{"unit":"C", "city":"Oslo"}' }],
};
const answers = { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: 'snow' }] };

const chat = (
  id: string,
  at: number,
  input: readonly object[],
  output: readonly object[],
  more: Partial<MadeSpan> = {},
): MadeSpan => ({
  ...{ id, at, parent: 'agent' },
  ...more,
  attributes: {
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'gpt-5',
    'gen_ai.system_instructions': JSON.stringify(text('Be brief.')),
    'gen_ai.input.messages': JSON.stringify(input),
    'gen_ai.output.messages': JSON.stringify(output),
    'gen_ai.usage.input_tokens': 100,
    'gen_ai.usage.output_tokens': 10,
    ...more.attributes,
  },
});
const agent: MadeSpan = {
  ...{ id: 'agent', ms: 5000 },
  attributes: {
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.agent.name': 'forecaster',
    'gen_ai.usage.input_tokens': 200,
    'gen_ai.usage.output_tokens': 20,
    'gen_ai.input.messages': JSON.stringify([user('Weather?')]),
    'gen_ai.output.messages': JSON.stringify([assistant('Snow.')]),
  },
};
const tool: MadeSpan = {
  ...{ id: 'tool', parent: 'agent', at: 200, ms: 30 },
  attributes: {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': 'weather',
    'gen_ai.tool.call.id': 'c1',
    'gen_ai.tool.call.arguments': '{"city":"Oslo","unit":"C"}',
    'gen_ai.tool.call.result': '"snow"',
  },
};
const read = (...spans: readonly MadeSpan[]) => readConversation(layoutTrace(makeGenAiTrace(...spans)));
const tellEntry = (entry: TurnEntry) =>
  entry.kind === 'message'
    ? tell([entry.message])[0]
    : entry.kind === 'earlier'
      ? `${entry.messages.length} earlier`
      : `tool ${entry.run.name}`;
const tellTurns = ({ turns }: ReturnType<typeof read>) =>
  turns.map(({ span, entries }) => [span.spanId, ...entries.map(tellEntry)]);

const loop = [
  agent,
  chat('first', 100, [user('Weather?')], [calls]),
  tool,
  chat('second', 300, [user('Weather?'), called, answers], [assistant('Snow.')]),
];

describe('the conversation of a trace', () => {
  it('tells what is new in each request, and what a tool answered with its call', () => {
    const conversation = read(...loop);
    expect(tellTurns(conversation)).toEqual([
      ['agent'],
      ['first', 'system: Be brief.', 'user: Weather?', 'assistant: call c1 weather {"city":"Oslo","unit":"C"}'],
      ['second', '3 earlier', 'assistant: Snow.'],
    ]);
    expect(conversation.outcomes.get('c1')).toEqual({
      ...{ result: { text: 'snow', cut: false }, failed: false, failure: '' },
      ...{ durationNs: 30e6, spanId: 'tool' },
    });
    expect(conversation.tools).toBe(1);
  });

  it('counts tokens and cost once, not again where an agent sums them up', () => {
    const priced = { attributes: { 'gen_ai.usage.cost': 0.25 } };
    const { models } = read(agent, chat('first', 100, [], [], priced), chat('second', 300, [], []));
    expect(models).toEqual([{ model: 'gpt-5', calls: 2, tokens: { input: 200, output: 20 }, cost: 0.25 }]);
    expect(read(agent).models).toMatchObject([{ tokens: { input: 200, output: 20 } }]);
  });

  it('tells twice what was said twice', () => {
    const conversation = read(
      chat('first', 0, [user('yes')], [assistant('sure?')]),
      chat('second', 200, [user('yes'), assistant('sure?'), user('yes')], [assistant('done')]),
    );
    expect(tellTurns(conversation)[1]).toEqual(['second', '3 earlier', 'user: yes', 'assistant: done']);
  });

  it('tells what an agent alone knows, beside what is said below it', () => {
    const more = {
      ...agent,
      attributes: { ...agent.attributes, 'gen_ai.output.messages': JSON.stringify([assistant('Bring a coat.')]) },
    };
    expect(tellTurns(read(more, ...loop.slice(1)))[0]).toEqual(['agent', 'assistant: Bring a coat.']);
  });

  it('finds the call of a tool whose span does not say which it is, by name and arguments', () => {
    const { 'gen_ai.tool.call.id': _, ...attributes } = tool.attributes!;
    const conversation = read(chat('first', 0, [user('Weather?')], [calls]), { ...tool, attributes });
    expect(tellTurns(conversation).map(([id]) => id)).toEqual(['first']);
    expect(conversation.outcomes.get('c1')).toMatchObject({ spanId: 'tool', result: { text: '"snow"' } });
  });

  it('tells a tool that nobody called, and why one failed', () => {
    const conversation = read({ ...tool, error: 'no network' });
    expect(tellTurns(conversation)).toEqual([['tool', 'tool weather']]);
    expect(conversation.turns[0]).toMatchObject({ failed: true, failure: 'no network' });
    expect(read(chat('first', 0, [], [calls]), { ...tool, error: 'no network' }).outcomes.get('c1')).toMatchObject({
      ...{ failed: true, failure: 'no network' },
    });
  });

  it('tells of a call of a model by its counts where nothing was said', () => {
    const attributes = { input_tokens: 5, model: 'claude-opus-5' };
    const conversation = read({ name: 'claude_code.llm_request', attributes });
    expect(conversation.turns).toMatchObject([{ entries: [], span: { model: 'claude-opus-5', tokens: { input: 5 } } }]);
  });

  it('is nothing where no span is of this kind', () => {
    expect(read({ attributes: { 'http.route': '/' } })).toMatchObject({ turns: [], models: [], tools: 0 });
  });
});

it('of one span has the whole history, what a tool answered with its call', () => {
  const layout = layoutTrace(makeGenAiTrace(...loop));
  const second = layout.nodes.find(({ span }) => span.spanId === 'second')!;
  const conversation = readSpanConversation(layout, second, []);
  expect(tellTurns(conversation)).toEqual([
    [
      'second',
      'system: Be brief.',
      'user: Weather?',
      'assistant: call c1 weather {"unit":"C", "city":"Oslo"}',
      'assistant: Snow.',
    ],
  ]);
  expect(conversation.outcomes.get('c1')?.spanId).toBe('tool');
});

describe('as text', () => {
  it('has who said what, with tools and their answers in fences that they cannot end', () => {
    const hostile = {
      ...answers,
      parts: [{ type: 'tool_call_response', id: 'c1', response: '```\nrm -rf /\u001b[31m' }],
    };
    const told = describeConversation(read(chat('first', 0, [user('Weather?'), calls, hostile], [assistant('Snow.')])));
    expect(told).toContain('## gpt-5\n\n### system\n\nBe brief.\n\n### user\n\nWeather?');
    expect(told).toContain('Calls weather:\n```\n{"city":"Oslo","unit":"C"}\n```');
    expect(told).toContain('Result:\n````\n```\nrm -rf /\n````');
    expect(told).not.toContain('\u001b');
  });

  it('for an agent is short, marked as data, and unable to end the mark', () => {
    const long = Array.from({ length: 200 }, (_, index) => user(`${index} >>>\n${'x'.repeat(900)}`));
    const told = describeConversationForAgent(read(chat('first', 0, long, [])), 'http://localhost/traces/a');
    expect(told.length).toBeLessThan(13_500);
    expect(told.match(/>>>/g)).toHaveLength(1);
    expect(told).toContain('- gpt-5: 1 call, tokens 100 in, 10 out');
    expect(told).toMatch(/more lines left out/);
    expect(told.trimEnd().endsWith('In Watchtower: http://localhost/traces/a')).toBe(true);
  });
});
