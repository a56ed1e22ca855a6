import type { RunChange } from '../runs/run-diff';

/**
 * One change for what happened to one span of one kind of request below several parents, such as a handler that is called by
 * three names: the first of them, with how many more there are. The order stays.
 */
export function joinPlaces(changes: readonly RunChange[]): RunChange[] {
  const places = new Map<string, RunChange[]>();
  for (const change of changes) {
    const { kind, service, request, subject } = change;
    // What is of no request has no parents.
    const key = request === '' ? String(places.size) : JSON.stringify([kind, service, request, subject]);
    const same = places.get(key);
    if (same) same.push(change);
    else places.set(key, [change]);
  }
  return [...places.values()].map(([first, ...others]) =>
    others.length === 0
      ? first!
      : {
          ...first!,
          worse: [first!, ...others].some(({ worse }) => worse),
          sentence: `${first!.sentence}; likewise below ${others.length} other parent${others.length === 1 ? '' : 's'}`,
        },
  );
}
