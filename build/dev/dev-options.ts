import { isAbsolute, join } from 'node:path';
import { parseArgs } from 'node:util';

export interface DevOptions {
  /** The Watchtower home of the host that is being worked on; never the user's own. */
  home: string;
  ports: DevPorts;
  /** In the app's own window instead of the browser. */
  desktop: boolean;
}

/** Ten ports in a row, none of which a Watchtower has that is in use. */
export interface DevPorts {
  panel: number;
  host: number;
  otlpGrpc: number;
  otlpHttp: number;
  tempo: number;
  loki: number;
  prometheus: number;
  grafana: number;
  alloy: number;
  faro: number;
}

export const usage = `npm run dev [-- --ports 24300] [--home out/dev-home] [--desktop]

The panel from its sources, with hot reload, and a host that is built and started anew when its code changes.
  --ports N   the first of ten ports in a row: panel, host, OTLP gRPC and HTTP, Tempo, Loki, Prometheus, …
  --home DIR  the Watchtower home of that host
  --desktop   in the app's own window, where Electron and a display are
`;

/** Throws where an argument is none of these. */
export function readDevOptions(argv: readonly string[], root: string): DevOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      ports: { type: 'string', default: '24300' },
      home: { type: 'string', default: 'out/dev-home' },
      desktop: { type: 'boolean', default: false },
    },
  });
  const first = Number(values.ports);
  if (!Number.isInteger(first) || first < 1024 || first > 65_526) {
    throw new Error(`--ports takes the first of ten ports, from 1024 to 65526, not ${JSON.stringify(values.ports)}.`);
  }
  return {
    desktop: values.desktop,
    home: isAbsolute(values.home) ? values.home : join(root, values.home),
    ports: {
      panel: first,
      host: first + 1,
      otlpGrpc: first + 2,
      otlpHttp: first + 3,
      tempo: first + 4,
      loki: first + 5,
      prometheus: first + 6,
      grafana: first + 7,
      alloy: first + 8,
      faro: first + 9,
    },
  };
}
