import { afterEach, beforeEach, expect } from 'vitest';
import { type OtlpSink, startOtlpSink } from '../../../e2e/otlp-sink';
import { TestForwarder } from './test-forwarder';

export const TOKEN = 'canary-token-8c1f';

/** For `expect.poll`. */
export const soon = { timeout: 20_000, interval: 10 };

/** For each test of the file a sink, which it is told, and forwarders that end with it. */
export function setUpForwarding(onSink: (sink: OtlpSink) => void) {
  /** What ends with the test, the last first. */
  const open: (() => Promise<void>)[] = [];
  let sink: OtlpSink;
  beforeEach(async () => {
    sink = await startOtlpSink();
    open.push(sink.close);
    onSink(sink);
  });
  afterEach(async () => {
    for (const close of open.splice(0).reverse()) await close();
  });
  return {
    open,
    start(...options: ConstructorParameters<typeof TestForwarder>): TestForwarder {
      const forwarder = new TestForwarder(...options);
      open.push(() => forwarder.close());
      return forwarder;
    },
    destination: (id = 'cloud', endpoint = sink.url, headers: Record<string, string> = { 'x-sumo-token': TOKEN }) => ({
      id,
      endpoint,
      headers,
    }),
    arrived: (ids: readonly string[], at = sink) =>
      expect.poll(() => ids.filter((id) => !at.spanIds().includes(id)), soon).toEqual([]),
  };
}
