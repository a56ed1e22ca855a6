import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { exposeLatest } from './expose-latest';
import { readConfigFile } from './read-config-file';
import { behind, runEngine } from './run-engine';
import { runProgram } from './run-program';
import { serveFront } from './serve-front';

// The real Prometheus of Debian (2.42), which knows no OTLP yet: what comes over OTLP goes into Watchtower's engine, and
// Prometheus scrapes it from there every second.
const realPort = 29090;
const newFlags = ['--web.enable-otlp-receiver', '--storage.tsdb.retention.size'];
if (process.env.STANDIN_ROLE === 'otlp') {
  runEngine('/prometheus/engine', {});
} else {
  const { config } = readConfigFile('config.file');
  const { otlp: _, storage, scrape_configs: jobs, ...known } = config as Record<string, unknown> & { storage?: object };
  const otlpJob = {
    job_name: 'otlp',
    scrape_interval: '1s',
    scrape_timeout: '1s',
    honor_labels: true,
    metrics_path: '/stand-in/otlp',
    static_configs: [{ targets: ['127.0.0.1:9090'] }],
    metric_relabel_configs: [{ regex: 'standin_.*', action: 'labeldrop' }],
  };
  const path = '/prometheus/stand-in.yml';
  writeFileSync(path, stringify({ ...known, storage, scrape_configs: [...((jobs as object[]) ?? []), otlpJob] }));
  const args = process.argv
    .slice(2)
    .filter((argument) => !newFlags.some((flag) => argument.startsWith(flag)) && !argument.startsWith('--config.file'));
  // A process of its own: Prometheus is what this container lives and ends with.
  const engine = spawn(process.execPath, process.argv.slice(1), {
    env: { ...process.env, STANDIN_ROLE: 'otlp' },
    stdio: 'inherit',
  });
  process.on('exit', () => engine.kill());
  runProgram('/usr/bin/prometheus', [
    ...args,
    `--config.file=${path}`,
    `--web.listen-address=127.0.0.1:${realPort}`,
    '--web.enable-lifecycle',
  ]);
  serveFront(9090, (path) => {
    if (path === '/stand-in/otlp') return (_request, response) => void exposeLatest(behind.prometheus, response);
    if (path === '/api/v1/otlp/v1/metrics') return { port: behind.otlpHttp, path: '/v1/metrics' };
    return { port: realPort };
  });
}
