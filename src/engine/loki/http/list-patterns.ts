import type { Context } from 'hono';
import { Pace } from '../../pace/pace';
import { runLogQuery } from '../lines/run-log-query';
import { parseSelection } from '../logql/parse-logql';
import type { LokiContext } from '../selection/loki-context';
import { readBounds, readParameters, readStep } from './query-parameters';

const newestLines = 5000;
const maxPatterns = 300;

/**
 * `patterns`: the newest lines grouped by their words, with `<_>` for every word that has a digit. Simpler than Loki's
 * own clustering, in the same form.
 */
export async function listPatterns(context: Context, loki: LokiContext): Promise<Response> {
  const parameters = await readParameters(context);
  const { startNs, endNs } = readBounds(parameters, loki.nowNs());
  const stepNs = readStep(parameters, startNs, endNs);
  const selection = parseSelection(parameters.get('query') ?? '');
  const { entries } = await runLogQuery(
    loki.reader,
    loki.catalog,
    { selection, startNs, endNs, limit: newestLines, direction: 'backward' },
    context.req.raw.signal,
  );
  const patterns = new Map<string, Map<number, number>>();
  const pace = new Pace(context.req.raw.signal);
  for (const { line, timeNs } of entries) {
    if (pace.isDue()) await pace.turn();
    const pattern = patternOf(line);
    const at = Number((timeNs - (timeNs % stepNs)) / 1_000_000_000n);
    const samples = patterns.get(pattern) ?? new Map<number, number>();
    patterns.set(pattern, samples.set(at, (samples.get(at) ?? 0) + 1));
  }
  const total = (samples: ReadonlyMap<number, number>) => [...samples.values()].reduce((sum, count) => sum + count, 0);
  const data = [...patterns]
    .sort(([, a], [, b]) => total(b) - total(a))
    .slice(0, maxPatterns)
    .map(([pattern, samples]) => ({ pattern, samples: [...samples].sort(([a], [b]) => a - b) }));
  return context.json({ status: 'success', data });
}

/** A line with its variable words as `<_>`, neighbours joined. */
function patternOf(line: string): string {
  return line
    .trim()
    .replace(/"(?:[^"\\]|\\.)*\d(?:[^"\\]|\\.)*"|[\w./:@-]*\d[\w./:@%-]*/g, '<_>')
    .replace(/<_>(?:\s*<_>)+/g, '<_>');
}
