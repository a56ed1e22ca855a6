import { z } from 'zod';
import type { Against, ExplainInput, Population } from '../../../shared/contract/explain';
import { parseSpan } from '../../observing/parse-span';
import { scopeToRun } from '../../observing/scope-to-run';
import { defineTool } from '../answer/tool';
import { agentArgument, answerArguments, scopeArguments } from '../arguments/shared-arguments';
import { readScope, type Scope } from '../scope/read-scope';
import { buildLogql, buildTraceql } from '../search/build-query';
import type { PlainFilters } from '../search/plain-filters';
import { describeExplanation } from './describe-explanation';

export const explain = defineTool({
  name: 'explain',
  description:
    'Why are these different? Attribute values (lift), operations, metrics, log templates new or gone: of failed (error, the default), slow (min) or query-matched spans or lines against the rest; of all against before or a run.',
  schema: z.object({
    signal: z.enum(['traces', 'logs']).optional(),
    query: z.string().optional(),
    service: z.string().optional(),
    name: z.string().optional(),
    error: z.boolean().optional(),
    min: z.string().optional(),
    against: z.string().describe('rest (default), before, a query, a run').optional(),
    ...scopeArguments,
    ...agentArgument,
    ...answerArguments,
  }),
  async answer(input, asking) {
    const scope = await readScope(input, asking);
    if ('refused' in scope) return scope;
    const least = input.min === undefined ? undefined : parseSpan(input.min);
    if (input.min !== undefined && least === undefined)
      return { refused: `min=${JSON.stringify(input.min)} is no duration.`, hint: 'Such as 200ms.' };
    const asked = readQuestion(input, least, scope);
    const explanation = await asking.host.client.explain.differences(asked.input, { signal: asking.signal });
    return describeExplanation(explanation, asked.words, scope, asking);
  },
});

interface Question extends PlainFilters {
  signal?: 'traces' | 'logs' | undefined;
  query?: string | undefined;
  against?: string | undefined;
}

/** What is selected, and what it is held against. Filters by service and name say of which; what failed, was slow or matches is selected. */
function readQuestion(
  { signal = 'traces', query, service, name, error, min, against = 'rest' }: Question,
  slowerThanMs: number | undefined,
  scope: Scope,
): { input: ExplainInput; words: string } {
  const build = signal === 'traces' ? buildTraceql : buildLogql;
  const isPlain = service !== undefined || name !== undefined;
  // One run is named; several, which only a query can say, stand in it.
  const several = scope.runs && scope.runs.length > 1 ? scope.runs.map(({ id }) => id) : null;
  const ofScope = (asked: string) => (several ? scopeToRun({ signal, query: asked }, ...several) : asked);
  const whole: Population = {
    window: scope.window,
    ...((isPlain || several) && { query: ofScope(build({ service, name })) }),
    ...(scope.runs && !several && { run: scope.runs[0]!.id }),
  };
  // Beside another time or run the same is held: all of it, unless something of it is chosen.
  const isLike = against !== 'rest' && !against.includes('{');
  const failed = error ?? (query === undefined && min === undefined && !isLike);
  const chosenOf: Population = {
    ...(failed && { errors: true }),
    ...(slowerThanMs !== undefined && { slowerThanMs }),
  };
  const selection: Population = { ...whole, ...(query !== undefined && { query: ofScope(query) }), ...chosenOf };
  const ofRun = query ?? (isPlain ? build({ service, name }) : undefined);
  const inRun: Population = { ...(ofRun !== undefined && { query: ofRun }), ...chosenOf, run: against };
  const things = signal === 'traces' ? 'spans' : 'lines';
  const chosen = [
    ...(failed ? [signal === 'traces' ? 'failed' : 'error'] : query === undefined && min === undefined ? ['all'] : []),
    things,
    ...(service === undefined ? [] : [`of ${service}`]),
    ...(name === undefined ? [] : [`named ${name}`]),
    ...(min === undefined ? [] : [`of ${min} or more`]),
    ...(query === undefined ? [] : [`matching ${query}`]),
  ].join(' ');
  return {
    input: { signal, selection, against: readAgainst(against, whole, inRun, scope, ofScope) },
    words: `${chosen} in ${scope.words} against ${isLike ? `${chosen} ` : ''}${againstWords(against)}`,
  };
}

function readAgainst(
  against: string,
  whole: Population,
  inRun: Population,
  { window }: Scope,
  ofScope: (query: string) => string,
): Against {
  if (against === 'rest') return { kind: 'rest', of: whole };
  if (against === 'before') return { kind: 'window', window: { from: 2 * window.from - window.to, to: window.from } };
  if (against.includes('{')) return { kind: 'population', population: { ...whole, query: ofScope(against) } };
  return { kind: 'population', population: inRun };
}

function againstWords(against: string): string {
  if (against === 'rest') return 'the rest';
  if (against === 'before') return 'in as long a time before';
  return against.includes('{') ? against : `in run ${against}`;
}
