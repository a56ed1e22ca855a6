interface Message {
  role?: unknown;
  content?: unknown;
  parts?: unknown;
}

/**
 * The text of the last message of a role in `gen_ai.input.messages` or `gen_ai.output.messages` (JSON), its parts in lines of their
 * own; undefined where there is none, or it cannot be read, as where it was cut.
 */
export function lastMessageText(json: string | undefined, role: string): string | undefined {
  if (json === undefined) return undefined;
  let messages: unknown;
  try {
    messages = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!Array.isArray(messages)) return undefined;
  for (const message of messages.toReversed() as (Message | null)[]) {
    if (message?.role !== role) continue;
    const text = textOf(message.parts) ?? textOf(message.content);
    if (text) return text;
  }
  return undefined;
}

function textOf(content: unknown): string | undefined {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return undefined;
  const texts = (content as (Record<string, unknown> | null)[]).flatMap((part) => {
    if (part?.type !== 'text') return [];
    const text = part.content ?? part.text;
    return typeof text === 'string' ? [text] : [];
  });
  return texts.length > 0 ? texts.join('\n') : undefined;
}
