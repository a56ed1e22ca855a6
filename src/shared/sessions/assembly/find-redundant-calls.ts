/** What is looked at of a tool call. */
export interface ComparedCall {
  readonly tool: string;
  /** Undefined where it is not known: such a call is never called redundant. */
  readonly arguments?: string | undefined;
  readonly result?: string | undefined;
  readonly resultBytes?: number | undefined;
  readonly ok?: boolean | undefined;
  /** Unix milliseconds. */
  readonly startMs: number;
  readonly endMs: number;
}

/** A call that asked again for what was known already. */
export interface RedundantCall {
  /** Positions in the list. */
  readonly call: number;
  readonly repeats: number;
}

const mostGapMs = 60_000;
/** Calls that are looked back over. */
const mostBetween = 50;

/** Tools that only look, by the names that agents give them: what they say stays true until another tool is called. */
const looks =
  /^(?:read|view|open|cat|grep|rg|glob|ls|list|find|search|fetch|get|web_?(?:search|fetch)|google_web_search|codebase_search|file_search|semantic_search|read_many_files|notebook_?read|think|todo_?(?:read|write))(?:$|[_-]?(?:file|files|dir|directory|folder|text|symbols?|usages?|problems|errors|search|content|many_files)$)/i;

function onlyLooks(tool: string): boolean {
  return looks.test(tool);
}

/**
 * Calls of the same tool with the same arguments at most 60 s after the last one had ended, with a result alike, while nothing was called
 * in between that may have changed what they ask for. `boundaries`: times at which a person spoke, ascending; what was asked for before
 * may be asked for again. `calls` by their start.
 */
export function findRedundantCalls(
  calls: readonly ComparedCall[],
  boundaries: readonly number[] = [],
): RedundantCall[] {
  const found: RedundantCall[] = [];
  for (const [index, call] of calls.entries()) {
    if (call.arguments === undefined) continue;
    for (let at = index - 1; at >= Math.max(0, index - mostBetween); at--) {
      const before = calls[at]!;
      if (isSame(before, call)) {
        const gap = call.startMs - before.endMs;
        if (
          gap >= 0 &&
          gap <= mostGapMs &&
          isAlike(before, call) &&
          !hasBoundary(boundaries, before.startMs, call.startMs)
        )
          found.push({ call: index, repeats: at });
        break;
      }
      if (!onlyLooks(before.tool)) break;
    }
  }
  return found;
}

function isSame(a: ComparedCall, b: ComparedCall): boolean {
  return a.tool === b.tool && a.arguments === b.arguments;
}

/** As far as both are known. */
function isAlike(a: ComparedCall, b: ComparedCall): boolean {
  if (a.ok === undefined || a.ok !== b.ok) return false;
  if (a.result !== undefined && b.result !== undefined) return a.result === b.result;
  return a.resultBytes === undefined || b.resultBytes === undefined || a.resultBytes === b.resultBytes;
}

function hasBoundary(boundaries: readonly number[], from: number, to: number): boolean {
  let [low, high] = [0, boundaries.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (boundaries[middle]! <= from) low = middle + 1;
    else high = middle;
  }
  return low < boundaries.length && boundaries[low]! <= to;
}
