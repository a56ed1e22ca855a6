import type { EnginePorts } from '../../shared/engine-messages';

/** To name, and to look whether they are free; who listens takes what `choosePorts` gives. */
export const usualPorts: Readonly<EnginePorts> = {
  otlpGrpc: 4317,
  otlpHttp: 4318,
  tempo: 3200,
  loki: 3100,
  prometheus: 9090,
};

/** Of the panel and the contract. */
export const usualPanelPort = 4320;

/** The flag of `watchtower serve` that chooses each port. */
export const portFlags: Record<keyof EnginePorts, string> = {
  otlpGrpc: '--otlp-grpc-port',
  otlpHttp: '--otlp-http-port',
  tempo: '--tempo-port',
  loki: '--loki-port',
  prometheus: '--prometheus-port',
};

/**
 * Fills in the ports that SDKs, Grafana and curl expect where none was chosen; 0 lets the system choose.
 * Throws in a test run: a test must not meet whatever listens on this machine.
 */
export function choosePorts(chosen: { [Key in keyof EnginePorts]?: number | undefined }): EnginePorts {
  return {
    otlpGrpc: chosen.otlpGrpc ?? choosePort(usualPorts.otlpGrpc),
    otlpHttp: chosen.otlpHttp ?? choosePort(usualPorts.otlpHttp),
    tempo: chosen.tempo ?? choosePort(usualPorts.tempo),
    loki: chosen.loki ?? choosePort(usualPorts.loki),
    prometheus: chosen.prometheus ?? choosePort(usualPorts.prometheus),
  };
}

/** A default port, unless this is a test run. */
export function choosePort(port: number): number {
  if (process.env.WATCHTOWER_TEST === '1') throw new Error(`A test resolved the default port ${port}: choose port 0.`);
  return port;
}
