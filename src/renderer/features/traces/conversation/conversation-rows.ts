import type { Message, Part } from '../../../../shared/genai/conversation';
import { nameTurn } from '../../../../shared/genai/reading/name-turn';
import type { ToolOutcome, Turn, TurnEntry } from '../../../../shared/genai/reading/turn';

/** A row of the reader: what a span is, or one thing that was said in it. */
export type ConversationRow =
  | { readonly key: string; readonly kind: 'turn'; readonly turn: Turn }
  | { readonly key: string; readonly kind: 'entry'; readonly turn: Turn; readonly entry: TurnEntry };

export function conversationRows(turns: readonly Turn[]): ConversationRow[] {
  return turns.flatMap((turn): ConversationRow[] => [
    { key: turn.span.spanId, kind: 'turn', turn },
    ...turn.entries.map((entry, index) => ({
      key: `${turn.span.spanId} ${index}`,
      kind: 'entry' as const,
      turn,
      entry,
    })),
  ]);
}

/** What a row says, to be searched. */
export function textsOfRow(row: ConversationRow, outcomes: ReadonlyMap<string, ToolOutcome>): string[] {
  if (row.kind === 'turn') return [nameTurn(row.turn), row.turn.failure];
  const { entry } = row;
  if (entry.kind === 'earlier') return [];
  if (entry.kind === 'tool') return [entry.run.name, entry.run.given?.text ?? '', entry.run.result?.text ?? ''];
  return textsOfMessage(entry.message, outcomes);
}

function textsOfMessage({ parts }: Message, outcomes: ReadonlyMap<string, ToolOutcome>): string[] {
  return parts.flatMap((part) => textsOfPart(part, outcomes));
}

function textsOfPart(part: Part, outcomes: ReadonlyMap<string, ToolOutcome>): string[] {
  switch (part.kind) {
    case 'text':
    case 'reasoning':
      return [part.text];
    case 'tool-call':
      return [part.name, part.given.text, outcomes.get(part.id)?.result?.text ?? ''];
    case 'tool-result':
      return [part.name, part.result.text];
    case 'media':
      return [part.name, part.type];
    case 'unknown':
      return [part.content.text];
  }
}
