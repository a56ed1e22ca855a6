import { z } from 'zod';
import type { LogRecord, Trace } from '../../../shared/contract/telemetry';
import { layoutTrace } from '../../../shared/trace/layout-trace';
import { traceInput } from '../../../shared/trace/trace-input';
import { traceLogsRequest } from '../../../shared/trace/trace-logs-request';
import type { Refusal } from '../answer/told';
import { type Asking, defineTool } from '../answer/tool';
import { unlessLacking } from '../answer/unless-lacking';
import { answerArguments } from '../arguments/shared-arguments';
import { findTraceId } from '../scope/find-trace-id';
import { describeSpan } from './describe-span';
import { describeTrace } from './describe-trace';
import { describeTraceDiff } from './describe-trace-diff';

export const trace = defineTool({
  name: 'trace',
  description:
    'One trace: failures, findings, tree with self times and critical path, logs. Or what differs from another, or one span whole.',
  schema: z.object({
    id: z.string(),
    with: z.string().describe('id of another trace').optional(),
    span: z.string().optional(),
    ...answerArguments,
  }),
  async answer({ id, with: other, span }, asking) {
    const found = await getTrace(id, asking);
    if ('refused' in found) return found;
    if (other !== undefined) {
      const second = await getTrace(other, asking);
      return 'refused' in second ? second : describeTraceDiff(found, second, asking);
    }
    const logs = await logsOf(found, asking);
    return span === undefined ? describeTrace(found, logs, asking) : describeSpan(found, span, logs, asking);
  },
});

async function getTrace(given: string, asking: Asking): Promise<Trace | Refusal> {
  const traceId = await findTraceId(given, asking);
  if (typeof traceId !== 'string') return traceId;
  const { host, signal } = asking;
  const found = await host.client.traces.get(traceInput(traceId), { signal });
  if (found && found.spans.length > 0) return found;
  return {
    refused: `There is no trace ${traceId} here.`,
    hint: 'It may be older than what is kept, or its spans have not arrived yet: wait with trace.',
  };
}

/** None where nothing answers for logs: the trace can be told without. */
async function logsOf(trace: Trace, { host, signal }: Asking): Promise<LogRecord[]> {
  const request = traceLogsRequest(trace.traceId, layoutTrace(trace));
  return (await unlessLacking(host.client.logs.query(request, { signal }), { records: [] }, { signal })).records;
}
