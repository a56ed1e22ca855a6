import { quoted } from '../findings/place-of';
import type { RunChange } from '../runs/run-diff';
import type { ShapePair } from './index-shapes';
import { changeOf } from './make-change';

/** Requests that come by themselves, by a clock rather than by somebody: so much more or less is chance. */
const tolerance = 0.2;

/** Kinds of requests that are new, gone, or come more or less often. */
export function compareRequests(roots: readonly ShapePair[], moved: ReadonlySet<ShapePair>): RunChange[] {
  return roots.flatMap((pair): RunChange[] => {
    const [was, is] = [pair.before?.count ?? 0, pair.after?.count ?? 0];
    if (was === is || moved.has(pair)) return [];
    const name = quoted(pair.shape.request);
    if (was === 0)
      return [
        changeOf(pair, {
          kind: 'new-span',
          worse: false,
          sentence: `New request, ${is} times: ${name}`,
          before: null,
          after: is,
        }),
      ];
    if (is === 0)
      return [
        changeOf(pair, {
          kind: 'gone-span',
          worse: false,
          sentence: `No request any more, ${was} before: ${name}`,
          before: was,
          after: null,
        }),
      ];
    const byClock = pair.shape.kind === 'internal' || /health|ready|live|ping|metrics/i.test(pair.shape.name);
    if (byClock && Math.abs(is - was) <= Math.max(2, tolerance * Math.max(is, was))) return [];
    const kind = is > was ? 'more-spans' : 'fewer-spans';
    return [
      changeOf(pair, { kind, worse: false, sentence: `${name}: ${was} → ${is} requests`, before: was, after: is }),
    ];
  });
}
