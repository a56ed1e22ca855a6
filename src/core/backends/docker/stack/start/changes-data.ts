/**
 * Whether another image may bring the data into another format: not the same repository, or another major version.
 * A tag without a number, such as `latest`, says nothing and counts as a change.
 */
export function changesData(before: string, after: string): boolean {
  if (before === after) return false;
  const [one, two] = [readImage(before), readImage(after)];
  return one.repository !== two.repository || one.major === null || one.major !== two.major;
}

function readImage(reference: string): { repository: string; major: string | null } {
  const [tagged = ''] = reference.split('@');
  const colon = tagged.lastIndexOf(':');
  const hasTag = colon > tagged.lastIndexOf('/');
  const tag = hasTag ? tagged.slice(colon + 1) : '';
  return {
    repository: hasTag ? tagged.slice(0, colon) : tagged,
    major: /^v?(\d+)(?:\.|$)/.exec(tag)?.[1] ?? null,
  };
}
