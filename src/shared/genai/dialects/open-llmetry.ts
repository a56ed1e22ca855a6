import { partBySystem } from '../content/part-by-system';
import { makeMessage } from '../content/read-messages';
import { readParts } from '../content/read-parts';
import type { Message, Part } from '../conversation';
import type { Fields } from '../fields';
import { readJsonAsFar } from '../json/read-json-as-far';
import type { Dialect } from './dialect';
import { saidIn } from './said-in';

/** Traceloop's OpenLLMetry: an attribute for each field of each message, by number, and what workflows and tools were given as JSON. */
export const openLlmetry: Dialect = ({ fields }) => {
  const prompts = listOf(fields, 'user', 'gen_ai.prompt', 'llm.prompts');
  const completions = listOf(fields, 'assistant', 'gen_ai.completion', 'llm.completions');
  const given = fields.payload('traceloop.entity.input');
  const result = fields.payload('traceloop.entity.output');
  if (fields.text('traceloop.span.kind') === 'tool') {
    return { tool: { id: '', name: fields.text('traceloop.entity.name'), given, result } };
  }
  const { system, rest } = partBySystem(prompts);
  return {
    system,
    input: rest.length > 0 ? rest : saidIn(fields, 'user', 'traceloop.entity.input').messages,
    output: completions.length > 0 ? completions : saidIn(fields, 'assistant', 'traceloop.entity.output').messages,
  };
};

function listOf(fields: Fields, role: string, ...prefixes: readonly string[]): Message[] {
  for (const prefix of prefixes) {
    const list = fields.indexed(prefix).flatMap((each) => messageOf(each, role));
    if (list.length > 0) return list;
  }
  return [];
}

function messageOf(fields: Fields, role: string): Message[] {
  const said = fields.text('role') || role;
  const name = fields.text('name');
  const content = fields.text('content');
  const calls = [...fields.indexed('tool_calls'), ...(fields.has('function_call.name') ? [fields] : [])].map(
    (call): Part => ({
      kind: 'tool-call',
      id: call.text('id'),
      name: call.text('name', 'function_call.name'),
      given: call.payload('arguments', 'function_call.arguments') ?? { text: '', cut: false },
    }),
  );
  const reasoning = fields.text('reasoning', 'reasoning_content');
  const parts: Part[] = [
    ...(reasoning === '' ? [] : [{ kind: 'reasoning' as const, text: reasoning }]),
    ...(said === 'tool'
      ? [
          {
            kind: 'tool-result' as const,
            id: fields.text('tool_call_id'),
            name,
            result: { text: content, cut: false },
            failed: false,
          },
        ]
      : contentParts(content)),
    ...calls,
  ];
  return parts.length === 0 ? [] : [makeMessage(said, parts, { name, finish: fields.text('finish_reason') })];
}

/** A content of several parts is their list as JSON; other JSON is what somebody wrote. */
function contentParts(content: string): Part[] {
  if (content === '') return [];
  const list = content.startsWith('[{') ? readJsonAsFar(content) : null;
  const parts = list ? readParts(list.tree, { text: content, cut: !list.whole }) : [];
  const known = parts.length > 0 && parts.every(({ kind }) => kind !== 'unknown');
  return known ? parts : [{ kind: 'text', text: content }];
}
