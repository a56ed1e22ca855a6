import type { Context } from 'hono';
import { parseSelection } from '../logql/parse-logql';
import { countPatterns } from '../patterns/count-patterns';
import type { LokiContext } from '../selection/loki-context';
import { readBounds, readParameters, readStep } from './query-parameters';

/** Patterns of one answer, the most frequent. */
const maxPatterns = 1000;
const secondNs = 1_000_000_000n;

/**
 * `patterns`: what the lines have in common, with `<_>` for what varies, and how many there are by step, by service and level. In
 * the form of Loki's; beside it `service` and `example` of each, and in `stats` how many lines and patterns there are.
 */
export async function listPatterns(context: Context, loki: LokiContext): Promise<Response> {
  const parameters = await readParameters(context);
  const { startNs, endNs } = readBounds(parameters, loki.nowNs());
  const asked = readStep(parameters, startNs, endNs);
  // Samples stand at whole seconds.
  const stepNs = asked < secondNs ? secondNs : asked - (asked % secondNs);
  const from = startNs - (startNs % stepNs);
  const { patterns, lines, looked } = await countPatterns(
    loki.reader,
    { selection: parseSelection(parameters.get('query') ?? ''), startNs, endNs, stepNs, gridNs: from },
    context.req.raw.signal,
  );
  const data = patterns.slice(0, maxPatterns).map(({ template, level, service, example, steps }) => ({
    pattern: template.replaceAll('<*>', '<_>'),
    level,
    service,
    example,
    samples: [...steps].map(([step, count]) => [Number((from + BigInt(step) * stepNs) / secondNs), count]),
  }));
  return context.json({ status: 'success', data, stats: { patterns: patterns.length, lines, looked } });
}
