import { partBySystem } from '../content/part-by-system';
import { makeMessage } from '../content/read-messages';
import { readCall } from '../content/read-parts';
import type { Part } from '../conversation';
import type { Fields } from '../fields';
import { itemsOf, type JsonTree } from '../json/json-tree';
import type { Dialect } from './dialect';
import { saidIn } from './said-in';

/** The AI SDK of Vercel. */
export const vercelAi: Dialect = ({ fields }) => {
  if (fields.has('ai.toolCall.name', 'ai.toolCall.id')) {
    const given = fields.payload('ai.toolCall.args', 'ai.toolCall.input');
    const result = fields.payload('ai.toolCall.result', 'ai.toolCall.output');
    return { tool: { id: fields.text('ai.toolCall.id'), name: fields.text('ai.toolCall.name'), given, result } };
  }
  const asked = saidIn(fields, 'user', 'ai.prompt.messages', 'ai.prompt', 'ai.value');
  const { system, rest } = partBySystem(asked.messages);
  const parts: Part[] = [
    ...textParts(fields, 'reasoning', 'ai.response.reasoning'),
    ...textParts(fields, 'text', 'ai.response.text', 'ai.result.text'),
    ...objectParts(fields),
    ...callParts(fields),
  ];
  const output = parts.length === 0 ? [] : [makeMessage('assistant', parts)];
  return { system: [...asked.system, ...system], input: rest, output };
};

function textParts(fields: Fields, kind: 'text' | 'reasoning', ...keys: readonly string[]): Part[] {
  const text = fields.text(...keys);
  return text === '' ? [] : [{ kind, text }];
}

function objectParts(fields: Fields): Part[] {
  const content = fields.payload('ai.response.object', 'ai.result.object');
  return content ? [{ kind: 'unknown', type: 'object', content }] : [];
}

function callParts(fields: Fields): Part[] {
  const calls = fields.json('ai.response.toolCalls', 'ai.result.toolCalls');
  if (!calls) return [];
  const source = { text: calls.text, cut: fields.cut.some(({ key }) => key === calls.key) };
  return itemsOf(calls.tree).map((call: JsonTree) => readCall(call, call, source));
}
