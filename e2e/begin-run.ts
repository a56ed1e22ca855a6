import { expect } from '@playwright/test';
import { runAttributes } from '../src/shared/runs/run-attributes';
import { newSpanId, newTraceId } from './send-otlp';
import type { TestHost } from './start-host';

/** Calls a procedure of the contract, such as `runs/begin`. */
export async function call<Answer>(host: TestHost, procedure: string, input: object): Promise<Answer> {
  const answer = await fetch(new URL(`/rpc/${procedure}`, host.ui), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${new URL(host.ui).searchParams.get('token')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ json: input }),
  });
  const body = (await answer.json()) as { json: Answer };
  expect(answer.status, JSON.stringify(body)).toBe(200);
  return body.json;
}

/** Begins a run whose command is this test's own process, and gives its id. */
export async function beginRun(host: TestHost, name: string): Promise<string> {
  const { id } = await call<{ id: string }>(host, 'runs/begin', {
    name,
    command: ['node', `${name}.js`],
    folder: process.cwd(),
    revision: { commit: 'c0ffee'.padEnd(40, '0'), branch: 'main', repository: 'shop', dirty: true },
    traceId: newTraceId(),
    spanId: newSpanId(),
    pid: process.pid,
  });
  return id;
}

/** Attributes of the resource of what a run sends. */
export function runResource(id: string, name: string): Record<string, string> {
  return { [runAttributes.id]: id, [runAttributes.name]: name };
}
