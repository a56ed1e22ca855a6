import { describeTraceForAgent } from '../../shared/trace/describe-trace-for-agent';
import { findCriticalPath } from '../../shared/trace/find-critical-path';
import { layoutTrace } from '../../shared/trace/layout-trace';
import { traceInput } from '../../shared/trace/trace-input';
import { traceLogsRequest } from '../../shared/trace/trace-logs-request';
import { attach } from '../attach';
import { CommandFailure } from '../command-failure';
import { jsonLine, printable, type Terminal } from '../terminal';
import { describeTraceTree } from '../text/describe-trace-tree';
import { readTraceId } from '../text/read-trace-id';
import { tellAgent } from './agent/tell-agent';

export interface TraceOptions {
  forAgent?: boolean;
  json?: boolean;
}

/** Prints one trace: as a tree, as short text for a coding agent, or as JSON. An address of the panel's page will do as id. */
export async function trace(given: string, options: TraceOptions, terminal: Terminal): Promise<void> {
  const traceId = readTraceId(given);
  const { client, host } = await attach();
  if (terminal.isAgent && !options.json && !options.forAgent)
    return tellAgent(client, 'trace', { id: traceId }, terminal);
  const found = await client.traces.get(options.json ? { traceId } : traceInput(traceId));
  if (!found || found.spans.length === 0) throw notFound(traceId);
  if (options.json) return terminal.out(jsonLine(found));
  const layout = layoutTrace(found);
  const critical = findCriticalPath(layout);
  const link = `${host.url}/traces/${found.traceId}`;
  if (!options.forAgent) return terminal.out(describeTraceTree({ trace: found, layout, critical, link }, terminal));
  const { records: logs } = await client.logs.query(traceLogsRequest(found.traceId, layout));
  terminal.out(printable(describeTraceForAgent({ trace: found, layout, critical, logs, link })));
}

function notFound(traceId: string): CommandFailure {
  return new CommandFailure({
    kind: 'trace-not-found',
    message: `There is no trace ${traceId} here.`,
    hint: 'It may be older than what is kept, or its spans have not arrived yet.',
  });
}
