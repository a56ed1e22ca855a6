import { makeMessage, readMessages } from '../content/read-messages';
import type { Message, Part } from '../conversation';
import { Fields } from '../fields';
import type { JsonTree } from '../json/json-tree';
import { readJsonAsFar } from '../json/read-json-as-far';
import type { Dialect, ToldEvent } from './dialect';
import { saidIn } from './said-in';

const perMessage = /^gen_ai\.(system|user|assistant|tool)\.message$/;

/** OpenTelemetry's conventions of last year: an event for each message and each choice, on the span, in the logs or as a list. */
export const genAiEvents: Dialect = ({ fields, events }) => {
  const system: Part[] = [];
  const input: Message[] = [];
  const output: Message[] = [];
  for (const event of [...events, ...listedEvents(fields)]) {
    const role = perMessage.exec(event.name)?.[1];
    if (role) {
      for (const message of messagesOf(event, role)) {
        if (message.role === 'system') system.push(...message.parts);
        else input.push(message);
      }
    } else if (event.name === 'gen_ai.choice') output.push(...messagesOf(event, 'assistant'));
    else if (event.name === 'gen_ai.content.prompt')
      input.push(...saidIn(event.fields, 'user', 'gen_ai.prompt').messages);
    else if (event.name === 'gen_ai.content.completion')
      output.push(...saidIn(event.fields, 'assistant', 'gen_ai.completion').messages);
  }
  const asked = input.length > 0 ? input : saidIn(fields, 'user', 'gen_ai.prompt').messages;
  const answered = output.length > 0 ? output : saidIn(fields, 'assistant', 'gen_ai.completion').messages;
  return { system, input: asked, output: answered };
};

/** A message is the event's body, an attribute of JSON, or the attributes themselves. */
function messagesOf(event: ToldEvent, role: string): readonly Message[] {
  const { fields, body } = event;
  const json = readJsonAsFar(body)?.tree.kind === 'object' ? body : fields.text('gen_ai.event.content');
  const read = readJsonAsFar(json);
  if (read?.tree.kind === 'object' || read?.tree.kind === 'array') {
    return readMessages(read.tree, role, { text: json, cut: !read.whole }).messages;
  }
  const text = json || fields.text('content', 'gen_ai.content', 'message') || body;
  const said = fields.text('role', 'gen_ai.role') || role;
  const id = fields.text('id', 'gen_ai.tool.call.id');
  const calls = fields.json('tool_calls');
  const told = readJsonAsFar(text);
  if (event.name === 'gen_ai.choice' && told?.tree.kind === 'object') {
    const [message] = readMessages(told.tree, role, { text, cut: !told.whole }).messages;
    if (message) return [{ ...message, finish: message.finish || fields.text('finish_reason') }];
  }
  if (said === 'tool') {
    const name = fields.text('name', 'gen_ai.tool.name');
    return [makeMessage(said, [{ kind: 'tool-result', id, name, result: { text, cut: false }, failed: false }])];
  }
  const asked = calls ? readMessages(asMessage(calls.tree), said, { text: calls.text, cut: false }).messages : [];
  const parts = [...(text === '' ? [] : [{ kind: 'text' as const, text }]), ...asked.flatMap((each) => each.parts)];
  return parts.length === 0 ? [] : [makeMessage(said, parts, { finish: fields.text('finish_reason') })];
}

/** Calls of tools as the message that asks for them. */
function asMessage(calls: JsonTree): JsonTree {
  return { kind: 'object', entries: [['tool_calls', calls]], from: calls.from, to: calls.to };
}

/** Pydantic AI's list of them in an attribute. */
function listedEvents(fields: Fields): ToldEvent[] {
  const list = fields.json('events');
  if (list?.tree.kind !== 'array') return [];
  return list.tree.items.flatMap((item) => {
    if (item.kind !== 'object') return [];
    const named = item.entries.find(([key]) => key === 'event.name')?.[1];
    if (named?.kind !== 'string') return [];
    return [{ name: named.value, fields: new Fields([]), body: list.text.slice(item.from, item.to) }];
  });
}
