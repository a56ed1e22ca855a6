import type { Message, Part, Payload } from '../conversation';

/**
 * What makes two messages the same one: who said what. A model's answer comes back as a part of the next request, there
 * without its reasoning and with arguments written otherwise.
 */
export function fingerprintMessage({ role, parts }: Message): string {
  const told = parts.filter(({ kind }) => kind !== 'reasoning');
  return JSON.stringify([role, ...(told.length > 0 ? told : parts).map(fingerprintPart)]);
}

function fingerprintPart(part: Part): string[] {
  switch (part.kind) {
    case 'text':
    case 'reasoning':
      return [part.kind, part.text.trim()];
    case 'tool-call':
      return ['call', part.id, part.name, canonical(part.given)];
    case 'tool-result':
      return ['result', part.id, canonical(part.result)];
    case 'media':
      return ['media', part.what, part.type, String(part.bytes), part.name];
    case 'unknown':
      return ['unknown', part.type, canonical(part.content)];
  }
}

/** JSON without what differs from one writer to the next: blanks, and the order of keys. */
export function canonical({ text }: Payload): string {
  const trimmed = text.trim();
  if (!/^[[{]/.test(trimmed)) return trimmed;
  try {
    return JSON.stringify(JSON.parse(trimmed), (_key, value: unknown) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
    );
  } catch {
    return trimmed;
  }
}
