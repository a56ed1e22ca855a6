import { relative } from 'node:path';
import type { DevKey } from './dev-key';
import type { DevOptions } from './dev-options';

/** What a developer needs first, in the lines that `serve` prints as well. */
export function describeDevHost({ home, ports }: DevOptions, key: DevKey): string {
  return `
  Panel       http://127.0.0.1:${ports.panel}/?key=${key.text}
  OTLP gRPC   localhost:${ports.otlpGrpc}
  OTLP HTTP   http://localhost:${ports.otlpHttp}
  CLI         WATCHTOWER_HOME=${relative('.', home)} node out/node/cli.mjs status

A change of the panel shows at once; one of host, engine or CLI builds them and starts the host anew. Ctrl-C ends it all.
`;
}
