export interface Arc {
  readonly from: string;
  readonly to: string;
  /** From outside of all services: drawn only where it comes in, since it would go through every layer. */
  readonly enters?: boolean;
}

/**
 * The layer of each node: callers left of what they call. Arcs that close a circle do not count, and who is called by nobody stands just
 * before what it calls.
 */
export function rankNodes(ids: readonly string[], arcs: readonly Arc[]): Map<string, number> {
  const next = new Map<string, string[]>(ids.map((id) => [id, []]));
  const callers = new Map<string, number>(ids.map((id) => [id, 0]));
  for (const { from, to } of arcs) {
    if (from === to) continue;
    next.get(from)!.push(to);
    callers.set(to, callers.get(to)! + 1);
  }
  const forward = withoutCircles(
    ids.toSorted((a, b) => callers.get(a)! - callers.get(b)!),
    next,
  );
  const rank = new Map<string, number>(ids.map((id) => [id, 0]));
  // Each node stands behind all its callers there, so one pass is enough.
  for (const id of forward.order) {
    for (const to of forward.next.get(id)!) rank.set(to, Math.max(rank.get(to)!, rank.get(id)! + 1));
  }
  for (const id of ids) {
    const called = forward.next.get(id)!;
    if (callers.get(id) === 0 && called.length > 0) rank.set(id, Math.min(...called.map((to) => rank.get(to)!)) - 1);
  }
  return rank;
}

/** Depth first without recursion: arcs to a node that is being visited are left out; `order` has callers first. */
function withoutCircles(ids: readonly string[], next: ReadonlyMap<string, readonly string[]>) {
  const kept = new Map<string, string[]>(ids.map((id) => [id, []]));
  const state = new Map<string, 'open' | 'done'>();
  const done: string[] = [];
  for (const start of ids) {
    if (state.has(start)) continue;
    state.set(start, 'open');
    const stack: { id: string; at: number }[] = [{ id: start, at: 0 }];
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const to = next.get(top.id)![top.at++];
      if (to === undefined) {
        state.set(top.id, 'done');
        done.push(top.id);
        stack.pop();
      } else if (state.get(to) !== 'open') {
        kept.get(top.id)!.push(to);
        if (!state.has(to)) {
          state.set(to, 'open');
          stack.push({ id: to, at: 0 });
        }
      }
    }
  }
  return { next: kept, order: done.reverse() };
}
