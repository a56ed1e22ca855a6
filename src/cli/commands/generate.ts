import { connect } from 'node:net';
import { resolveHome } from '../../core/ownership/resolve-home';
import { noOtlpEndpoint } from '../../shared/no-otlp-endpoint';
import { attach } from '../attach';
import { CommandFailure } from '../command-failure';
import { EXIT } from '../exit-codes';
import { jsonLine, type Terminal } from '../terminal';

export interface GenerateCommandOptions {
  rate: number;
  duration?: number;
  endpoint?: string;
  protocol: 'grpc' | 'http';
  seed?: number;
  json?: boolean;
  signal: AbortSignal;
}

/** Sends the story of three services to the endpoint, else to the running host, else to OTLP's usual port. */
export async function generateTelemetry(options: GenerateCommandOptions, terminal: Terminal): Promise<void> {
  const endpoint = toUrl(options.endpoint ?? (await endpointOfHost(options.protocol)));
  await expectListener(endpoint);
  // The SDK and gRPC are large: loaded only by the command that needs them.
  const { generate } = await import('../generate/generate');
  terminal.error(
    `Sending ${options.rate} requests/s to ${endpoint}; ${options.duration ? `${options.duration} s` : 'Ctrl-C stops and flushes'}.\n`,
  );
  const sent = await generate({
    endpoint,
    protocol: options.protocol,
    rate: options.rate,
    duration: options.duration,
    seed: options.seed ?? Date.now(),
    signal: options.signal,
  });
  terminal.out(
    options.json
      ? jsonLine(sent)
      : `Sent ${sent.traces} traces with ${sent.spans} spans, and ${sent.logs} log records.\n`,
  );
}

async function endpointOfHost(protocol: 'grpc' | 'http'): Promise<string> {
  const usual = protocol === 'grpc' ? 'localhost:4317' : 'localhost:4318';
  const attached = await attach(resolveHome()).catch(() => null);
  if (!attached) return usual;
  const { endpoints } = await attached.client.host.snapshot();
  const endpoint = protocol === 'grpc' ? endpoints.otlpGrpc : endpoints.otlpHttp;
  if (!endpoint) throw new CommandFailure(noOtlpEndpoint);
  return endpoint;
}

function toUrl(endpoint: string): string {
  const text = /^https?:\/\//.test(endpoint) ? endpoint : `http://${endpoint}`;
  if (!URL.canParse(text)) {
    throw new CommandFailure(
      {
        kind: 'bad-endpoint',
        message: `${JSON.stringify(endpoint)} is not an endpoint.`,
        hint: 'Write HOST:PORT, such as localhost:4317.',
      },
      EXIT.usage,
    );
  }
  return text.replace(/\/+$/, '');
}

/** The SDK only logs a connection that fails, so one is tried before anything is sent. */
async function expectListener(endpoint: string): Promise<void> {
  const { hostname, port, protocol } = new URL(endpoint);
  await new Promise<void>((resolve, reject) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port || (protocol === 'https:' ? 443 : 80)),
      timeout: 3000,
    });
    const refuse = () => {
      socket.destroy();
      reject(
        new CommandFailure(
          {
            kind: 'no-listener',
            message: `Nothing listens at ${endpoint}.`,
            hint: 'Start `watchtower serve`, or name another with --endpoint HOST:PORT.',
          },
          EXIT.notRunning,
        ),
      );
    };
    socket.once('connect', () => {
      socket.end();
      resolve();
    });
    socket.once('error', refuse);
    socket.once('timeout', refuse);
  });
}
