import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { parse } from 'yaml';

const provisioning = '/etc/grafana/provisioning';
const user = process.env.GF_SECURITY_ADMIN_USER ?? 'admin';
// The variable counts only for an empty volume, as in Grafana.
const passwordFile = '/var/lib/grafana/stand-in-password';
mkdirSync('/var/lib/grafana', { recursive: true });
if (!existsSync(passwordFile)) writeFileSync(passwordFile, process.env.GF_SECURITY_ADMIN_PASSWORD ?? 'admin');
const password = readFileSync(passwordFile, 'utf8');

interface DataSource {
  name: string;
  uid: string;
  type: string;
  url: string;
}

const dataSources = provisioned<{ datasources?: DataSource[] }>('datasources').flatMap(
  (each) => each.datasources ?? [],
);
const dashboards = provisioned<{ providers?: { options?: { path?: string } }[] }>('dashboards')
  .flatMap((each) => each.providers ?? [])
  .flatMap(({ options }) => readDashboards(options?.path ?? ''));

const server = createServer(async (request, response) => {
  const send = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname === '/api/health') return send(200, { database: 'ok', version: '13.1.0', commit: 'stand-in' });
  if (pathname === '/metrics') return void response.writeHead(200).end('grafana_build_info{version="13.1.0"} 1\n');
  if (pathname === '/login')
    return void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Log in</h1>');
  const credentials = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  if (request.headers.authorization !== credentials) return send(401, { message: 'Invalid username or password' });
  if (pathname === '/api/datasources') return send(200, dataSources);
  if (pathname === '/api/search') return send(200, dashboards);
  const health = /^\/api\/datasources\/uid\/([^/]+)\/health$/.exec(pathname);
  const source = dataSources.find(({ uid }) => uid === health?.[1]);
  if (!source) return send(404, { message: 'Not found' });
  const ready = { prometheus: '/-/ready', loki: '/ready', tempo: '/ready' }[source.type] ?? '/';
  const answer = await fetch(new URL(ready, source.url)).catch(() => null);
  return answer?.ok
    ? send(200, { status: 'OK' })
    : send(400, { status: 'ERROR', message: `${source.url} does not answer` });
});
server.listen(3000, '0.0.0.0');
process.on('SIGTERM', () => process.exit(0));

function provisioned<T>(kind: string): T[] {
  const folder = `${provisioning}/${kind}`;
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => parse(readFileSync(`${folder}/${name}`, 'utf8')) as T);
}

function readDashboards(folder: string) {
  if (!folder || !existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as { uid: string; title: string })
    .map(({ uid, title }) => ({ uid, title, type: 'dash-db' }));
}
