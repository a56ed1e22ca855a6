import { factHead } from './fact-head';
import { readUsage } from './read-usage';
import type { FactBody, SessionFact } from './session-fact';
import { amountOf, contentOf, firstOf, type TelemetryItem } from './telemetry-item';

const prefix = 'cursor.';

/** What `watchtower hook cursor` tells in records; its spans are of the GenAI conventions. */
export function isOfCursor({ signal, name, body, scope }: TelemetryItem): boolean {
  if (signal !== 'log') return false;
  return name.startsWith(prefix) || (scope === 'watchtower.hook.cursor' && body.startsWith(prefix));
}

export function readCursor(item: TelemetryItem): SessionFact[] {
  const head = factHead(item, 'cursor', ['gen_ai.conversation.id', 'session.id']);
  const name = item.name.startsWith(prefix) ? item.name.slice(prefix.length) : item.name;
  const turn = firstOf(item, 'cursor.generation_id');
  return readEvent(item, name).map((body) => ({ ...head, promptId: turn, ...body }));
}

function readEvent(item: TelemetryItem, name: string): FactBody[] {
  switch (name) {
    case 'user_prompt':
      return [{ kind: 'prompt', text: contentOf(item, 'prompt'), length: amountOf(item, 'prompt_length') }];
    case 'assistant_response':
      return [
        { kind: 'response', text: contentOf(item, 'response'), length: amountOf(item, 'response_length') },
        ...readUsage(item),
      ];
    case 'compaction':
      return [{ kind: 'compaction', before: amountOf(item, 'context_tokens'), trigger: firstOf(item, 'trigger') }];
    case 'session_end':
      return [{ kind: 'end' }];
    default:
      return [{ kind: 'sign' }];
  }
}
