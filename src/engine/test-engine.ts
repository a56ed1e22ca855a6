import type { ChildProcess } from 'node:child_process';
import { expect } from 'vitest';
import type { EngineMessage, EnginePorts } from '../shared/engine-messages';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';

/** An engine that runs as a process of its own. */
export interface TestEngine {
  child: ChildProcess;
  messages: EngineMessage[];
  /** The exit code. */
  exited: Promise<number | null>;
}

/** Where it listens, once it is ready. */
export function portsOf({ messages }: TestEngine): Promise<EnginePorts> {
  return expect
    .poll(() => messages.some((message) => message.type === 'ready'))
    .toBe(true)
    .then(() => {
      const listening = messages.find((message) => message.type === 'listening');
      if (!listening) throw new Error('ready without having said where it listens');
      return listening.ports;
    });
}

/** Answers the status of the receiver on that port. */
export async function sendSpan(port: number): Promise<number> {
  const span = {
    traceId: TRACE_ID,
    spanId: 'b7ad6b7169203331',
    name: 'GET /',
    startTimeUnixNano: String(BigInt(Date.now()) * 1_000_000n),
    endTimeUnixNano: String(BigInt(Date.now() + 5) * 1_000_000n),
  };
  const response = await fetch(`http://127.0.0.1:${port}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }),
  });
  return response.status;
}

/** What the Tempo API on that port answers to a question for the span's trace. */
export async function traceStatus(port: number): Promise<number> {
  return (await fetch(`http://127.0.0.1:${port}/api/traces/${TRACE_ID}`)).status;
}
