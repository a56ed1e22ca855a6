import { partBySystem } from '../content/part-by-system';
import { mediaOf } from '../content/read-media';
import { makeMessage } from '../content/read-messages';
import type { Message, Part } from '../conversation';
import type { Fields } from '../fields';
import type { Dialect } from './dialect';
import { saidIn } from './said-in';

/** OpenInference (Arize Phoenix): an attribute for each field of each message; of other work what went in and what came out. */
export const openInference: Dialect = ({ fields }) => {
  const kind = fields.text('openinference.span.kind').toUpperCase();
  if (kind === 'TOOL') {
    const given = fields.payload('input.value', 'tool.parameters', 'tool_call.function.arguments');
    const name = fields.text('tool.name', 'tool_call.function.name');
    return {
      tool: { id: fields.text('tool.id', 'tool_call.id'), name, given, result: fields.payload('output.value') },
    };
  }
  const input = [
    ...messagesOf(fields, 'llm.input_messages', 'user'),
    ...plain(fields, 'llm.prompts', 'user', 'prompt.text'),
  ];
  const output = [
    ...messagesOf(fields, 'llm.output_messages', 'assistant'),
    ...plain(fields, 'llm.choices', 'assistant', 'completion.text'),
  ];
  const asked = input.length > 0 ? { system: [], messages: input } : saidIn(fields, 'user', 'input.value');
  const { system, rest } = partBySystem(asked.messages);
  return {
    system: [...asked.system, ...system],
    input: rest,
    output: output.length > 0 ? output : saidIn(fields, 'assistant', 'output.value').messages,
  };
};

function messagesOf(fields: Fields, prefix: string, role: string): Message[] {
  return fields.indexed(prefix).flatMap((each) => {
    const said = each.text('message.role') || role;
    const name = each.text('message.name');
    const contents = each.indexed('message.contents').flatMap(partsOf);
    const content = each.text('message.content');
    const calls = each.indexed('message.tool_calls').map(callOf);
    const called = each.text('message.function_call_name');
    const parts: Part[] = [
      ...(contents.length > 0 ? contents : content === '' ? [] : [{ kind: 'text' as const, text: content }]),
      // A call that stands among the contents is one of those of the message.
      ...calls.filter(({ id }) => id === '' || !contents.some((part) => part.kind === 'tool-call' && part.id === id)),
      ...(called === ''
        ? []
        : [
            {
              kind: 'tool-call' as const,
              id: '',
              name: called,
              given: each.payload('message.function_call_arguments_json') ?? { text: '', cut: false },
            },
          ]),
    ];
    const id = each.text('message.tool_call_id');
    if (said === 'tool' || id !== '') {
      const text = parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n');
      return [makeMessage('tool', [{ kind: 'tool-result', id, name, result: { text, cut: false }, failed: false }])];
    }
    return parts.length === 0 ? [] : [makeMessage(said, parts, { name, finish: each.text('message.finish_reason') })];
  });
}

function partsOf(content: Fields): Part[] {
  const type = content.text('message_content.type');
  const text = content.text('message_content.text');
  if (type === 'reasoning') return [{ kind: 'reasoning', text: text || '(not told)' }];
  if (type === 'tool_use') return [callOf(content)];
  if (type === 'image' || type === 'audio' || type === 'video') {
    const address = content.text(`message_content.${type}.${type}.url`, `message_content.${type}.url`);
    const media = content.text(`message_content.${type}.${type}.mime_type`);
    return [mediaOf({ what: type, type: media, data: '', address, name: '' })];
  }
  return text === '' ? [] : [{ kind: 'text', text }];
}

function callOf(fields: Fields): Part & { kind: 'tool-call' } {
  const find = (name: string) => [`tool_call.${name}`, `message_content.tool_call.${name}`, `message_content.${name}`];
  return {
    kind: 'tool-call',
    id: fields.text(...find('id')),
    name: fields.text(...find('function.name')),
    given: fields.payload(...find('function.arguments')) ?? { text: '', cut: false },
  };
}

function plain(fields: Fields, prefix: string, role: string, key: string): Message[] {
  return fields.indexed(prefix).flatMap((each) => {
    const text = each.text(key);
    return text === '' ? [] : [makeMessage(role, [{ kind: 'text', text }])];
  });
}
