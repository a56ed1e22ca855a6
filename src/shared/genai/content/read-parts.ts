import type { Part, Payload } from '../conversation';
import { isTrue, itemsOf, type JsonTree, member, textOf } from '../json/json-tree';
import { payloadOf, type Source } from './payload-of';
import { readMedia } from './read-media';

const texts = new Set(['text', 'input_text', 'output_text', 'summary_text', 'refusal', 'message']);
const reasonings = new Set(['reasoning', 'thinking', 'redacted_thinking', 'redacted-reasoning', 'reasoning_text']);
const calls =
  /^(?:(?:server|mcp)[_-])?(?:tool|function)[_-](?:call|use)$|^(?:server_tool|mcp_tool|custom_tool)[_-](?:call|use)$|^mcp_call$/;
const results =
  /^(?:server[_-]|mcp[_-])?(?:tool|function)[_-](?:call[_-])?(?:response|result|return|output)$|_tool_result$|^custom_tool_call_output$/;
const medias =
  /^(?:blob|uri|file|binary|document|image|audio|video|input_image|input_audio|input_file|image_url|image-url|media)$/;

/**
 * The content of a message in any of the shapes in which conventions, frameworks and providers write it: a text, a part or a list
 * of parts.
 */
export function readParts(tree: JsonTree | undefined, source: Source): Part[] {
  if (!tree) return [];
  if (tree.kind === 'array') return tree.items.flatMap((item) => readParts(item, source));
  if (tree.kind === 'object') return readPart(tree, source);
  const text = textOf(tree);
  return text ? [{ kind: 'text', text }] : [];
}

function readPart(part: JsonTree, source: Source): Part[] {
  const type = textOf(member(part, 'type', 'kind', 'part_kind')) ?? '';
  if (reasonings.has(type) || isTrue(member(part, 'thought'))) return readReasoning(part);
  if (calls.test(type)) return [readCall(part, part, source)];
  if (results.test(type)) return [readResult(part, source)];
  if (medias.test(type)) return [readMedia(type, part) ?? unknownPart(type, part, source)];
  const text = textOf(member(part, 'content', 'text', 'value', 'refusal'));
  if (texts.has(type) && text !== undefined) return text === '' ? [] : [{ kind: 'text', text }];
  if (type === '') {
    const untyped = readUntyped(part, source);
    if (untyped) return untyped;
  }
  return [unknownPart(type, part, source)];
}

/** As Gemini and Bedrock write parts: what they are is the name of their only member. */
function readUntyped(part: JsonTree, source: Source): Part[] | null {
  const call = member(part, 'functionCall', 'function_call', 'toolUse', 'tool_call');
  if (call?.kind === 'object') return [readCall(call, part, source)];
  const result = member(part, 'functionResponse', 'function_response', 'toolResult', 'tool_result');
  if (result?.kind === 'object') return [readResult(result, source)];
  const reasoning = member(part, 'reasoningContent', 'thinking', 'reasoning');
  if (reasoning) return readReasoning(reasoning.kind === 'object' ? reasoning : part);
  const inline = member(part, 'inlineData', 'inline_data', 'fileData', 'file_data', 'image_url');
  const media = inline && readMedia('file', part);
  if (media) return [media];
  for (const what of ['image', 'video', 'audio', 'document']) {
    const described = member(part, what);
    const found = described?.kind === 'object' && readMedia(what, described);
    if (found) return [found];
  }
  const text = textOf(member(part, 'text', 'content'));
  return text === undefined ? null : text === '' ? [] : [{ kind: 'text', text }];
}

function readReasoning(part: JsonTree): Part[] {
  const said = member(part, 'content', 'text', 'thinking', 'reasoning', 'reasoningText', 'summary');
  const text =
    textOf(said) ??
    textOf(member(said, 'text')) ??
    itemsOf(said)
      .map((item) => textOf(item) ?? textOf(member(item, 'text', 'content')) ?? '')
      .join('\n\n');
  return [{ kind: 'reasoning', text: text || '(not told)' }];
}

/** A call of a tool; `around` is where its id may stand beside it. */
export function readCall(call: JsonTree, around: JsonTree, source: Source): Part {
  const inner = member(call, 'function');
  const named = textOf(member(call, 'name', 'toolName', 'tool_name')) ?? textOf(member(inner, 'name'));
  const given =
    member(call, 'arguments', 'args', 'input', 'parameters', 'server_tool_call', 'action') ??
    member(inner, 'arguments', 'args', 'parameters');
  return { kind: 'tool-call', id: idOf(call) || idOf(around), name: named ?? '', given: payloadOf(given, source) };
}

function readResult(part: JsonTree, source: Source): Part {
  const told = member(part, 'response', 'result', 'output', 'content', 'server_tool_call_response', 'return_value');
  const typed = textOf(member(told, 'type'));
  // The AI SDK says of an output what it is: {type: 'json', value}.
  const value = typed !== undefined ? (member(told, 'value') ?? told) : told;
  return {
    kind: 'tool-result',
    id: idOf(part),
    name: textOf(member(part, 'name', 'toolName', 'tool_name')) ?? '',
    result: resultOf(value, source),
    failed:
      isTrue(member(part, 'is_error', 'isError')) ||
      typed?.startsWith('error') === true ||
      textOf(member(part, 'status')) === 'error',
  };
}

/** What a tool answered; a list of texts alone is these texts. */
export function resultOf(value: JsonTree | undefined, source: Source): Payload {
  const parts = value?.kind === 'array' && value.items.length > 0 ? readParts(value, source) : [];
  if (parts.length > 0 && parts.every((part) => part.kind === 'text') && itemsOf(value).every(isTextPart)) {
    return { text: parts.map(({ text }) => text).join('\n'), cut: payloadOf(value, source).cut };
  }
  return payloadOf(value, source);
}

function isTextPart(tree: JsonTree): boolean {
  return tree.kind === 'object' && textOf(member(tree, 'text')) !== undefined;
}

function idOf(tree: JsonTree): string {
  return (
    textOf(member(tree, 'tool_call_id', 'toolCallId', 'tool_use_id', 'toolUseId', 'call_id', 'callId')) ??
    textOf(member(tree, 'id')) ??
    ''
  );
}

function unknownPart(type: string, part: JsonTree, source: Source): Part {
  return { kind: 'unknown', type, content: payloadOf(part, source) };
}
