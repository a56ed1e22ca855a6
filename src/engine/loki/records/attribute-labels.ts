import type { StoredAttribute } from '../../store/reader';
import { labelName } from './label-name';

const kvlist = 6;
const cache = new WeakMap<StoredAttribute, readonly (readonly [string, string])[]>();

/** Labels of an attribute: one, or for a kvlist one a member, its key before theirs. */
export function attributeLabels(attribute: StoredAttribute): readonly (readonly [string, string])[] {
  let labels = cache.get(attribute);
  if (!labels) {
    labels = attribute.kind === kvlist ? expand(attribute) : single(attribute.key, attribute.text);
    cache.set(attribute, labels);
  }
  return labels;
}

function single(key: string, text: string): readonly (readonly [string, string])[] {
  return [[labelName(key), text]];
}

function expand(attribute: StoredAttribute): readonly (readonly [string, string])[] {
  let members: unknown;
  try {
    members = JSON.parse(attribute.text);
  } catch {
    // Cut at the store's length limit: not JSON any more, shown as it is.
    return single(attribute.key, attribute.text);
  }
  return flatten(attribute.key, members);
}

function flatten(key: string, value: unknown): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return single(key, typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value));
  }
  const prefix = labelName(key);
  return Object.entries(value).flatMap(([member, inner]) => flatten(`${prefix}_${member}`, inner));
}
