import type { GenAiSpan, Message } from '../conversation';
import type { TurnEntry } from './turn';

/** All that one span tells in messages, with nothing left out. */
export function entriesOf(span: GenAiSpan): (TurnEntry & { kind: 'message' })[] {
  const system: Message[] =
    span.system.length > 0 ? [{ role: 'system', name: '', parts: span.system, finish: '' }] : [];
  const tell = (side: 'system' | 'input' | 'output') => (message: Message) =>
    ({ kind: 'message', message, side }) as const;
  return [...system.map(tell('system')), ...span.input.map(tell('input')), ...span.output.map(tell('output'))];
}
