import { startOtlpSink } from '../../e2e/otlp-sink';
import { addressForContainers, cli, openStackHost } from '../../e2e/stack/stack-host';
import type { DestinationsStatus } from '../../src/shared/contract/destinations';
import { type ToggleStackReport, toggleStack } from './toggle-stack';

/** The whole way: a host, the stack in containers, two OTLP destinations, and the toggles. */
export async function toggleDocker(times: number, say: (text: string) => void): Promise<ToggleStackReport> {
  const stack = await openStackHost();
  try {
    await cli(stack, 'backend', 'docker');
    const address = await addressForContainers(stack);
    const sinks = [await startOtlpSink(0, address), await startOtlpSink(0, address)];
    const headers = [{ name: 'x-api-key', value: 'soak-token' }];
    for (const [index, { url }] of sinks.entries())
      await stack.ask('destinations/add', { kind: 'otlp', name: `Sink ${index}`, endpoint: url, headers });
    const { otlpGrpc, tempo } = (await stack.status()).endpoints;
    const toggle = async (enabled: boolean) => {
      const { change } = await stack.ask<DestinationsStatus>('destinations/toggle', { enabled });
      if (change.state !== 'done') throw new Error(`the switch is ${change.state}: ${change.problem?.message}`);
    };
    const report = await toggleStack(
      { otlpGrpcPort: Number(new URL(otlpGrpc!).port), tempo, sinks, toggle },
      times,
      say,
    );
    for (const sink of sinks) await sink.close();
    return report;
  } finally {
    await stack.dispose();
  }
}
