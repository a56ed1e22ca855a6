import { nearestName } from '../arguments/nearest-name';

const scope = /^(?:(?:resource|span)?\.)/;
/** Parts of spans whose attributes nobody lists. */
const unlisted = /^(?:event|link|instrumentation)[.:]/;
const bare = (name: string) => name.replace(scope, '').replaceAll('"', '');

/**
 * What was grouped by and nothing has, in sentences: the nearest of the `known` names where none has it at all.
 * `known` is null where nobody can say which there are. `one`: "span", "series".
 */
export function describeAbsent(absent: readonly string[], known: readonly string[] | null, one: string): string[] {
  const names = [...new Set(known?.map(bare))];
  const same = (one: string, other: string) => one.replace(/\W/g, '_') === other.replace(/\W/g, '_');
  return absent.map((given) => {
    const name = bare(given);
    if (known === null || unlisted.test(given) || names.some((each) => same(each, name)))
      return `No matching ${one} has ${given}.`;
    const near = nearestName(name, names);
    return `No ${one} has an attribute ${JSON.stringify(given.slice(0, 100))}${near ? `: did you mean ${near}?` : '.'}`;
  });
}
