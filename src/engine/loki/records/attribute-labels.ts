import { plainDoubles } from '../../store/reader/plain-doubles';
import type { StoredAttribute } from '../../store/reader/reader';
import { JsonCursor, type JsonValue } from '../pipeline/json-cursor';
import { labelName } from './label-name';

const array = 5;
const kvlist = 6;
const cache = new WeakMap<StoredAttribute, readonly (readonly [string, string])[]>();

/** Whether the store keeps values of the kind as JSON. */
export function isStructure(kind: number): boolean {
  return kind === array || kind === kvlist;
}

/** Labels of an attribute: one, or for a kvlist one a member, its key before theirs. */
export function attributeLabels(attribute: StoredAttribute): readonly (readonly [string, string])[] {
  let labels = cache.get(attribute);
  if (!labels) {
    const text = isStructure(attribute.kind) ? plainDoubles(attribute.text) : attribute.text;
    labels = attribute.kind === kvlist ? expand(attribute.key, text) : single(attribute.key, text);
    cache.set(attribute, labels);
  }
  return labels;
}

function single(key: string, text: string): readonly (readonly [string, string])[] {
  return [[labelName(key), text]];
}

// Numbers keep their digits: those of 64 bits are more than a number holds.
function expand(key: string, text: string): readonly (readonly [string, string])[] {
  const cursor = new JsonCursor(text);
  try {
    return flatten(cursor, key, cursor.read(0));
  } catch {
    // Cut at the store's length limit: not JSON any more, shown as it is.
    return single(key, text);
  }
}

function flatten(cursor: JsonCursor, key: string, value: JsonValue): (readonly [string, string])[] {
  if (value.type !== 'object') return [...single(key, value.type === 'null' ? '' : cursor.textOf(value))];
  const prefix = labelName(key);
  const labels: (readonly [string, string])[] = [];
  cursor.eachMember(value, (member, inner) => {
    for (const label of flatten(cursor, `${prefix}_${member}`, inner)) labels.push(label);
    return undefined;
  });
  return labels;
}
