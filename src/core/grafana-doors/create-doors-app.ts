import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createAskApi } from './ask-api';
import type { CallBook } from './call-book';
import { doorsPassword, doorsUser, isPage } from './doors-access';
import { grafanaError } from './grafana-error';
import { serveQuery } from './query/serve-query';
import { type AboutOptions, serveAbout } from './serve-about';
import { type DatasourceOptions, serveDatasources } from './serve-datasources';
import { type McpOptions, serveMcp } from './serve-mcp';
import { type ProxyOptions, serveProxy } from './serve-proxy';

export interface DoorsAppOptions extends AboutOptions, ProxyOptions, McpOptions, Omit<DatasourceOptions, 'ask'> {
  calls: CallBook;
  /** Where a person finds what Grafana would show. */
  panelUrl(): string;
  /** Unix milliseconds. */
  now?: () => number;
  onFault(error: unknown): void;
}

/** Queries are small, and so is what is passed on. */
const maxBodyBytes = 1024 * 1024;

/** The few routes of Grafana's HTTP API that its tools use. What is not there is said by its name, and counted. */
export function createDoorsApp(options: DoorsAppOptions): Hono {
  const { access, calls, panelUrl, endpoint, onFault, now = Date.now } = options;
  const app = new Hono({ strict: false });
  app.use('*', async (context, next) => {
    const { req } = context;
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Cache-Control', 'no-store');
    const verdict = access.judge({ path: req.path, header: (name) => req.header(name) });
    if (!verdict.allowed) return grafanaError(context, verdict.status, verdict.message, verdict.messageId);
    await next();
    if (context.res.status < 400) calls.answered();
  });
  app.use(
    '*',
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: (context) => grafanaError(context, 413, `A request takes at most ${maxBodyBytes} bytes.`),
    }),
  );
  app.get('/', (context) => context.text(describePlace(panelUrl())));
  const ask = createAskApi(endpoint);
  serveAbout(app, options);
  serveDatasources(app, { ...options, ask });
  serveMcp(app, options);
  serveProxy(app, options);
  serveQuery(app, { ...options, ask, now });
  app.notFound((context) => {
    const { method, path } = context.req;
    if (isPage(path)) return context.text(describePlace(panelUrl()), 404);
    calls.missing(method, path);
    const message = `Watchtower does not answer ${method} ${path}: it has the routes of Grafana that its query tools need, and no Grafana behind them.`;
    return grafanaError(context, method === 'GET' || method === 'HEAD' ? 404 : 501, message, 'watchtower.notHere');
  });
  app.onError((error, context) => {
    if (!context.req.raw.signal.aborted) onFault(error);
    return grafanaError(context, 500, error.message);
  });
  return app;
}

function describePlace(panel: string): string {
  return [
    'This is Watchtower, not Grafana: there is no page here.',
    '',
    "It answers those calls of Grafana's HTTP API that tools such as mcp-grafana, gcx and OATs make, in front of the telemetry of this machine.",
    `Sign in as ${doorsUser} / ${doorsPassword}, or with the token that \`watchtower grafana\` prints.`,
    '',
    `The panel is at ${panel} (\`watchtower open\` signs you in).`,
    '',
  ].join('\n');
}
