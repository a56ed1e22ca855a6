import { compareTexts } from '../compare-texts';
import type { Problem } from '../problem';
import type { RunChange, RunDiff } from '../runs/run-diff';
import type { RunSummary } from '../runs/run-summary';
import { compareErrors } from './compare-errors';
import { compareFindings } from './compare-findings';
import { compareLatency } from './compare-latency';
import { compareMetrics } from './compare-metrics';
import { compareRequests } from './compare-requests';
import { compareSpans } from './compare-spans';
import { compareTemplates } from './compare-templates';
import { compareTotals } from './compare-totals';
import { findMoved } from './find-moved';
import { indexShapes, type ShapePair, ShapeTree } from './index-shapes';
import { joinPlaces } from './join-places';
import { isSameCommand } from './same-command';
import { shareMatched } from './share-matched';

const leastMatched = 0.5;

/** What matters most first; of one kind those that are worse, then those that changed more. */
const order: readonly RunChange['kind'][] = [
  'new-errors',
  'new-findings',
  'more-retries',
  'more-queries',
  'slower',
  'new-log',
  'metric',
  'new-span',
  'gone-span',
  'more-spans',
  'fewer-spans',
  'more-logs',
  'gone-log',
  'fewer-logs',
  'faster',
  'fewer-errors',
  'fewer-retries',
  'fewer-queries',
  'mended-findings',
];

/**
 * What differs between two runs: counts first, which need no statistics, then latency. Refused where they ran different commands,
 * unless `force`; `incomparable`, without changes, where under half of the shapes match, unless `force`.
 */
export function diffRuns(
  before: RunSummary,
  after: RunSummary,
  { force = false }: { readonly force?: boolean } = {},
): RunDiff | { problem: Problem } {
  if (!force && !isSameCommand(before.run, after.run)) return { problem: otherCommand(before, after) };
  const matched = shareMatched(before.telemetry, after.telemetry);
  const common = { before: before.run, after: after.run, matched, leftOut: leftOutOf(before, after) };
  if (!force && matched < leastMatched) return { ...common, verdict: 'incomparable', changes: [], notJudged: [] };
  const { changes: all, notJudged, pace } = compareAll(before, after);
  const changes = joinPlaces(all.toSorted(byImportance));
  const verdict = changes.length === 0 ? 'same' : changes.some(({ worse }) => worse) ? 'worse' : 'different';
  return { ...common, verdict, changes, notJudged, ...(pace !== 1 && { pace }) };
}

function compareAll(
  { telemetry: before }: RunSummary,
  { telemetry: after }: RunSummary,
): { changes: RunChange[]; notJudged: string[]; pace: number } {
  const index = indexShapes(before, after);
  const pairs = [...index.pairs.values()].sort((a, b) => compareTexts(a.key, b.key));
  const tree = new ShapeTree(pairs);
  const requests = { before: index.requestsBefore, after: index.requestsAfter };
  const moved = findMoved(pairs);
  const errors = compareErrors(pairs, tree, requests);
  const findings = compareFindings(before, after, errors);
  const queries = compareTotals(pairs, requests, 'queries');
  const retries = compareTotals(pairs, requests, 'retries');
  const told = new Set([...moved.pairs, ...toldByTotals(pairs, queries, retries)]);
  const spans = compareSpans(pairs, tree, requests, told);
  const latency = compareLatency(pairs, tree);
  const templates = compareTemplates(before, after);
  const roots = pairs.filter(({ shape }) => shape.parent === '');
  return {
    changes: [
      ...findings.errors,
      ...findings.changes,
      ...retries,
      ...queries,
      ...latency.changes,
      ...templates.changes,
      ...compareMetrics(before, after),
      ...moved.changes,
      ...compareRequests(roots, moved.pairs),
      ...spans.changes,
    ],
    notJudged: [...spans.notJudged, ...latency.notJudged, ...templates.notJudged],
    pace: latency.pace,
  };
}

/** Shapes whose number changed because of queries or retries that are told as such. */
function toldByTotals(
  pairs: readonly ShapePair[],
  queries: readonly RunChange[],
  retries: readonly RunChange[],
): ShapePair[] {
  const withQueries = new Set(queries.map(({ request }) => request));
  const withRetries = new Set(retries.map(({ request }) => request));
  return pairs.filter(({ shape, before, after }) => {
    if (shape.query && withQueries.has(shape.request)) return true;
    const [was, is] = [before ?? { count: 0, retries: 0 }, after ?? { count: 0, retries: 0 }];
    return (
      withRetries.has(shape.request) && was.count - was.retries === is.count - is.retries && was.retries !== is.retries
    );
  });
}

function byImportance(a: RunChange, b: RunChange): number {
  const size = ({ before, after }: RunChange) => Math.abs((after ?? 0) - (before ?? 0));
  return (
    Number(b.worse) - Number(a.worse) ||
    order.indexOf(a.kind) - order.indexOf(b.kind) ||
    size(b) - size(a) ||
    compareTexts(a.sentence, b.sentence)
  );
}

function leftOutOf(before: RunSummary, after: RunSummary): string[] {
  return [
    ...before.telemetry.leftOut.map((sentence) => `Before: ${sentence}`),
    ...after.telemetry.leftOut.map((sentence) => `After: ${sentence}`),
  ];
}

function otherCommand(before: RunSummary, after: RunSummary): Problem {
  const text = ({ run }: RunSummary) => `\`${run.command.join(' ').slice(0, 200)}\``;
  return {
    kind: 'run-other-command',
    message: `The runs ${before.run.id} and ${after.run.id} ran different commands: ${text(before)} and ${text(after)}.`,
    hint: 'Compare runs of one command, or add --force.',
  };
}
