import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addInstrumentation } from './add-instrumentation';
import { composeEnvironment, type RunFacts } from './compose-environment';
import { detectRuntimes } from './detect-runtimes';
import { findExecutable } from './find-executable';
import { nameService } from './name-service';
import { chooseProgram } from './node/choose-program';
import { prepareInstrumentation } from './prepare-instrumentation';

const run: RunFacts = {
  id: 'abcdefgh',
  name: 'my shop',
  command: ['node', 'app.js', '--x=1,2'],
  folder: '/home/me/my shop',
  revision: { commit: 'c'.repeat(40), branch: 'main', repository: 'shop', dirty: true },
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
};
const target = { otlpHttp: 'http://127.0.0.1:4318', otlpGrpc: 'http://127.0.0.1:4317' };
const compose = (user: NodeJS.ProcessEnv, service?: string) => composeEnvironment(user, run, { ...target, service });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wt-environment-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(path: string, text: string, mode = 0o644): Promise<string> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { mode });
  return file;
}

describe('composeEnvironment', () => {
  it('points every SDK here, soon and with everything', () => {
    const { variables, leftAlone } = compose({ PATH: '/bin' });
    expect(variables).toMatchObject({
      PATH: '/bin',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_TRACES_SAMPLER: 'always_on',
      OTEL_METRIC_EXPORT_INTERVAL: '2000',
      TRACEPARENT: `00-${run.traceId}-${run.spanId}-01`,
      WATCHTOWER_RUN_ID: 'abcdefgh',
    });
    expect(leftAlone).toEqual([]);
    expect(variables.OTEL_SERVICE_NAME).toBeUndefined();
  });

  it('encodes attributes and puts them behind those of the user', () => {
    const { OTEL_RESOURCE_ATTRIBUTES: text = '' } = compose({
      OTEL_RESOURCE_ATTRIBUTES: 'team=blue%20sky,watchtower.run.id=of-the-outer-run',
    }).variables;
    const pairs = text.split(',').map((pair) => pair.split('=').map(decodeURIComponent));
    expect(pairs[0]).toEqual(['team', 'blue sky']);
    expect(Object.fromEntries(pairs)).toMatchObject({
      'watchtower.run.id': 'abcdefgh',
      'watchtower.run.name': 'my shop',
      'watchtower.run.command': 'node app.js --x=1,2',
      'watchtower.run.dirty': 'true',
      'process.working_directory': '/home/me/my shop',
      'vcs.ref.head.name': 'main',
    });
    expect(pairs.filter(([key]) => key === 'watchtower.run.id')).toHaveLength(1);
  });

  it('leaves alone what the user has set, and says so', () => {
    const user = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://elsewhere:1',
      OTEL_TRACES_EXPORTER: 'console',
      OTEL_SERVICE_NAME: 'mine',
    };
    const { variables, leftAlone } = compose(user);
    expect(variables).toMatchObject(user);
    expect(variables.OTEL_EXPORTER_OTLP_PROTOCOL).toBeUndefined();
    expect(leftAlone).toEqual(['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_TRACES_EXPORTER']);
    expect(compose(user, 'shop').variables.OTEL_SERVICE_NAME).toBe('shop');
  });

  it('calls a program by the usual name only where the user names none, in either variable', () => {
    const named = (user: NodeJS.ProcessEnv) =>
      composeEnvironment(user, run, { ...target, usualService: 'shop' }).variables.OTEL_SERVICE_NAME;
    expect(named({ OTEL_RESOURCE_ATTRIBUTES: 'my.service.name=x' })).toBe('shop');
    expect(named({ OTEL_SERVICE_NAME: 'mine' })).toBe('mine');
    expect(named({ OTEL_RESOURCE_ATTRIBUTES: 'team=blue, service.name=mine' })).toBeUndefined();
  });

  it('gives who chose gRPC the endpoint of gRPC', () => {
    expect(compose({ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }).variables.OTEL_EXPORTER_OTLP_ENDPOINT).toBe(
      target.otlpGrpc,
    );
  });

  it('takes what an outer run has set for no choice of the user', () => {
    const outer = composeEnvironment({}, { ...run, id: 'zzzzzzzz' }, { otlpHttp: 'http://127.0.0.1:1' }).variables;
    const { variables, leftAlone } = compose(outer);
    expect(variables.OTEL_EXPORTER_OTLP_ENDPOINT).toBe(target.otlpHttp);
    expect(leftAlone).toEqual([]);
  });

  it('leaves nothing in place of an outer run that it would not set itself', () => {
    const outer = composeEnvironment({ OTEL_RESOURCE_ATTRIBUTES: 'team=blue' }, run, {
      ...{ ...target, service: 'outer' },
    }).variables;
    const { revision: _none, ...elsewhere } = { ...run, id: 'zzzzzzzz' };
    const { variables, leftAlone } = composeEnvironment(outer, elsewhere, {});
    expect(variables.OTEL_SERVICE_NAME).toBeUndefined();
    expect(variables.OTEL_EXPORTER_OTLP_ENDPOINT).toBeUndefined();
    expect(variables.OTEL_RESOURCE_ATTRIBUTES).not.toContain('vcs.');
    expect(variables.OTEL_RESOURCE_ATTRIBUTES).toMatch(/^team=blue,watchtower\.run\.id=zzzzzzzz,/);
    expect(leftAlone).toEqual([]);
  });

  it('takes for a choice of the user what was changed within an outer run', () => {
    const outer = compose({}, 'outer').variables;
    const { variables, leftAlone } = compose({ ...outer, OTEL_SERVICE_NAME: 'inner', OTEL_TRACES_EXPORTER: 'console' });
    expect(variables).toMatchObject({ OTEL_SERVICE_NAME: 'inner', OTEL_TRACES_EXPORTER: 'console' });
    expect(leftAlone).toEqual(['OTEL_TRACES_EXPORTER']);
  });
});

describe('addInstrumentation', () => {
  const files = {
    node: '/opt/a b/register.cjs',
    python: { start: '/start', packages: '/packages' },
    java: '/agent.jar',
  };

  it('adds to what is there, quotes, and adds nothing twice', () => {
    const variables: NodeJS.ProcessEnv = {
      NODE_OPTIONS: '--max-old-space-size=99',
      PYTHONPATH: '/mine',
      JAVA_TOOL_OPTIONS: '-Xmx1g',
      PATH: '',
    };
    addInstrumentation(variables, files, [], folder);
    const once = { ...variables };
    addInstrumentation(variables, files, [], folder);
    expect(variables).toEqual(once);
    expect(variables).toMatchObject({
      NODE_OPTIONS: '--max-old-space-size=99 --require "/opt/a b/register.cjs"',
      PYTHONPATH: `/start${delimiter}/mine`,
      JAVA_TOOL_OPTIONS: '-Xmx1g -javaagent:/agent.jar',
      MAVEN_OPTS: '-Dotel.javaagent.enabled=false',
    });
    expect(variables.CORECLR_PROFILER).toBeUndefined();
  });

  it.each([
    { command: ['java', '-Xmx64m', 'Shop.java', 'x'], set: 'true' },
    { command: ['/opt/jdk/bin/java', 'src/Shop.java'], set: 'true' },
    { command: ['java', '-jar', 'shop.jar'], set: undefined },
    { command: ['javac', 'Shop.java'], set: undefined },
  ])('has the agent look into a program in one source file alone: $command', ({ command, set }) => {
    const variables: NodeJS.ProcessEnv = { PATH: '' };
    addInstrumentation(variables, files, command, folder);
    expect(variables.OTEL_JAVAAGENT_ENABLED).toBe(set);
    const off: NodeJS.ProcessEnv = { PATH: '', OTEL_JAVAAGENT_ENABLED: 'false' };
    addInstrumentation(off, files, command, folder);
    expect(off.OTEL_JAVAAGENT_ENABLED).toBe('false');
  });

  it('builds Go programs through otelc where that is told', async () => {
    const variables: NodeJS.ProcessEnv = { PATH: '', GOFLAGS: '-mod=mod' };
    addInstrumentation(variables, files, [], folder);
    expect(variables.GOFLAGS).toBe('-mod=mod');
    addInstrumentation(variables, { ...files, otelc: true }, [], folder);
    expect(variables.GOFLAGS).toBe("-mod=mod '-toolexec=otelc toolexec'");
    // What `go env -w` has written is hidden by a variable.
    const GOENV = await write('go/env', 'GOPROXY=direct\nGOFLAGS=-buildvcs=false\n');
    const quiet: NodeJS.ProcessEnv = { PATH: '', GOENV };
    addInstrumentation(quiet, { ...files, otelc: true }, [], folder);
    expect(quiet.GOFLAGS).toBe("-buildvcs=false '-toolexec=otelc toolexec'");
  });
});

describe('chooseProgram', () => {
  const choose = (script: string | undefined, tsx = false) => chooseProgram(script, folder, tsx);

  it('instruments an application and calls it by its package', async () => {
    await write('package.json', '{"name":"shop"}');
    const app = await write('src/app.js', 'require("http")');
    expect(choose(app)).toEqual({ instrument: true, esModules: false, service: 'shop' });
    expect(choose(undefined)).toMatchObject({ instrument: true, service: 'shop' });
  });

  it('calls a script of the command line by its folder where there is no package', () => {
    expect(choose(undefined)).toMatchObject({ instrument: true, service: basename(folder) });
    expect(chooseProgram(undefined, '/', false)).toEqual({ instrument: true, esModules: expect.any(Boolean) });
  });

  it.each(['npm', 'typescript', 'vite', '@biomejs/biome', 'tsx'])(
    'leaves %s alone, also behind a link',
    async (name) => {
      const cli = await write(`node_modules/${name}/bin/cli.js`, '');
      await mkdir(join(folder, 'node_modules/.bin'));
      const link = join(folder, 'node_modules/.bin/cli');
      await symlink(cli, link);
      expect(choose(link)).toMatchObject({ instrument: false });
    },
  );

  it('leaves alone who sets up telemetry itself, or it would be counted twice', async () => {
    await write('package.json', '{"name":"shop","dependencies":{"@opentelemetry/sdk-node":"1"}}');
    expect(choose(await write('app.js', ''))).toEqual({
      instrument: false,
      because: 'it sets up @opentelemetry/sdk-node itself',
    });
  });

  it('and says so before it is run', async () => {
    await write('out/node/instrumentation/python/requirements.txt', '');
    const prepare = async (command: string[]) => {
      const own = { folder, version: '1.0.0' };
      const home = join(folder, 'home');
      return (await prepareInstrumentation({ package: own, home, command, folder, variables: {}, say() {} })).notes;
    };
    await write('package.json', '{"dependencies":{"express":"5"}}');
    expect(await prepare(['node', 'app.js'])).toEqual([]);
    await write('package.json', '{"devDependencies":{"dd-trace":"5"}}');
    expect(await prepare(['npm', 'start'])).toEqual([expect.stringMatching(/names dd-trace.*nothing is loaded into/)]);
    expect(await prepare(['ruby', 'app.rb'])).toEqual([expect.stringContaining('Ruby')]);
  });

  it('builds Go programs through otelc only in a module that was set up for it, since it fails others', async () => {
    await write('own/out/node/instrumentation/python/requirements.txt', '');
    const own = { folder: join(folder, 'own'), version: '1.0.0' };
    const variables: NodeJS.ProcessEnv = { PATH: join(folder, 'bin') };
    const place = join(folder, 'shop', 'cmd');
    const prepare = async () => {
      const command = ['go', 'run', '.'];
      const asked = { package: own, home: folder, command, folder: place, variables, say() {} };
      const { instrumentation, notes } = await prepareInstrumentation(asked);
      return [instrumentation.otelc, ...notes];
    };
    await mkdir(place, { recursive: true });
    expect(await prepare()).toEqual([false, expect.stringMatching(/^Go.*not instrumented: `go install .*otelc setup/)]);
    await write('bin/otelc', '', 0o755);
    expect(await prepare()).toEqual([false, expect.stringMatching(/^Go.*`otelc setup` was not run in this module/)]);
    await mkdir(join(folder, 'shop', '.otelc-build'));
    expect(await prepare()).toEqual([true]);
    variables.OTELC_WORK_DIR = folder;
    expect(await prepare()).toEqual([false, expect.stringContaining('was not run')]);
  });

  it('hooks ES modules where the program may have some', async () => {
    await write('package.json', '{"name":"shop"}');
    const esm = async (path: string, text: string, tsx = false) => {
      const choice = choose(await write(path, text), tsx);
      return 'esModules' in choice && choice.esModules;
    };
    expect(await esm('a.mjs', '')).toBe(true);
    expect(await esm('a.cjs', '')).toBe(false);
    expect(await esm('b.js', "import x from 'x';")).toBe(true);
    expect(await esm('c.ts', "import x from 'x';", true)).toBe(false);
    await write('package.json', '{"name":"shop","type":"module"}');
    expect(await esm('c.ts', "import x from 'x';", true)).toBe(true);
  });
});

it('finds the program that a shell finds, and tells one that may not be run', async () => {
  await write('one/tool', '', 0o644);
  const second = await write('two/tool', '', 0o755);
  const variables = { PATH: [join(folder, 'one'), join(folder, 'two')].join(delimiter) };
  expect(findExecutable('tool', variables)).toEqual({ path: second, mayRun: true });
  expect(findExecutable('./one', variables, folder)).toEqual({ path: join(folder, 'one'), mayRun: false });
  expect(findExecutable('absent', variables)).toBeUndefined();
});

it('goes by the words of a command, and by the folder where they say nothing', async () => {
  await write('pyproject.toml', '');
  await write('package.json', '{}');
  expect([...detectRuntimes(['java', '-jar', 'a.jar'], folder)]).toEqual(['java']);
  expect([...detectRuntimes(['.venv/bin/uvicorn', 'app:app'], folder)]).toEqual(['python']);
  expect([...detectRuntimes(['make', 'dev'], folder)].sort()).toEqual(['node', 'python']);
  expect([...detectRuntimes(['deno', 'run', 'app.mjs'], folder)]).toEqual(['deno']);
});

describe('nameService', () => {
  it.each([
    ['the run, where its programs would have no name at all', ['deno', 'run', 'app.ts'], 'shop'],
    ['the run, where they are started by what has no runtime of its own', ['./start.sh'], 'shop'],
    ['nothing, where each has a name of its own', ['node', 'app.js'], undefined],
    ['nothing, where an executable tells them apart', ['go', 'run', '.'], undefined],
  ])('names %s', async (_, command, name) => {
    await write('Gemfile', '');
    expect(nameService(command, folder, 'shop', {})).toBe(name);
  });

  it('names the run for what otelc builds, which leaves the executable out', async () => {
    const otelc = await write('bin/otelc', '', 0o755);
    const variables = { PATH: dirname(otelc) };
    await mkdir(join(folder, '.otelc-build'));
    expect(nameService(['go', 'run', '.'], folder, 'shop', variables)).toBe('shop');
    expect(nameService(['go', 'run', '.', 'node'], folder, 'shop', variables)).toBeUndefined();
  });

  it('names nothing where programs of several runtimes may be started, or nobody knows which', async () => {
    expect(nameService(['./start.sh'], folder, 'shop', {})).toBeUndefined();
    await write('Gemfile', '');
    await write('package.json', '{}');
    expect(nameService(['./start.sh'], folder, 'shop', {})).toBeUndefined();
  });
});
