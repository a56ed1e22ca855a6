import { exposeLatest } from './expose-latest';
import { probeReady } from './probe-ready';
import { readConfigFile } from './read-config-file';
import { behind, runEngine } from './run-engine';
import { serveFront } from './serve-front';

if (process.argv.includes('-health')) await probeReady('http://127.0.0.1:3200/ready');
const { config } = readConfigFile('config.file');
if (!config.distributor) {
  console.error('failed to start: no receivers are configured in distributor.receivers');
  process.exit(1);
}
runEngine('/var/tempo/engine', { otlpGrpc: 4317, otlpHttp: 4318 });
// The metrics that Tempo's generator would write to Prometheus are scraped with its own.
serveFront(3200, (path) =>
  path === '/metrics' ? (_request, response) => void exposeLatest(behind.prometheus, response) : { port: behind.tempo },
);
