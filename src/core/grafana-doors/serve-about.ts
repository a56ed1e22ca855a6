import type { Hono } from 'hono';
import type { Datasource } from './datasources';
import { grafanaError } from './grafana-error';
import { listPlugins } from './plugins';

export interface AboutOptions {
  sources: readonly Datasource[];
  /** Of Watchtower. */
  version: string;
  /** Where these doors answer. */
  url(): string;
}

/** Of the Grafana whose routes these are: that of the Docker stack. Clients refuse one that is too old. */
const grafanaVersion = '13.1.4';
/** As Grafana calls the only organisation of a new installation, and its namespace. */
const organisation = 'Main Org.';
const namespace = 'default';

/** What clients ask before they ask for data: who this is, who they are, what is there. */
export function serveAbout(app: Hono, { sources, version, url }: AboutOptions): void {
  const buildInfo = () => ({
    version: grafanaVersion,
    commit: `watchtower-${version}`,
    edition: 'Watchtower',
    env: 'production',
    grafanaUrl: url(),
    hideVersion: false,
  });
  const settings = () => ({
    appUrl: `${url()}/`,
    appSubUrl: '',
    namespace,
    buildInfo: buildInfo(),
    defaultDatasource: sources.find(({ isDefault }) => isDefault)?.name ?? '',
    datasources: Object.fromEntries(sources.map((source) => [source.name, describeSource(source)])),
    featureToggles: {},
    anonymousEnabled: false,
  });
  const org = { id: 1, name: organisation, address: {} };

  app.get('/api/health', (context) =>
    context.json({ database: 'ok', version: grafanaVersion, commit: `watchtower-${version}` }),
  );
  app.get('/api/frontend/settings', (context) => context.json(settings()));
  app.get('/bootdata', (context) => context.json({ settings: settings(), user: { ...user, isSignedIn: true } }));
  app.get('/api/user', (context) => context.json(user));
  app.get('/api/user/orgs', (context) => context.json([{ orgId: 1, name: organisation, role: 'Viewer' }]));
  app.get('/api/org', (context) => context.json(org));
  app.get('/api/orgs/1', (context) => context.json(org));
  app.get('/api/plugins', (context) => {
    const type = context.req.query('type');
    return context.json(type === undefined || type === 'datasource' ? listPlugins(grafanaVersion) : []);
  });
  app.get('/api/plugins/:id/settings', (context) => {
    const found = listPlugins(grafanaVersion).find(({ id }) => id === context.req.param('id'));
    return found
      ? context.json(found)
      : grafanaError(context, 404, 'Plugin not found, no installed plugin with that id', 'plugin.notFound');
  });
  // There are no dashboards and no folders.
  app.get('/api/search', (context) => context.json([]));
  app.get('/api/folders', (context) => context.json([]));
  // None of Grafana's newer APIs: clients then take the ones above.
  app.get('/apis', (context) => context.json({ kind: 'APIGroupList', apiVersion: 'v1', groups: [] }));
  app.get('/api', (context) => context.json({ kind: 'APIVersions', versions: [], serverAddressByClientCIDRs: null }));
}

/** Who asks, whatever it shows: the one user there is, who reads. */
const user = {
  id: 1,
  uid: 'watchtower',
  login: 'admin',
  name: 'admin',
  email: 'admin@localhost',
  theme: '',
  orgId: 1,
  orgName: organisation,
  orgRole: 'Viewer',
  isGrafanaAdmin: false,
  isDisabled: false,
  isExternal: false,
  authLabels: [],
};

function describeSource({ id, uid, name, type, isDefault, jsonData }: Datasource) {
  return {
    id,
    uid,
    name,
    type,
    isDefault,
    jsonData,
    access: 'proxy',
    url: `/api/datasources/proxy/uid/${uid}`,
    readOnly: true,
  };
}
