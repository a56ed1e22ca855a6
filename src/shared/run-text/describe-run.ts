import type { RunReport } from '../contract/runs';
import { counted } from '../counted';
import { formatDuration } from '../format-duration';
import type { Run, RunIdentity } from '../runs/run';
import type { RunTelemetry } from '../runs/run-summary';
import { countFindings, rankFindings } from './describe-findings';
import { describePace } from './describe-pace';
import { plainLine } from './plain-line';

const mostServices = 6;
const mostRequests = 3;
const mostChanges = 3;

/** Lines of a run's output that no host took, and the file that they are in. */
export interface UnsentLines {
  file: string;
  lines: number;
}

/** What a run did, in at most 12 lines: what failed, what was slow, what was found, what is new since the last one. `instead` stands in place of what to ask next. */
export function describeRun(report: RunReport, instead?: string): string {
  const { run, summary, diff } = report;
  const { spans, services } = summary.telemetry;
  const next =
    spans === 0 && services.length === 0
      ? 'Why nothing came: watchtower doctor --why-no-data'
      : `More: watchtower findings --run ${run.id}${diff ? `, watchtower diff ${diff.before.id} ${run.id}` : ''}, watchtower runs show ${run.id} --json`;
  return [...linesOfRun(report), instead ?? next].join('\n');
}

/** In place of what to ask next. */
export function describeUnsent({ file, lines }: UnsentLines): string {
  const word = /\s/.test(file) ? `'${file}'` : file;
  return `Not imported yet: ${counted(lines, 'line')} of its output that no host took: watchtower import ${word}`;
}

/** The same without what to ask next. */
export function linesOfRun({ run, summary: { telemetry }, diff }: RunReport): string[] {
  return [describeIdentity(run), ...describeTelemetry(telemetry), ...describeChanges(diff, run)];
}

/** `Run k3f7abcd shop: exit code 0 after 3.2 s, node shop.js, main a1b2c3d (dirty)`. */
function describeIdentity(run: RunIdentity): string {
  const { id, name, command, revision, startedAt, endedAt, exitCode, signal } = run;
  const ended = signal ? `ended by ${plainLine(signal, 20)}` : exitCode === null ? 'running' : `exit code ${exitCode}`;
  const took = endedAt === null ? '' : ` after ${formatDuration((endedAt - startedAt) * 1e6)}`;
  const at = revision
    ? `, ${plainLine(revision.branch ?? 'detached', 40)} ${plainLine(revision.commit.slice(0, 7), 7)}${revision.dirty ? ' (dirty)' : ''}`
    : '';
  return `Run ${id} ${plainLine(name, 60)}: ${ended}${took}, ${plainLine(command.join(' '), 120)}${at}`;
}

function describeTelemetry(telemetry: RunTelemetry): string[] {
  const { traces, spans, errorSpans, services } = telemetry;
  if (services.length === 0) return ['No spans, lines or metrics came.'];
  const shown = services.slice(0, mostServices).map(({ name }) => plainLine(name, 40));
  const more = services.length > mostServices ? `, ${services.length - mostServices} more` : '';
  const lines = services.reduce((sum, { logs }) => sum + logs, 0);
  const errorLines = services.reduce((sum, { errorLogs }) => sum + errorLogs, 0);
  return [
    `${counted(traces, 'trace')}, ${counted(spans, 'span')} (${errorSpans} failed), ${counted(lines, 'log line')} (${counted(errorLines, 'error')}) of ${shown.join(', ')}${more}`,
    ...describeErrors(telemetry),
    ...describeRequests(telemetry),
    ...describeFound(telemetry),
    ...telemetry.leftOut.slice(0, 1).map((sentence) => {
      const others = telemetry.leftOut.length - 1;
      return `Left out: ${plainLine(sentence, 200)}${others > 0 ? ` (and ${others} more)` : ''}`;
    }),
  ];
}

function describeErrors({ findings, shapes, templates }: RunTelemetry): string[] {
  const found = rankFindings(findings).find(({ rule }) => rule === 'failing-span');
  if (found) return [`First error: ${plainLine(found.sentence, 240)}`];
  const failed = shapes.filter(({ errors }) => errors > 0).sort((a, b) => b.errors - a.errors)[0];
  if (failed)
    return [`Failed: ${plainLine(failed.name, 120)} ${failed.errors} of ${failed.count} times, and it was handled`];
  const line = templates.find(({ level }) => level === 'error' || level === 'fatal' || level === 'critical');
  return line
    ? [`Error line, ${line.count === 1 ? 'once' : `${line.count} times`}: ${plainLine(line.example, 200)}`]
    : [];
}

function describeRequests({ requests, shapes }: RunTelemetry): string[] {
  if (requests.length === 0) return [];
  const slowest = requests.toSorted((a, b) => b.durations.p95Ns - a.durations.p95Ns).slice(0, mostRequests);
  const times = slowest.map(({ request, count, durations: { p50Ns, p95Ns } }) => {
    const usual =
      count > 1 ? ` p50 ${formatDuration(p50Ns)}, p95 ${formatDuration(p95Ns)}` : ` ${formatDuration(p95Ns)}`;
    return `${plainLine(request, 70)}${count > 1 ? ` ×${count}` : ''}${usual}`;
  });
  const queries = requests
    .map(({ request, count }) => {
      const asked = shapes.filter((shape) => shape.query && shape.request === request);
      return { request, rate: asked.reduce((sum, shape) => sum + shape.count, 0) / count };
    })
    .filter(({ rate }) => rate > 0)
    .sort((a, b) => b.rate - a.rate)
    .slice(0, mostRequests)
    .map(({ request, rate }) => `${plainLine(request, 70)} ${Number(rate.toFixed(1))}`);
  return [
    `${requests.length === 1 ? 'Requests' : `Slowest of ${requests.length} kinds of requests`}: ${times.join('; ')}`,
    ...(queries.length > 0 ? [`Queries a request: ${queries.join('; ')}`] : []),
  ];
}

function describeFound({ findings }: RunTelemetry): string[] {
  if (findings.length === 0) return ['Findings: none'];
  const [worst] = rankFindings(findings.filter(({ rule }) => rule !== 'failing-span'));
  return [
    `Findings: ${countFindings(findings)}${worst ? `; ${worst.isNew ? 'new ' : ''}${worst.rule}: ${plainLine(worst.sentence, 200)}` : ''}`,
  ];
}

function describeChanges(diff: RunReport['diff'], { endedAt, outcome }: Run): string[] {
  if (!diff && endedAt === null) return [];
  if (!diff)
    return [
      outcome?.verdict === 'incomparable'
        ? 'The run of its name before it ran another command: not compared, unless `--force`.'
        : 'No run before it to compare with.',
    ];
  const { changes, verdict, before, matched } = diff;
  const pace = diff.pace === undefined ? '' : `; ${describePace(diff.pace)}`;
  if (verdict === 'same') return [`Against ${before.id}: nothing differs${pace}`];
  if (verdict === 'incomparable')
    return [`Against ${before.id}: not comparable, ${Math.round(matched * 100)} % of the shapes match`];
  const left = changes.length - mostChanges;
  return [
    `Against ${before.id}: ${verdict}, ${counted(changes.length, 'change')}${pace}${left > 0 ? `; the first ${mostChanges}:` : ':'}`,
    ...changes.slice(0, mostChanges).map(({ worse, sentence }) => `${worse ? '!' : '-'} ${plainLine(sentence, 220)}`),
  ];
}
