import { join } from 'node:path';
import type { DevOptions } from './dev-options';

/** The built host on its own home and ports. It prints one JSON line when it is ready. */
export function hostCommand(root: string, { home, ports }: DevOptions) {
  const flags = {
    '--port': ports.host,
    '--otlp-grpc-port': ports.otlpGrpc,
    '--otlp-http-port': ports.otlpHttp,
    '--tempo-port': ports.tempo,
    '--loki-port': ports.loki,
    '--prometheus-port': ports.prometheus,
    '--grafana-port': ports.grafana,
    '--alloy-port': ports.alloy,
    '--faro-port': ports.faro,
  };
  const cli = join(root, 'out', 'node', 'cli.mjs');
  return {
    command: process.execPath,
    args: ['--enable-source-maps', cli, 'serve', '--json', ...Object.entries(flags).flat().map(String)],
    // A Docker stack that is started here is none of the user's either.
    env: { ...process.env, WATCHTOWER_HOME: home, WATCHTOWER_PROJECT: 'watchtower-dev' },
  };
}
