import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { BodyThread } from '../../src/engine/otlp/body/body-thread';
import { MemoryBudget } from '../../src/engine/otlp/body/memory-budget';
import { IngestCounters } from '../../src/engine/otlp/ingest-counters';
import type { Intake } from '../../src/engine/otlp/intake';
import { validateRequest } from '../../src/engine/otlp/request/validate-request';
import { serveOtlp } from '../../src/engine/otlp/serve-otlp';
import { Exporter } from './exporter';
import { type Pipeline, planPipeline } from './pipeline';
import { ConfigError, readAlloyConfig } from './read-alloy-config';
import { showMetrics } from './show-metrics';

const [command, path = ''] = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const exporters = new Map<string, Exporter>();
const counters = new IngestCounters();
let pipeline: Pipeline;
let healthy = true;

if (command === 'validate') {
  const failure = tryLoad();
  if (typeof failure !== 'string') process.exit(0);
  console.error(`Error: ${failure}`);
  process.exit(1);
}
const first = tryLoad();
if (typeof first === 'string') {
  console.error(`Error: could not perform the initial load successfully: ${first}`);
  process.exit(1);
}
if (first.errors.size > 0) {
  console.error(`Error: could not perform the initial load successfully: ${describeErrors(first)}`);
  process.exit(1);
}
pipeline = first;
install(pipeline);

const intake: Intake = {
  budget: new MemoryBudget(),
  async accept(signal, request) {
    const valid = validateRequest(signal, request);
    if (typeof valid === 'string') return { kind: 'undecodable', message: 'the request cannot be decoded' };
    // Whose telemetry is dropped sends requests of its own: they are not taken apart here.
    for (const { exporter, without } of pipeline.routes[signal])
      if (!without.some((service) => Buffer.from(request).includes(service)))
        exporters.get(exporter)?.add(signal, request, valid.items);
    counters.request(signal, request.length, valid.items, 0, []);
    return { kind: 'accepted', rejected: 0, message: '' };
  },
  refused: () => counters.refusal(),
};
const { receivers } = pipeline;
const bodies = new BodyThread();
for (const receiver of [receivers.grpc, receivers.http]) {
  if (receiver) await serveOtlp(intake, bodies, addressOf(receiver));
}
const listen = /--server\.http\.listen-addr=(\S+)/.exec(process.argv.join(' '))?.[1] ?? '127.0.0.1:12345';
createServer(answer).listen(addressOf(listen).port, addressOf(listen).host);
process.on('SIGTERM', async () => {
  await Promise.all([...exporters.values()].map((exporter) => exporter.close()));
  process.exit(0);
});

function answer(request: IncomingMessage, response: ServerResponse): void {
  const [status, text] = answerTo(new URL(request.url ?? '/', 'http://localhost').pathname);
  if (text.startsWith('[')) response.setHeader('content-type', 'application/json');
  response.writeHead(status).end(text);
}

function answerTo(path: string): [status: number, text: string] {
  switch (path) {
    case '/-/ready':
      return [200, 'Alloy is ready.\n'];
    case '/-/healthy':
      return healthy ? [200, 'All Alloy components are healthy.\n'] : [500, `unhealthy components: ${ill()}\n`];
    case '/-/reload': {
      const failure = reload();
      return failure ? [400, `error during reload: ${failure}\n`] : [200, 'config reloaded\n'];
    }
    case '/api/v0/web/components':
      return [200, JSON.stringify(pipeline.components.map(({ id, block }) => show(id, block.name, block.label)))];
    case '/metrics':
      return [200, showMetrics(counters, exporters.values())];
    default:
      return [404, '404 page not found\n'];
  }
}

/** A refused file keeps the old graph; one whose components cannot be evaluated is installed all the same, as in Alloy. */
function reload(): string | null {
  const loaded = tryLoad();
  if (typeof loaded === 'string') return loaded;
  install(loaded);
  return loaded.errors.size > 0 ? describeErrors(loaded) : null;
}

/** Exporters that did not change keep their queues. */
function install(loaded: Pipeline): void {
  pipeline = loaded;
  healthy = loaded.errors.size === 0;
  for (const [id, exporter] of exporters) {
    const plan = loaded.exporters.find((each) => each.id === id);
    if (JSON.stringify(plan) === JSON.stringify(exporter.plan)) continue;
    exporters.delete(id);
    void exporter.close();
  }
  for (const plan of loaded.exporters) if (!exporters.has(plan.id)) exporters.set(plan.id, new Exporter(plan));
}

function tryLoad(): Pipeline | string {
  try {
    const files = statSync(path).isDirectory()
      ? readdirSync(path).flatMap((name) => (name.endsWith('.alloy') ? [`${path}/${name}`] : []))
      : [path];
    return planPipeline(files.flatMap((file) => readAlloyConfig(readFileSync(file, 'utf8'))));
  } catch (error) {
    if (error instanceof ConfigError || (error as NodeJS.ErrnoException).code)
      return `${path}:${(error as Error).message}`;
    throw error;
  }
}

function show(localID: string, name: string, label: string) {
  const error = pipeline.errors.get(localID);
  const health = error
    ? { state: 'unhealthy', message: `component evaluation failed: ${error}` }
    : { state: 'healthy', message: 'started scheduled components' };
  return { name, type: 'block', localID, moduleID: '', label, health, referencesTo: [], referencedBy: [] };
}

function describeErrors({ errors }: Pipeline): string {
  return [...errors].map(([id, error]) => `Failed to build component: ${id}: ${error}`).join('; ');
}

function ill(): string {
  return [...pipeline.errors.keys()].join(', ');
}

function addressOf(address: string): { host: string; port: number } {
  const { hostname, port } = new URL(`tcp://${address}`);
  return { host: hostname, port: Number(port) };
}
