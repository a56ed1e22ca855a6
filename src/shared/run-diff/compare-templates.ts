import { quoted } from '../findings/place-of';
import type { RunChange } from '../runs/run-diff';
import type { LogTemplate, RunTelemetry } from '../runs/run-summary';
import { commonRequests } from './common-requests';

const alarming = new Set(['warn', 'error', 'critical', 'fatal']);
const failing = new Set(['error', 'critical', 'fatal']);
/** Of so many requests, fewer lines than that are of a path that is seldom taken. */
const manyRequests = 10;
const fewLines = 5;
/** More or fewer lines are told from twice as many, and ten more. */
const leastRatio = 2;
const leastLines = 10;

interface Counted {
  readonly template: LogTemplate;
  before: number;
  after: number;
}

/**
 * Templates that only one run has, and those with twice as many lines a request or half as many. Of those that only one run has, and
 * few times among many requests, nothing can be told, unless they are alarming.
 */
export function compareTemplates(
  before: RunTelemetry,
  after: RunTelemetry,
): { changes: RunChange[]; notJudged: string[] } {
  const known = new Map(
    before.templates.map((template): [string, Counted] => [
      keyOf(template),
      { template, before: template.count, after: 0 },
    ]),
  );
  const loose: LogTemplate[] = [];
  for (const template of after.templates) {
    const row = known.get(keyOf(template));
    if (row) row.after = template.count;
    else loose.push(template);
  }
  const rows = [...known.values()];
  for (const template of loose) {
    const like = rows.filter((row) => isLike(row.template, template));
    if (like.length === 0) rows.push({ template, before: 0, after: template.count });
    else join(rows, like, template);
  }
  const requests = commonRequests(before, after);
  const changes: RunChange[] = [];
  const notJudged: string[] = [];
  for (const row of rows.filter(({ template }) => !goesOn(template)))
    for (const change of tell(row, requests))
      if (isRare(row, requests)) notJudged.push(`${change.sentence}: too few lines to judge`);
      else changes.push(change);
  return { changes, notJudged };
}

/** Several variants of one run, of which the other knows one with `<*>`, are counted together. */
function join(rows: Counted[], like: readonly Counted[], template: LogTemplate): void {
  const [first, ...others] = like as [Counted, ...Counted[]];
  first.after += template.count;
  if (!template.template.includes('<*>')) return;
  for (const other of others) {
    first.before += other.before;
    first.after += other.after;
    rows.splice(rows.indexOf(other), 1);
  }
}

function isRare({ template: { level }, before, after }: Counted, requests: ReturnType<typeof commonRequests>): boolean {
  if (alarming.has(level) || (before > 0 && after > 0)) return false;
  return Math.min(requests.before, requests.after) >= manyRequests && before + after < fewLines;
}

function keyOf({ service, level, template }: LogTemplate): string {
  return [service, level, template].join('\u0000');
}

function tell(
  { template: { service, level, template }, before, after }: Counted,
  requests: ReturnType<typeof commonRequests>,
): RunChange[] {
  const text = `${level === 'unknown' ? '' : `${level.toUpperCase()} `}${quoted(service)}: ${quoted(template, 120)}`;
  const common = { service, request: '', subject: template, before, after, examples: {} };
  if (before === 0)
    return [
      {
        ...common,
        kind: 'new-log',
        worse: failing.has(level),
        sentence: `New line, ${after === 1 ? 'once' : `${after} times`}: ${text}`,
        before: null,
      },
    ];
  if (after === 0)
    return [
      {
        ...common,
        kind: 'gone-log',
        worse: false,
        sentence: `No line any more, ${before} before: ${text}`,
        after: null,
      },
    ];
  const scaled = (after * requests.before) / requests.after;
  const [most, least] = [Math.max(before, scaled), Math.min(before, scaled)];
  if (most < leastRatio * least || most - least < leastLines) return [];
  const more = scaled > before;
  const asked = requests.before === requests.after ? '' : ` for ${requests.before} → ${requests.after} requests`;
  return [
    {
      ...common,
      kind: more ? 'more-logs' : 'fewer-logs',
      worse: more && alarming.has(level),
      sentence: `${before} → ${after} lines${asked}: ${text}`,
    },
  ];
}

/** They differ in one word, and one of them has `<*>` there. */
function isLike(a: LogTemplate, b: LogTemplate): boolean {
  if (a.service !== b.service || a.level !== b.level) return false;
  if (!a.template.includes('<*>') && !b.template.includes('<*>')) return false;
  const [left, right] = [a.template.split(' '), b.template.split(' ')];
  if (left.length !== right.length || left.length < 2) return false;
  const differing = left.flatMap((word, at) => (word === right[at] ? [] : [at]));
  const [at = 0] = differing;
  return differing.length === 1 && (left[at] === '<*>' || right[at] === '<*>');
}

/** The frames of a stack, and what else stands indented below a line: that line tells of it. */
function goesOn({ example }: LogTemplate): boolean {
  return /^\s/.test(example);
}
