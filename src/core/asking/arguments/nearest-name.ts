import { distance } from 'fastest-levenshtein';

/** The one of these names that a wrong one was most likely meant to be; none where no two letters agree. */
export function nearestName(wrong: string, names: readonly string[]): string | undefined {
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const given = plain(wrong);
  const [best] = names
    .map((name) => {
      const known = plain(name);
      const longest = Math.max(given.length, known.length, 1);
      const isPart = given !== '' && (known.includes(given) || given.includes(known));
      const far = isPart ? Math.abs(known.length - given.length) / longest / 2 : distance(given, known) / longest;
      return { name, far };
    })
    .sort((a, b) => a.far - b.far);
  return best && best.far < 0.7 ? best.name : undefined;
}
