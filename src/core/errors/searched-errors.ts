import { createHash } from 'node:crypto';
import type { ErrorOccurrence } from '../../shared/contract/errors';
import type { LogRecord, TimeWindow, TraceSummary } from '../../shared/contract/telemetry';
import { errorKey, type ToldError } from '../../shared/errors/error-key';
import { errorsOfTrace } from '../../shared/errors/errors-of-trace';
import { takeThrown } from '../../shared/errors/take-thrown';
import type { ToldDetail, ToldErrors } from '../../shared/errors/told-errors';
import { everyLogLine } from '../../shared/requests/every-log-line';
import { runAttributes, runIdLabel } from '../../shared/runs/run-attributes';
import { Patience } from '../runs/telemetry/patience';
import type { LokiClient } from '../telemetry/loki-client';
import { BackendFailure } from '../telemetry/request/backend-failure';
import type { TempoClient } from '../telemetry/tempo-client';
import type { ErrorPage, ErrorSource, ErrorsAsked } from './error-source';
import type { FoundError } from './found-error';
import { groupOccurrences } from './group-occurrences';
import { joinFound } from './join-found';
import { KnownTraces } from './known-traces';

const MOST_TRACES = 100;
const MOST_LINES = 1000;
/** Traces that are asked for at a time. */
const AT_ONCE = 8;
/** Who asks sees what was found by then; the next question goes on from there. */
const PATIENCE_MS = 8000;

export interface SearchedParts {
  readonly tempo: TempoClient;
  readonly loki: LokiClient;
  /** What this backend has. */
  readonly has: () => { traces: boolean; logs: boolean };
  /** Milliseconds; `performance.now` unless given. */
  readonly now?: () => number;
}

/** Errors of the newest traces and lines that another backend answers, said as such. */
export class SearchedErrors implements ErrorSource {
  private readonly known = new KnownTraces();

  constructor(private readonly parts: SearchedParts) {}

  async list(asked: ErrorsAsked, signal?: AbortSignal): Promise<ToldErrors> {
    const { found, leftOut } = await this.search(asked, signal);
    const groups = groupOccurrences(found, asked);
    const version = createHash('sha256')
      .update(found.map(({ occurrence }) => occurrence.id).join())
      .digest('hex');
    const services = [...new Set(found.map(({ occurrence }) => occurrence.service))].sort();
    // What was before the window was not looked at.
    return { groups, services, keptSince: null, version, leftOut };
  }

  async find(id: string, asked: ErrorsAsked, { after, limit }: ErrorPage, signal?: AbortSignal): Promise<ToldDetail> {
    const { found, leftOut } = await this.search(asked, signal);
    const own = found.filter(({ key }) => key.id === id);
    const [group = null] = groupOccurrences(own, asked);
    const place = after === undefined ? 0 : own.findIndex(({ occurrence }) => occurrence.id === after) + 1;
    const page = own.slice(place, place + limit).map(({ occurrence }) => occurrence);
    const next = place + limit < own.length ? page.at(-1)!.id : null;
    return { group, keptSince: null, occurrences: page, next, leftOut };
  }

  /** The newest first. */
  private async search(asked: ErrorsAsked, signal?: AbortSignal): Promise<{ found: FoundError[]; leftOut: string[] }> {
    const has = this.parts.has();
    const [traces, lines] = await Promise.all([
      has.traces ? this.ofTraces(asked, signal) : noTraces,
      has.logs ? this.ofLines(asked, signal) : [],
    ]);
    const found = joinFound(traces.found, lines);
    found.sort((a, b) => b.occurrence.at - a.occurrence.at || (a.occurrence.id < b.occurrence.id ? -1 : 1));
    return {
      found,
      leftOut: [
        'This backend cannot group errors: those of its newest traces and lines are told, and what is new is not known.',
        ...(has.traces
          ? [
              `Traces that failed and were looked at: ${traces.looked} of ${traces.failed}${traces.failed >= MOST_TRACES ? ', the newest' : ''}.`,
            ]
          : ['Traces were not looked at.']),
        ...(has.logs
          ? [`Lines of error or worse that were looked at: ${lines.length} of at most ${MOST_LINES}.`]
          : ['Log lines were not looked at.']),
      ],
    };
  }

  private async ofTraces({ window, service, runIds }: ErrorsAsked, signal?: AbortSignal): Promise<FromTraces> {
    const patience = new Patience(PATIENCE_MS, this.parts.now);
    const traces = await this.failedTraces(window, conditionsOf(service, runIds), signal);
    const found: FoundError[] = [];
    let looked = 0;
    const unknown = traces.filter((trace) => !this.known.has(trace));
    for (let at = 0; at < unknown.length && (at === 0 || !patience.isOver(1)); at += AT_ONCE) {
      await Promise.all(
        unknown.slice(at, at + AT_ONCE).map(async (asked) => {
          const trace = await this.parts.tempo.get(asked.traceId, signal);
          this.known.keep(asked, trace ? errorsOfTrace(trace) : []);
        }),
      );
    }
    for (const each of traces) {
      const errors = this.known.of(each);
      if (errors === undefined) continue;
      looked++;
      for (const error of errors) {
        const { span, timeNs, resource, handling, alsoTold } = error;
        const ms = Number(BigInt(timeNs) / 1_000_000n);
        if (ms < window.from || ms >= window.to || (service !== undefined && span.service !== service)) continue;
        const textOf = (key: string) => String(resource.find((each) => each.key === key)?.value ?? '');
        if (runIds && !runIds.includes(textOf(runAttributes.id))) continue;
        found.push(
          makeFound(error, {
            ...{ traceId: each.traceId, spanId: span.spanId.split('#', 1)[0]!, service: span.service, at: ms, timeNs },
            ...{ source: 'span', name: span.name, handling, alsoTold },
            version: textOf('service.version'),
            environment: textOf('deployment.environment.name') || textOf('deployment.environment'),
          }),
        );
      }
    }
    return { found, looked, failed: traces.length };
  }

  private async failedTraces(window: TimeWindow, conditions: string, signal?: AbortSignal): Promise<TraceSummary[]> {
    const search = async (query: string) => (await this.parts.tempo.search(query, window, MOST_TRACES, signal)).traces;
    try {
      return await search(`{ (status = error || event:name = "exception")${conditions} }`);
    } catch (error) {
      // Older Tempos have no events in TraceQL.
      if (error instanceof BackendFailure && error.kind === 'refused') return search(`{ status = error${conditions} }`);
      throw error;
    }
  }

  private async ofLines({ window, service, runIds }: ErrorsAsked, signal?: AbortSignal): Promise<FoundError[]> {
    const selector = service === undefined ? everyLogLine : `{service_name=${JSON.stringify(service)}}`;
    const ofRuns = runIds ? ` | ${runIdLabel}=~${JSON.stringify(runIds.join('|'))}` : '';
    const query = `${selector} | detected_level=~"error|critical|fatal"${ofRuns}`;
    const lines = await this.parts.loki.query(query, window, MOST_LINES, 'backward', signal);
    return lines.map(foundInLine);
  }
}

interface FromTraces {
  readonly found: FoundError[];
  /** Traces whose errors are told, of so many that failed. */
  readonly looked: number;
  readonly failed: number;
}

const noTraces: FromTraces = { found: [], looked: 0, failed: 0 };

function conditionsOf(service: string | undefined, runIds: readonly string[] | undefined): string {
  return [
    ...(service === undefined ? [] : [` && resource.service.name = ${JSON.stringify(service)}`]),
    ...(runIds ? [` && resource.${runAttributes.id} =~ ${JSON.stringify(runIds.join('|'))}`] : []),
  ].join('');
}

function foundInLine({ timeNs, line, level, service, traceId = '', spanId = '', labels }: LogRecord): FoundError {
  const { exception_type: type = '', exception_message: message = '', exception_stacktrace: stack = '' } = labels;
  const isException = type !== '' || stack !== '';
  const thrown = isException ? { type, message: message || line.split('\n', 1)[0]!, stack } : takeThrown(line);
  const told: ToldError = thrown
    ? { kind: 'exception', ...thrown, place: '' }
    : { kind: 'line', type: '', message: line, stack: '', place: service };
  return makeFound(told, {
    ...{
      traceId,
      spanId,
      service,
      timeNs,
      at: Number(BigInt(timeNs) / 1_000_000n),
      source: 'log',
      name: '',
      alsoTold: 0,
    },
    version: labels.service_version ?? '',
    environment: labels.deployment_environment_name ?? labels.deployment_environment ?? '',
    handling: level === 'fatal' || level === 'critical' ? 'unhandled' : null,
  });
}

function makeFound(told: ToldError, occurrence: Omit<ErrorOccurrence, 'id' | 'message' | 'stack'>): FoundError {
  const key = errorKey(told);
  const { message, stack } = told;
  const { source, timeNs, traceId, spanId } = occurrence;
  const named = [source, timeNs, traceId, spanId, key.id, message].join('/');
  const id = createHash('sha256').update(named).digest('hex').slice(0, 32);
  return { key, occurrence: { ...occurrence, id, message, stack } };
}
