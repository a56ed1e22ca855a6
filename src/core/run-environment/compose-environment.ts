import { runAttributes } from '../../shared/runs/run-attributes';

export interface RunFacts {
  id: string;
  name: string;
  command: readonly string[];
  folder: string;
  revision?: { commit: string; branch?: string | undefined; repository: string; dirty: boolean } | undefined;
  /** Of the run's own span. */
  traceId: string;
  spanId: string;
}

export interface EnvironmentTarget {
  /** Base URLs where there are some. */
  otlpHttp?: string | undefined;
  otlpGrpc?: string | undefined;
  /** For what names no service itself; goes before the user's variable. */
  service?: string | undefined;
  /** The same where the user's variables name none either. */
  usualService?: string | undefined;
}

export interface ComposedEnvironment {
  /** Of the command: what it had, and what is added. */
  variables: NodeJS.ProcessEnv;
  /** Names of variables that the user has set, and that stay as they are. */
  leftAlone: string[];
}

/** Those that an outer `run` has set, each as `NAME=VALUE`, encoded: they are no choice of the user as long as they stand so. */
const ownVariables = 'WATCHTOWER_RUN_VARIABLES';

const attributesVariable = 'OTEL_RESOURCE_ATTRIBUTES';

/** What an SDK that nobody set up does otherwise: waits for up to a minute, and leaves telemetry out. */
const often = { OTEL_BSP_SCHEDULE_DELAY: '500', OTEL_BLRP_SCHEDULE_DELAY: '500' };
const metrics = { OTEL_METRIC_EXPORT_INTERVAL: '2000', OTEL_METRIC_EXPORT_TIMEOUT: '2000' };

/**
 * The environment of a run's command: for the SDK of any language, since a `make dev` may start all of them. A variable that
 * the user has set stays; of resource attributes, theirs and ours stand together.
 */
export function composeEnvironment(
  user: NodeJS.ProcessEnv,
  run: RunFacts,
  { otlpHttp, otlpGrpc, service: asked, usualService }: EnvironmentTarget,
): ComposedEnvironment {
  const ofOuterRun = readSet(user[ownVariables]);
  const isTheirs = (name: string) => Boolean(user[name]) && user[name] !== ofOuterRun.get(name);
  const theirAttributes = without(user[attributesVariable], ofOuterRun.get(attributesVariable));
  const isNamed = isTheirs('OTEL_SERVICE_NAME') || theirAttributes.some((pair) => keyOf(pair) === 'service.name');
  const service = asked ?? (isNamed ? undefined : usualService);
  const wanted: Record<string, string> = {
    ...endpointFor(user, isTheirs, otlpHttp, otlpGrpc),
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_METRICS_EXPORTER: 'otlp',
    OTEL_LOGS_EXPORTER: 'otlp',
    OTEL_PROPAGATORS: 'tracecontext,baggage',
    OTEL_TRACES_SAMPLER: 'always_on',
    ...often,
    // An interval of the user's with a longer timeout of ours is refused by SDKs.
    ...(isTheirs('OTEL_METRIC_EXPORT_INTERVAL') || isTheirs('OTEL_METRIC_EXPORT_TIMEOUT') ? {} : metrics),
    OTEL_PYTHON_LOGGING_AUTO_INSTRUMENTATION_ENABLED: 'true',
    OTEL_PHP_AUTOLOAD_ENABLED: 'true',
    OTEL_DENO: 'true',
    // What it prints is taken from its output already.
    OTEL_DENO_CONSOLE: 'ignore',
    ...(service !== undefined && { OTEL_SERVICE_NAME: service }),
  };
  const variables: NodeJS.ProcessEnv = { ...user };
  for (const name of ofOuterRun.keys()) if (!isTheirs(name)) delete variables[name];
  const leftAlone: string[] = [];
  const set: [name: string, value: string][] = [];
  for (const [name, value] of Object.entries(wanted)) {
    // What --service says is newer than a variable.
    if (isTheirs(name) && name !== 'OTEL_SERVICE_NAME') {
      if (user[name] !== value) leftAlone.push(name);
      continue;
    }
    variables[name] = value;
    set.push([name, value]);
  }
  leftAlone.push(
    ...Object.keys(user).filter((name) =>
      /^OTEL_EXPORTER_OTLP_(?:TRACES|METRICS|LOGS)_(?:ENDPOINT|PROTOCOL)$/.test(name),
    ),
  );
  if (isTheirs('OTEL_EXPORTER_OTLP_ENDPOINT')) leftAlone.unshift('OTEL_EXPORTER_OTLP_ENDPOINT');
  if (isTheirs('OTEL_SDK_DISABLED')) leftAlone.push('OTEL_SDK_DISABLED');
  const own = Object.entries(attributesOf(run)).map(([key, value]) => `${key}=${percentEncoded(value)}`);
  variables[attributesVariable] = [...without(theirAttributes.join(','), own.join(','), keyOf), ...own].join(',');
  variables.TRACEPARENT = `00-${run.traceId}-${run.spanId}-01`;
  variables.WATCHTOWER_RUN_ID = run.id;
  set.push([attributesVariable, own.join(',')]);
  variables[ownVariables] = set.map(([name, value]) => `${name}=${percentEncoded(value)}`).join(',');
  return { variables, leftAlone: [...new Set(leftAlone)] };
}

function endpointFor(
  user: NodeJS.ProcessEnv,
  isTheirs: (name: string) => boolean,
  otlpHttp: string | undefined,
  otlpGrpc: string | undefined,
): Record<string, string> {
  if (isTheirs('OTEL_EXPORTER_OTLP_ENDPOINT')) return {};
  // Who chose the protocol gets the endpoint that speaks it.
  const chosen = isTheirs('OTEL_EXPORTER_OTLP_PROTOCOL') ? user.OTEL_EXPORTER_OTLP_PROTOCOL : undefined;
  const grpc = chosen === undefined ? otlpHttp === undefined : chosen === 'grpc';
  const endpoint = grpc ? (otlpGrpc ?? otlpHttp) : (otlpHttp ?? otlpGrpc);
  if (endpoint === undefined) return {};
  return { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: grpc ? 'grpc' : 'http/protobuf' };
}

function readSet(text: string | undefined): ReadonlyMap<string, string> {
  return new Map(pairsOf(text).map((pair) => [keyOf(pair), decoded(pair.slice(pair.indexOf('=') + 1))]));
}

/** Anybody may write the variable. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The pairs of a text that are not in the other one, or whose `by` is not. */
function without(text: string | undefined, other: string | undefined, by = (pair: string) => pair): string[] {
  const left = new Set(pairsOf(other).map(by));
  return pairsOf(text).filter((pair) => !left.has(by(pair)));
}

function pairsOf(text = ''): string[] {
  return text.split(',').filter((pair) => pair.trim() !== '');
}

function keyOf(pair: string): string {
  return pair.split('=')[0]!.trim();
}

/** A longer one would be on every line and point. */
const longestCommand = 200;

/** The attributes of a run, by which its telemetry is found. */
export function attributesOf({ id, name, command, folder, revision }: RunFacts): Record<string, string> {
  return {
    [runAttributes.id]: id,
    [runAttributes.name]: name,
    [runAttributes.command]: command.join(' ').slice(0, longestCommand),
    [runAttributes.folder]: folder,
    ...(revision && {
      [runAttributes.commit]: revision.commit,
      ...(revision.branch !== undefined && { [runAttributes.branch]: revision.branch }),
      [runAttributes.repository]: revision.repository,
      [runAttributes.dirty]: String(revision.dirty),
    }),
  };
}

/** What W3C's Baggage, which the variable follows, takes as it is: everything else is encoded. */
function percentEncoded(value: string): string {
  return encodeURIComponent(wellFormed(value)).replace(
    /[!'()*]/g,
    (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Half of a character, as a path may hold, cannot be encoded. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
