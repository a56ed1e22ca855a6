import type { Message, Part } from '../conversation';
import { itemsOf, type JsonTree, member, textOf } from '../json/json-tree';
import { payloadOf, type Source } from './payload-of';
import { readCall, readParts, resultOf } from './read-parts';

/** As frameworks call the roles. */
const roles: Readonly<Record<string, string>> = {
  human: 'user',
  HumanMessage: 'user',
  HumanMessageChunk: 'user',
  ai: 'assistant',
  model: 'assistant',
  AIMessage: 'assistant',
  AIMessageChunk: 'assistant',
  SystemMessage: 'system',
  developer: 'system',
  ToolMessage: 'tool',
  FunctionMessage: 'tool',
  function: 'tool',
};
/** Items of a conversation that stand for themselves, by who says them. */
const items: readonly (readonly [RegExp, string])[] = [
  [/^(?:function_call_output|tool_result|custom_tool_call_output)$/, 'tool'],
  [/^(?:function_call|tool_use|tool_call|reasoning|mcp_call|\w+_call)$/, 'assistant'],
];

export interface ToldMessages {
  /** Instructions that stand beside the messages. */
  readonly system: readonly Part[];
  readonly messages: readonly Message[];
}

/**
 * The messages of a request, an answer or a history in whatever shape: a list of them, one, or an object that holds them beside
 * other things. Whoever is not named is `role`.
 */
export function readMessages(tree: JsonTree, role: string, source: Source): ToldMessages {
  const none: readonly Part[] = [];
  if (tree.kind === 'array')
    return { system: none, messages: tree.items.flatMap((item) => readItem(item, role, source)) };
  const held = member(tree, 'messages', 'choices', 'contents', 'candidates', 'generations', 'new_messages');
  if (held) {
    return {
      system: readParts(member(tree, 'system', 'systemInstruction', 'system_instruction', 'instructions'), source),
      messages: readMessages(held, role, source).messages,
    };
  }
  const asked = member(tree, 'prompt', 'input');
  if (asked && !member(tree, 'role', 'content', 'parts')) {
    return {
      system: readParts(member(tree, 'system', 'instructions'), source),
      messages:
        asked.kind === 'string'
          ? [makeMessage(role, readParts(asked, source))]
          : readMessages(asked, role, source).messages,
    };
  }
  return { system: none, messages: readItem(tree, role, source) };
}

export function makeMessage(
  role: string,
  parts: readonly Part[],
  more: { name?: string; finish?: string } = {},
): Message {
  return { role: roles[role] ?? role, parts, name: more.name ?? '', finish: more.finish ?? '' };
}

function readItem(item: JsonTree, role: string, source: Source): Message[] {
  // LangChain has a list of messages for each of several prompts.
  if (item.kind === 'array') return item.items.flatMap((each) => readItem(each, role, source));
  if (item.kind !== 'object') {
    const parts = readParts(item, source);
    return parts.length > 0 ? [makeMessage(role, parts)] : [];
  }
  const finish = textOf(member(item, 'finish_reason', 'finishReason', 'stop_reason')) ?? '';
  const inner = member(item, 'message', 'delta', 'kwargs');
  if (inner?.kind === 'object') {
    const [message] = readItem(inner, classOf(item) ?? role, source);
    return message ? [{ ...message, finish: message.finish || finish }] : [];
  }
  const type = textOf(member(item, 'type')) ?? '';
  const said = textOf(member(item, 'role')) ?? (roles[type] ? type : undefined);
  const alone = said === undefined && items.find(([pattern]) => pattern.test(type));
  if (alone) return [makeMessage(alone[1], readParts(item, source), { finish })];
  const candidate = member(item, 'content');
  // Gemini's candidates hold the message as their content.
  if (said === undefined && candidate?.kind === 'object' && member(candidate, 'parts')) {
    return readItem(candidate, role, source).map((message) => ({ ...message, finish: message.finish || finish }));
  }
  const message = readMessage(item, said ?? role, source);
  return message.parts.length > 0 || said !== undefined ? [{ ...message, finish }] : [];
}

function readMessage(item: JsonTree, said: string, source: Source): Message {
  const role = roles[said] ?? said;
  const name = textOf(member(item, 'name')) ?? '';
  const content = member(item, 'parts', 'content', 'text');
  const answered = textOf(member(item, 'tool_call_id', 'toolCallId'));
  if (role === 'tool' && !hasToolParts(content)) {
    const failed = textOf(member(item, 'status')) === 'error';
    const result = resultOf(content, source);
    return makeMessage(role, [{ kind: 'tool-result', id: answered ?? '', name, result, failed }]);
  }
  const thought = textOf(member(item, 'reasoning_content', 'reasoning', 'thinking'));
  const calls = [
    ...itemsOf(member(item, 'tool_calls', 'toolCalls')).map((call) => readCall(call, call, source)),
    ...[member(item, 'function_call')].flatMap((call) =>
      call?.kind === 'object' ? [readCall(call, call, source)] : [],
    ),
  ];
  const parts = content ? readParts(content, source) : calls.length === 0 && !thought ? leftOver(item, source) : [];
  return makeMessage(role, [...(thought ? [{ kind: 'reasoning' as const, text: thought }] : []), ...parts, ...calls], {
    name,
  });
}

function hasToolParts(content: JsonTree | undefined): boolean {
  return itemsOf(content).some(
    (part) =>
      /result|response|output/.test(textOf(member(part, 'type')) ?? '') ||
      member(part, 'functionResponse', 'function_response', 'toolResult') !== undefined,
  );
}

/** What a message says that has none of the members in which messages say something. */
function leftOver(item: JsonTree, source: Source): Part[] {
  if (item.kind !== 'object') return [];
  const silent = new Set(['role', 'name', 'id', 'index', 'finish_reason', 'content', 'parts', 'tool_calls', 'refusal']);
  if (item.entries.every(([key]) => silent.has(key))) return [];
  return [{ kind: 'unknown', type: textOf(member(item, 'type')) ?? '', content: payloadOf(item, source) }];
}

/** The class that LangChain names as `id: ['langchain', …, 'HumanMessage']`. */
function classOf(item: JsonTree): string | undefined {
  return textOf(itemsOf(member(item, 'id')).at(-1));
}
