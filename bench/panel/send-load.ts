import type { TestHost } from '../../e2e/start-host';
import { generateLoad } from '../engine-process';

/** So many items a second for so long, as they happen. */
export async function sendLoad(
  host: TestHost,
  program: string,
  signal: 'traces' | 'logs',
  rate: number,
  seconds: number,
): Promise<void> {
  const port = Number(host.otlp.grpc.split(':').at(-1));
  await generateLoad(program, { transport: 'grpc', port, signal, seconds, rate, inFlight: 4 });
}
