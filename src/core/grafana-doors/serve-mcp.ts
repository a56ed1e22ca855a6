import type { Hono } from 'hono';
import type { Datasource } from './datasources';
import type { DoorsAccess } from './doors-access';
import { grafanaError } from './grafana-error';

export interface McpOptions {
  sources: readonly Datasource[];
  access: DoorsAccess;
  /** The MCP server of agents; whoever calls has checked the request. */
  mcp(request: Request): Promise<Response>;
}

/**
 * Where Grafana passes on to Tempo's own MCP server, that of agents answers. It takes the token alone, as everywhere: the password is the same in
 * every home.
 */
export function serveMcp(app: Hono, { sources, access, mcp }: McpOptions): void {
  for (const { uid, type } of sources) {
    if (type !== 'tempo') continue;
    app.all(`/api/datasources/proxy/uid/${uid}/api/mcp`, (context) => {
      const { req } = context;
      if (req.header('origin') !== undefined || req.header('sec-fetch-site') !== undefined)
        return grafanaError(context, 403, 'Web pages are refused.', 'watchtower.otherSite');
      if (!access.hasToken(req.header('authorization')))
        return grafanaError(context, 401, 'MCP takes the token that `watchtower grafana` prints, not the password.');
      // By this older ones of mcp-grafana ask whether there is one: Tempo's, which keeps no sessions, answers so.
      if (req.method === 'DELETE' && req.header('mcp-session-id') === undefined) return context.body(null, 200);
      return mcp(req.raw);
    });
  }
}
