import { makeMessage, readMessages, type ToldMessages } from '../content/read-messages';
import { readParts } from '../content/read-parts';
import type { Part } from '../conversation';
import type { Fields } from '../fields';

/** The messages that the first of the names holds, as JSON or as plain text of `role`; none where none does. */
export function saidIn(fields: Fields, role: string, ...keys: readonly string[]): ToldMessages {
  for (const key of keys) {
    const found = fields.json(key);
    if (found) return readMessages(found.tree, role, { text: found.text, cut: isCut(fields, key) });
    const text = fields.text(key);
    if (text !== '') return { system: [], messages: [makeMessage(role, [{ kind: 'text', text }])] };
  }
  return { system: [], messages: [] };
}

/** The same of instructions, which are parts and have no role. */
export function partsIn(fields: Fields, ...keys: readonly string[]): readonly Part[] {
  for (const key of keys) {
    const found = fields.json(key);
    if (found) return readParts(found.tree, { text: found.text, cut: isCut(fields, key) });
    const text = fields.text(key);
    if (text !== '') return [{ kind: 'text', text }];
  }
  return [];
}

function isCut(fields: Fields, key: string): boolean {
  return fields.cut.some((cut) => cut.key === key);
}
