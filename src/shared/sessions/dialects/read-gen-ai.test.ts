import { expect, it } from 'vitest';
import { SessionAssembler } from '../assembly/session-assembler';
import { readFacts } from './read-facts';
import type { TelemetryItem } from './telemetry-item';

function toolCall(id: string, own: Record<string, string>, failed = false): TelemetryItem {
  const attributes: Record<string, string> = {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.conversation.id': 'c1',
    'gen_ai.tool.name': 'Shell',
    'gen_ai.tool.call.id': id,
    ...own,
  };
  return {
    ...{ signal: 'span', name: 'execute_tool Shell', body: '', service: 'cursor', scope: 'watchtower.hook.cursor' },
    ...{ startMs: 1000, endMs: 1250, traceId: 't', spanId: id, parentSpanId: 'turn', failed, statusMessage: '' },
    attribute: (key) => attributes[key],
    resource: () => undefined,
  };
}

it('counts the waits for leave that Cursor tells, and what was denied as no failure', () => {
  const assembler = new SessionAssembler('c1');
  const told = [
    toolCall('t1', { 'cursor.approval_wait_ms': '9000' }),
    toolCall('t2', { 'cursor.approval_wait_ms': '4000', 'error.type': 'permission_denied' }, true),
    toolCall('t3', { 'error.type': 'permission_denied' }, true),
    toolCall('t4', { 'error.type': 'timeout' }, true),
    toolCall('t5', {}),
  ];
  for (const fact of told.flatMap(readFacts)) assembler.add(fact);
  const { session, entries } = assembler.finish({ limit: 10 })!;
  expect(session).toMatchObject({ toolCalls: 5, failedTools: 1, waits: 2, waitedMs: 13_000 });
  const decisions = entries.flatMap((entry) => (entry.kind === 'tool-call' ? [entry.decision ?? null] : []));
  expect(decisions).toEqual([
    { decision: 'accept', source: 'user', waitedMs: 9000 },
    { decision: 'reject', source: 'user', waitedMs: 4000 },
    { decision: 'reject' },
    null,
    null,
  ]);
});
