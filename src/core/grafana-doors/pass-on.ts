import type { Context } from 'hono';
import { headersOf, type QueryEndpoint } from '../telemetry/request/query-endpoint';
import { grafanaError } from './grafana-error';

/** What a client says about the answer it wants, and about what it sends. Its credentials are for these doors alone. */
const asked = ['accept', 'content-type', 'x-loki-response-encoding-flags', 'x-query-tags'];
/** What an API says about its answer. Lengths and encodings are of the transport. */
const answered = ['content-type', 'cache-control', 'x-watchtower-left-out', 'allow'];
const methods = ['GET', 'HEAD', 'POST'];

/** Hands a request on to an API, and its answer back as it comes. `path` begins with a slash, without a query. */
export async function passOn(context: Context, endpoint: QueryEndpoint, path: string): Promise<Response> {
  const { req } = context;
  if (!methods.includes(req.method)) {
    return grafanaError(context, 403, `${req.method} is not allowed here: these doors only read.`);
  }
  if (req.header('upgrade')) return grafanaError(context, 501, 'WebSockets are not passed on: ask the API itself.');
  const target = safeTarget(endpoint, path, new URL(req.url).search);
  if (target === null) return grafanaError(context, 400, `The path ${JSON.stringify(path)} is none of the API's.`);
  try {
    const response = await fetch(target, {
      method: req.method,
      headers: {
        ...Object.fromEntries(asked.flatMap((name) => (req.header(name) ? [[name, req.header(name)!]] : []))),
        // The bytes are handed on as they come.
        'accept-encoding': 'identity',
        ...headersOf(endpoint),
      },
      ...(req.method === 'POST' && { body: await req.arrayBuffer() }),
      redirect: 'manual',
      signal: req.raw.signal,
    });
    const headers = Object.fromEntries(
      answered.flatMap((name) => (response.headers.has(name) ? [[name, response.headers.get(name)!]] : [])),
    );
    return new Response(response.body, { status: response.status, headers });
  } catch (error) {
    if (req.raw.signal.aborted) throw error;
    const { cause, message } = error as Error;
    return grafanaError(
      context,
      502,
      `The data source does not answer: ${cause instanceof Error ? cause.message : message}`,
    );
  }
}

/** Null for a path that leads out of the API, or to what the engine has beside it. */
function safeTarget({ base }: QueryEndpoint, path: string, query: string): URL | null {
  if (!URL.canParse(`${base}${path}`)) return null;
  const target = new URL(`${base}${path}`);
  const root = new URL(base);
  const behind = target.pathname.slice(root.pathname.replace(/\/$/, '').length);
  if (target.host !== root.host || /^\/+watchtower(?:\/|$)/i.test(decode(behind))) return null;
  target.search = query;
  return target;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
