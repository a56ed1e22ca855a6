import { probeReady } from './probe-ready';
import { readConfigFile } from './read-config-file';
import { behind, runEngine } from './run-engine';
import { serveFront } from './serve-front';

if (process.argv.includes('-health')) await probeReady('http://127.0.0.1:3100/ready');
readConfigFile('config.file');
runEngine('/loki/engine', {});
serveFront(3100, (path) => {
  if (path === '/metrics') return (_request, response) => response.writeHead(200).end('loki_build_info 1\n');
  return path === '/otlp/v1/logs' ? { port: behind.otlpHttp, path: '/v1/logs' } : { port: behind.loki };
});
