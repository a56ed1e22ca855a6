import { z } from 'zod';
import type { HostStatus } from '../../../shared/contract/host';
import type { Operation, ServiceActivity } from '../../../shared/contract/services';
import { counted } from '../../../shared/counted';
import { countErrors, linesOfErrors } from '../../../shared/errors/describe-errors';
import { formatAgo } from '../../../shared/format-ago';
import { formatBytes } from '../../../shared/format-bytes';
import { formatDuration } from '../../../shared/format-duration';
import { countFindings, linesOfFindings } from '../../../shared/run-text/describe-findings';
import { lineOfRun } from '../../../shared/run-text/describe-runs';
import { type Asking, defineTool } from '../answer/tool';
import { unlessLacking } from '../answer/unless-lacking';
import { agentArgument, answerArguments, scopeArguments } from '../arguments/shared-arguments';
import { combineFindings, combineServices } from '../scope/combine-runs';
import { findNamedAgent } from '../scope/find-named-agent';
import { readScope, type Scope } from '../scope/read-scope';

const newestRuns = 5;
const slowest = 5;
const mostErrors = 3;

export const overview = defineTool({
  name: 'overview',
  description:
    'Start here: services with failures and latency, errors, findings, slow operations, problems of Watchtower, runs.',
  schema: z.object({ ...scopeArguments, ...agentArgument, ...answerArguments }),
  async answer(input, asking) {
    const scope = await readScope(input, asking);
    if ('refused' in scope) return scope;
    const { client } = asking.host;
    const { window } = scope;
    const named = input.agent === undefined ? null : findNamedAgent(input.agent, asking.asker);
    if (named && 'refused' in named) return named;
    const options = { signal: asking.signal };
    const [status, { services, missing, found }, errors, operations, { runs }] = await Promise.all([
      client.host.snapshot(undefined, options),
      activityOf(scope, asking),
      errorsOf(scope, asking),
      scope.runs
        ? []
        : unlessLacking(client.services.slowestOperations({ window, limit: slowest }, options), [], asking),
      client.runs.list({ limit: newestRuns, ...(named && { agent: named.harness }) }, options),
    ]);
    const active = services.filter(({ spans, logs, metrics }) => spans > 0 || logs > 0 || metrics);
    const silent = services.length - active.length;
    return {
      head: [`Watchtower ${status.version} (${status.backend}, ${status.state}); ${scope.words}.`],
      lines: [
        ...status.problems.map(({ message, hint }) => `! Watchtower: ${message}${hint ? ` ${hint}` : ''}`),
        ...(active.length > 0
          ? [
              'service | spans | failed | p50 | p95 | p99 | lines | error lines',
              ...active.sort(worstFirst).map(describeService),
            ]
          : []),
        ...(errors && errors.total > 0
          ? [
              `Errors (${countErrors(errors)}):`,
              ...linesOfErrors(errors, asking.now, { showTrace: (id) => asking.host.ids.show(id), brief: true }),
            ]
          : []),
        ...(found.findings.length > 0
          ? [
              `Findings (${countFindings(found.findings)}):`,
              ...linesOfFindings(found, (id) => asking.host.ids.show(id)),
            ]
          : []),
        ...(operations.length > 0 ? ['Slowest operations (p95):'] : []),
        ...operations.map(describeOperation),
        ...(runs.length > 0 ? ['Runs:', ...runs.map((run) => lineOfRun(run, asking.now))] : []),
      ],
      notes: [
        ...(active.length === 0 ? [nothingCame(status, asking.now)] : []),
        ...(silent > 0 ? [`${counted(silent, 'service')} of before ${silent === 1 ? 'was' : 'were'} silent.`] : []),
        ...(errors && errors.total > errors.groups.length
          ? [`${errors.total - errors.groups.length} more errors: \`watchtower errors\`.`]
          : []),
        ...missing.map((signal) => `Not answered: ${signal}.`),
      ],
      page: '/',
    };
  },
});

/** Services and findings: of the scope's runs as their summaries have them, else of everything in the window. */
async function activityOf({ window, runs }: Scope, asking: Asking) {
  const { client } = asking.host;
  const options = { signal: asking.signal };
  if (!runs) {
    const [{ services, missing }, found] = await Promise.all([
      client.services.list({ window }, options),
      unlessLacking(client.runs.findings({ window }, options), { findings: [], leftOut: [] }, asking),
    ]);
    return { services, missing, found };
  }
  const summaries = await Promise.all(runs.map(({ id }) => client.runs.summary({ ref: id }, options)));
  const all = summaries.map(({ telemetry }) => telemetry);
  return { services: combineServices(all), missing: [], found: combineFindings(all) };
}

/** Those that a person sees, new ones since the window began marked; null where the backend has none. */
async function errorsOf({ window, runs }: Scope, asking: Asking) {
  const own = runs && { runs: runs.map(({ id }) => id) };
  const input = { window, limit: mostErrors, buckets: 1, sort: 'count' as const, ...own };
  return unlessLacking(asking.host.client.errors.list(input, { signal: asking.signal }), null, asking);
}

function worstFirst(a: ServiceActivity, b: ServiceActivity): number {
  return b.errorSpans + b.errorLogs - a.errorSpans - a.errorLogs || b.spans - a.spans || (a.name < b.name ? -1 : 1);
}

/** Latency of what came in, or of all its spans where nothing did, as the panel has it. */
function describeService({ name, spans, errorSpans, p50Ns, p95Ns, p99Ns, logs, errorLogs }: ServiceActivity): string {
  const durations = [p50Ns, p95Ns, p99Ns].map((each) => (each === null ? '-' : formatDuration(each)));
  return [name, spans, errorSpans, ...durations, logs, errorLogs].join(' | ');
}

/** The longest only where it says more than the p95. */
function describeOperation({ service, name, spans, p95Ns, longestNs }: Operation): string {
  const p95 = formatDuration(p95Ns);
  const longest = formatDuration(longestNs);
  return `${service} ${name}: ${p95}${longest === p95 ? '' : `, longest ${longest}`}, ${counted(spans, 'span')}`;
}

function nothingCame({ ingest, storage, endpoints }: HostStatus, now: number): string {
  const last = ingest.lastReceivedAt;
  if (last !== null)
    return `Nothing arrived in that time; the newest came ${formatAgo(last, now)}: a longer since shows it.`;
  if (storage.diskBytes > 0 && storage.oldestAt !== null)
    return `Nothing arrived since Watchtower started; ${formatBytes(storage.diskBytes)} are kept from ${formatAgo(storage.oldestAt, now)} on: a longer since shows them.`;
  return endpoints.otlpHttp === undefined
    ? 'Nothing is kept.'
    : `Nothing arrived yet. Send OTLP to ${endpoints.otlpHttp}, or run the program by \`watchtower run -- COMMAND\`; \`watchtower doctor --why-no-data\` says what is wrong.`;
}
