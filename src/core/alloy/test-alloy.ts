import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AlloyFile, AlloyHost } from './alloy-host';
import { alloyPaths } from './render/name-components';

/** What Alloy's pages answer next; a status of 0 hangs. */
interface Script {
  /** By the configuration that is in place. */
  reload: (config: string) => { status: number; text?: string };
  healthy: (config: string) => { status: number; text?: string };
  components: (config: string) => { localID: string; health: { state: string; message: string } }[];
  validate: (config: string) => { exitCode: number; output: string };
  metrics: string;
  log: { at: number; text: string }[];
}

/** A stand-in for Alloy in its container: a real HTTP server, files in memory, answers by a script. */
export interface TestAlloy extends AlloyHost {
  readonly files: Map<string, AlloyFile>;
  readonly script: Script;
  /** What was done to it, in order: `reload`, `restart`, `validate`, `put PATH`. */
  readonly done: string[];
  /** Configurations that were loaded, newest last. */
  readonly loaded: string[];
  close(): Promise<void>;
}

export async function startTestAlloy(config: string): Promise<TestAlloy> {
  const files = new Map<string, AlloyFile>([
    [alloyPaths.config, { path: alloyPaths.config, content: config, mode: 0o644 }],
  ]);
  const done: string[] = [];
  const loaded = [config];
  const script: Script = {
    reload: () => ({ status: 200 }),
    healthy: () => ({ status: 200 }),
    components: () => [{ localID: 'otelcol.receiver.otlp.in', health: { state: 'healthy', message: 'started' } }],
    validate: () => ({ exitCode: 0, output: '' }),
    metrics: '',
    log: [],
  };
  const current = () => loaded.at(-1)!;
  const server = createServer((request, response) => {
    const answer = (() => {
      switch (`${request.method} ${request.url}`) {
        case 'POST /-/reload': {
          done.push('reload');
          const wanted = files.get(alloyPaths.config)!.content;
          const result = script.reload(wanted);
          if (result.status === 200) loaded.push(wanted);
          return result;
        }
        case 'GET /-/ready':
          return { status: 200 };
        case 'GET /-/healthy':
          return script.healthy(current());
        case 'GET /api/v0/web/components':
          return { status: 200, text: JSON.stringify(script.components(current())) };
        case 'GET /metrics':
          return { status: 200, text: script.metrics };
        default:
          return { status: 404 };
      }
    })();
    if (answer.status !== 0) response.writeHead(answer.status).end(answer.text ?? '');
  });
  const port = await listen(server);
  return {
    httpUrl: `http://127.0.0.1:${port}`,
    otlpAddresses: [`127.0.0.1:${port}`],
    files,
    script,
    done,
    loaded,
    async putFiles(put) {
      for (const file of put) {
        done.push(`put ${file.path}`);
        files.set(file.path, { ...file });
      }
    },
    readFile: async (path) => files.get(path)?.content ?? null,
    async exec(command) {
      done.push('validate');
      return script.validate(files.get(command.at(-1)!)!.content);
    },
    async *logs() {
      yield* script.log;
    },
    async restart() {
      done.push('restart');
      loaded.push(files.get(alloyPaths.config)!.content);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
