import type { Context, Hono } from 'hono';
import type { QueryApi } from '../../shared/contract/external';
import type { QueryEndpoint } from '../telemetry/request/query-endpoint';
import type { Datasource } from './datasources';
import { grafanaError } from './grafana-error';
import { passOn } from './pass-on';
import { resourcePath } from './resource-path';

export interface ProxyOptions {
  sources: readonly Datasource[];
  /** Throws while it is not known. */
  endpoint(api: QueryApi): QueryEndpoint;
}

/** Ways through to the three APIs: whole by the proxy, and what Grafana's plugins offer as resources. */
export function serveProxy(app: Hono, { sources, endpoint }: ProxyOptions): void {
  const through = (context: Context, found: Datasource | undefined, path: string | null) => {
    if (!found) return grafanaError(context, 404, 'Data source not found');
    if (path === null) {
      return grafanaError(
        context,
        404,
        `The ${found.name} data source of Grafana has no such resource. Ask the proxy instead: /api/datasources/proxy/uid/${found.uid}/…`,
      );
    }
    return passOn(context, endpoint(found.type), path);
  };
  app.all('/api/datasources/proxy/uid/:uid/*', (context) => {
    const found = sources.find(({ uid }) => uid === context.req.param('uid'));
    return through(context, found, rest(context, 6));
  });
  app.all('/api/datasources/proxy/:id{[0-9]+}/*', (context) => {
    const found = sources.find(({ id }) => String(id) === context.req.param('id'));
    return through(context, found, rest(context, 5));
  });
  app.all('/api/datasources/uid/:uid/resources/*', (context) => {
    const found = sources.find(({ uid }) => uid === context.req.param('uid'));
    return through(context, found, found ? resourcePath(found.type, rest(context, 6)) : null);
  });
}

/** The path behind so many of its parts, as it was written: a name in it may hold an escaped slash. */
function rest({ req }: Context, parts: number): string {
  return `/${new URL(req.url).pathname.split('/').slice(parts).join('/')}`;
}
