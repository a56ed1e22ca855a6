import { existsSync } from 'node:fs';
import type { Signal } from '../../src/engine/wire/signal';
import { type Block, ConfigError, type Expression } from './read-alloy-config';

const known =
  /^(otelcol\.(receiver\.(otlp|loki|prometheus)|processor\.(memory_limiter|batch|transform|attributes|filter|k8sattributes)|exporter\.(otlp|otlphttp|debug)|auth\.(headers|basic)|storage\.file)|local\.file|faro\.receiver|prometheus\.(scrape|remote_write)|loki\.write)$/;
/** Blocks that configure Alloy itself. */
const services = /^(logging|tracing|livedebugging|http|remotecfg)$/;

interface Component {
  /** `otelcol.exporter.otlphttp.sumo` */
  id: string;
  block: Block;
}

/** A header whose value is read when it is sent, since the file of a secret is watched. */
export type HeaderValue = { text: string } | { file: string };

export interface ExporterPlan {
  id: string;
  protocol: 'grpc' | 'http';
  endpoint: string;
  headers: { name: string; value: HeaderValue }[];
  /** Basic authentication: the values of user and password. */
  basic?: { user: string; password: HeaderValue };
  /** `items` of telemetry, else requests. */
  queue: { size: number; items: boolean };
}

/** An exporter that a signal reaches, and the services whose telemetry is dropped on the way. */
interface Route {
  exporter: string;
  without: readonly string[];
}

/** What a configuration yields; `errors` by component are those of evaluation, which do not keep the graph from loading. */
export interface Pipeline {
  components: Component[];
  receivers: Record<'grpc' | 'http', string | null>;
  exporters: ExporterPlan[];
  /** Exporters that each signal reaches from the receiver. */
  routes: Record<Signal, Route[]>;
  errors: Map<string, string>;
}

/** Joins the components. Throws a `ConfigError` where one is unknown, named twice or refers to none: nothing is loaded then. */
export function planPipeline(blocks: readonly Block[]): Pipeline {
  const components = blocks.filter(({ name }) => !services.test(name)).map((block) => ({ id: idOf(block), block }));
  const byId = new Map<string, Block>();
  for (const { id, block } of components) {
    if (!known.test(block.name)) throw new ConfigError(`cannot find the definition of component name "${block.name}"`);
    if (byId.has(id)) throw new ConfigError(`block ${id} already declared`);
    byId.set(id, block);
  }
  for (const { block } of components) for (const path of referencesIn(block)) componentOf(path, byId);
  const errors = new Map<string, string>();
  for (const { id, block } of components) {
    const error = evaluate(block);
    if (error) errors.set(id, error);
  }
  const receiver = components.find(({ block }) => block.name === 'otelcol.receiver.otlp')?.block;
  const exporters = components
    .filter(({ block }) => /^otelcol\.exporter\.(otlp|otlphttp)$/.test(block.name))
    .map(({ id, block }) => planExporter(id, block, byId));
  const routes = { traces: [], metrics: [], logs: [] } as Pipeline['routes'];
  for (const signal of ['traces', 'metrics', 'logs'] as const) {
    const found = receiver ? follow(receiver, signal, byId) : [];
    routes[signal] = [...new Map(found.map((route) => [route.exporter, route])).values()];
  }
  const endpointOf = (name: string) => receiver && stringOf(child(receiver, name)?.attributes.endpoint);
  return {
    components,
    receivers: { grpc: endpointOf('grpc') || null, http: endpointOf('http') || null },
    exporters,
    routes,
    errors,
  };
}

function idOf({ name, label }: Block): string {
  return label ? `${name}.${label}` : name;
}

function child(block: Block, name: string): Block | undefined {
  return block.blocks.find((each) => each.name === name);
}

function referencesIn(block: Block): string[][] {
  const inside = (expression: Expression): string[][] => {
    switch (expression.kind) {
      case 'reference':
        return [expression.path];
      case 'list':
        return expression.items.flatMap(inside);
      case 'object':
        return Object.values(expression.entries).flatMap(inside);
      case 'call':
        return expression.args.flatMap(inside);
      case 'literal':
        return [];
    }
  };
  return [...Object.values(block.attributes).flatMap(inside), ...block.blocks.flatMap(referencesIn)];
}

function componentOf(path: readonly string[], byId: ReadonlyMap<string, Block>): Block {
  for (let length = path.length; length > 0; length--) {
    const block = byId.get(path.slice(0, length).join('.'));
    if (block) return block;
  }
  throw new ConfigError(`component "${path.slice(0, -1).join('.')}" does not exist or is out of scope`);
}

/** An error of evaluation: the component is there and does not work. */
function evaluate(block: Block): string | null {
  if (block.name === 'local.file') {
    const filename = stringOf(block.attributes.filename);
    return filename && existsSync(filename) ? null : `failed to read file: open ${filename}: no such file or directory`;
  }
  if (/exporter\.(otlp|otlphttp)$/.test(block.name)) {
    const endpoint = stringOf(child(block, 'client')?.attributes.endpoint);
    if (!endpoint) return 'missing required attribute "endpoint"';
    if (block.name.endsWith('http') && !URL.canParse(endpoint)) return `endpoint must be a valid URL: ${endpoint}`;
  }
  return null;
}

/** The exporters behind the outputs of a component, in order, through whatever stands between. */
function follow(block: Block, signal: Signal, byId: ReadonlyMap<string, Block>): Route[] {
  const output = child(block, 'output')?.attributes[signal];
  if (output?.kind !== 'list') return [];
  return output.items.flatMap((item) => {
    if (item.kind !== 'reference') return [];
    const next = componentOf(item.path, byId);
    if (next.name.startsWith('otelcol.exporter.')) return [{ exporter: idOf(next), without: [] }];
    const dropped = servicesDroppedBy(next, signal);
    return follow(next, signal, byId).map((route) => ({ ...route, without: [...dropped, ...route.without] }));
  });
}

/** Of a filter, as far as Watchtower writes them: whole services. */
function servicesDroppedBy(block: Block, signal: Signal): string[] {
  if (block.name !== 'otelcol.processor.filter') return [];
  const conditions = Object.values(child(block, signal)?.attributes ?? {});
  return conditions
    .flatMap((condition) => (condition.kind === 'list' ? condition.items : []))
    .flatMap((item) => /^resource\.attributes\["service\.name"\] == "([^"]+)"$/.exec(stringOf(item))?.[1] ?? []);
}

function planExporter(id: string, block: Block, byId: ReadonlyMap<string, Block>): ExporterPlan {
  const client = child(block, 'client');
  const queue = child(block, 'sending_queue')?.attributes ?? {};
  const plan: ExporterPlan = {
    id,
    protocol: block.name === 'otelcol.exporter.otlp' ? 'grpc' : 'http',
    endpoint: stringOf(client?.attributes.endpoint),
    headers: [],
    queue: { size: Number(stringOf(queue.queue_size)) || 1000, items: stringOf(queue.sizer) === 'items' },
  };
  const headers = client?.attributes.headers;
  if (headers?.kind === 'object') {
    for (const [name, value] of Object.entries(headers.entries))
      plan.headers.push({ name, value: headerValueOf(value, byId) });
  }
  const auth = client?.attributes.auth;
  if (auth?.kind !== 'reference') return plan;
  const authentication = componentOf(auth.path, byId);
  if (authentication.name === 'otelcol.auth.headers') {
    for (const { name, attributes } of authentication.blocks) {
      if (name !== 'header' || !attributes.value) continue;
      plan.headers.push({ name: stringOf(attributes.key), value: headerValueOf(attributes.value, byId) });
    }
  } else {
    const { attributes } = child(authentication, 'client_auth') ?? authentication;
    const password: HeaderValue = attributes.password_file
      ? { file: stringOf(attributes.password_file) }
      : headerValueOf(attributes.password, byId);
    plan.basic = { user: stringOf(attributes.username), password };
  }
  return plan;
}

/** Text, or the content of the file behind a `local.file`. Functions such as `convert.nonsensitive` pass their argument. */
function headerValueOf(expression: Expression | undefined, byId: ReadonlyMap<string, Block>): HeaderValue {
  if (expression?.kind === 'call') return headerValueOf(expression.args[0], byId);
  if (expression?.kind !== 'reference') return { text: stringOf(expression) };
  const source = componentOf(expression.path, byId);
  return { file: stringOf(source.attributes.filename) };
}

function stringOf(expression: Expression | undefined): string {
  return expression?.kind === 'literal' && expression.value !== null ? String(expression.value) : '';
}
