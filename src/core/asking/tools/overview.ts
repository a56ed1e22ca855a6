import { z } from 'zod';
import type { HostStatus } from '../../../shared/contract/host';
import type { ServiceActivity } from '../../../shared/contract/telemetry';
import { formatAgo } from '../../../shared/format-ago';
import { formatBytes } from '../../../shared/format-bytes';
import { formatDuration } from '../../../shared/format-duration';
import { countFindings, linesOfFindings } from '../../../shared/run-text/describe-findings';
import { lineOfRun } from '../../../shared/run-text/describe-runs';
import { counted } from '../answer/counted';
import { type Asking, defineTool } from '../answer/tool';
import { unlessLacking } from '../answer/unless-lacking';
import { answerArguments, scopeArguments } from '../arguments/shared-arguments';
import { readScope, type Scope } from '../scope/read-scope';

const newestRuns = 5;
const slowest = 5;

export const overview = defineTool({
  name: 'overview',
  description:
    'Start here: services with failures and latency, findings, slow operations, problems of Watchtower, runs.',
  schema: z.object({ ...scopeArguments, ...answerArguments }),
  async answer(input, asking) {
    const scope = await readScope(input, asking);
    if ('refused' in scope) return scope;
    const { client } = asking.host;
    const { window } = scope;
    const options = { signal: asking.signal };
    const [status, services, operations, found, { runs }] = await Promise.all([
      client.host.snapshot(undefined, options),
      servicesOf(scope, asking),
      scope.run
        ? []
        : unlessLacking(client.services.slowestOperations({ window, limit: slowest }, options), [], asking),
      unlessLacking(
        client.runs.findings(scope.run ? { ref: scope.run.id } : { window }, options),
        { findings: [], leftOut: [] },
        asking,
      ),
      client.runs.list({ limit: newestRuns }, options),
    ]);
    const active = services.services.filter(({ spans, logs, metrics }) => spans > 0 || logs > 0 || metrics);
    const silent = services.services.length - active.length;
    return {
      head: [`Watchtower ${status.version} (${status.backend}, ${status.state}); ${scope.words}.`],
      lines: [
        ...status.problems.map(({ message, hint }) => `! Watchtower: ${message}${hint ? ` ${hint}` : ''}`),
        ...(active.length > 0
          ? ['service | spans | failed | p95 | lines | error lines', ...active.sort(worstFirst).map(describeService)]
          : []),
        ...(found.findings.length > 0
          ? [
              `Findings (${countFindings(found.findings)}):`,
              ...linesOfFindings(found, (id) => asking.host.ids.show(id)),
            ]
          : []),
        ...(operations.length > 0 ? ['Slowest operations (p95):'] : []),
        ...operations.map(
          ({ service, name, spans, p95Ns, longestNs }) =>
            `${service} ${name}: ${formatDuration(p95Ns)}, longest ${formatDuration(longestNs)}, ${counted(spans, 'span')}`,
        ),
        ...(runs.length > 0 ? ['Runs:', ...runs.map((run) => lineOfRun(run, asking.now))] : []),
      ],
      notes: [
        ...(active.length === 0 ? [nothingCame(status, asking.now)] : []),
        ...(silent > 0 ? [`${counted(silent, 'service')} of before ${silent === 1 ? 'was' : 'were'} silent.`] : []),
        ...services.missing.map((signal) => `Not answered: ${signal}.`),
      ],
      page: '/',
    };
  },
});

async function servicesOf({ window, run }: Scope, { host, signal }: Asking) {
  if (!run) return host.client.services.list({ window }, { signal });
  const { telemetry } = await host.client.runs.summary({ ref: run.id }, { signal });
  const services = telemetry.services.map(({ metrics, ...service }): ServiceActivity => {
    const own = telemetry.shapes.filter((shape) => shape.service === service.name);
    const longest = own.reduce((most, { durations }) => Math.max(most, durations.maxNs), 0);
    const p95 = own.reduce((most, { durations }) => Math.max(most, durations.p95Ns), 0);
    return {
      ...service,
      metrics: metrics > 0,
      p95Ns: own.length > 0 ? p95 : null,
      longestNs: own.length > 0 ? longest : null,
    };
  });
  return { services, missing: [] };
}

function worstFirst(a: ServiceActivity, b: ServiceActivity): number {
  return b.errorSpans + b.errorLogs - a.errorSpans - a.errorLogs || b.spans - a.spans || (a.name < b.name ? -1 : 1);
}

function describeService({ name, spans, errorSpans, p95Ns, logs, errorLogs }: ServiceActivity): string {
  return [name, spans, errorSpans, p95Ns === null ? '-' : formatDuration(p95Ns), logs, errorLogs].join(' | ');
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
