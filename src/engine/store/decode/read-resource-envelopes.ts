import type { WireReader } from '../../wire/wire-reader';
import type { Dictionary } from '../dictionary/dictionary';

/**
 * Walks the two envelopes around the items of a traces or logs request (ResourceSpans/ScopeSpans and their like, which
 * have the same field numbers). Calls back with the reader at the start of each item, and where the item ends.
 */
export function readResourceEnvelopes(
  reader: WireReader,
  dictionary: Dictionary,
  onItem: (resource: number, scope: number, end: number) => void,
): void {
  const end = reader.bytes.length;
  while (reader.position < end) {
    const tag = reader.varint();
    if (tag === 0x0a) readResource(reader, dictionary, reader.blockEnd(), onItem);
    else reader.skip(tag & 7);
  }
}

function readResource(
  reader: WireReader,
  dictionary: Dictionary,
  end: number,
  onItem: (resource: number, scope: number, end: number) => void,
): void {
  const start = reader.position;
  const head = readHead(reader, end);
  const resource = dictionary.resourceId(reader, head.start, head.end, head.urlStart, head.urlEnd);
  reader.position = start;
  while (reader.position < end) {
    const tag = reader.varint();
    if (tag !== 0x12) {
      reader.skip(tag & 7);
      continue;
    }
    const scopeEnd = reader.blockEnd();
    const scopeStart = reader.position;
    const inner = readHead(reader, scopeEnd);
    const scope = dictionary.scopeId(reader, inner.start, inner.end, inner.urlStart, inner.urlEnd);
    reader.position = scopeStart;
    while (reader.position < scopeEnd) {
      const itemTag = reader.varint();
      if (itemTag === 0x12) onItem(resource, scope, reader.blockEnd());
      else reader.skip(itemTag & 7);
    }
  }
}

/** Field 1 (the resource or scope) and field 3 (the schema URL) may stand before or after the items. */
function readHead(reader: WireReader, end: number): { start: number; end: number; urlStart: number; urlEnd: number } {
  const head = { start: 0, end: 0, urlStart: 0, urlEnd: 0 };
  while (reader.position < end) {
    const tag = reader.varint();
    if (tag === 0x0a) {
      head.end = reader.blockEnd();
      head.start = reader.position;
      reader.position = head.end;
    } else if (tag === 0x1a) {
      head.urlEnd = reader.blockEnd();
      head.urlStart = reader.position;
      reader.position = head.urlEnd;
    } else reader.skip(tag & 7);
  }
  return head;
}
