import { realpathSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { findPackage, type PackageFile } from './find-package';
import { isEsModule } from './is-es-module';

/** Packages whose own processes are never what somebody wants to see: what they start may be. */
const tools = new Set(
  [
    'npm npx yarn pnpm corepack bun @yarnpkg/cli lerna nx turbo rush @microsoft/rush wireit',
    'typescript tsx vite vite-node esbuild rollup rolldown webpack webpack-cli webpack-dev-server parcel @swc/cli @babel/cli',
    'tsup tsdown unbuild @rspack/cli @rspack/core gulp gulp-cli grunt grunt-cli',
    'eslint prettier @biomejs/biome oxlint stylelint knip dependency-cruiser @typescript/native-preview',
    'nodemon concurrently npm-run-all npm-run-all2 cross-env cross-env-shell dotenv-cli env-cmd wait-on start-server-and-test',
    'husky lint-staged patch-package node-gyp rimraf shx mkdirp pm2 forever onchange chokidar-cli',
    '@playwright/test playwright cypress vitest',
    'electron-vite electron-builder @electron/rebuild storybook @angular/cli @vue/cli-service react-scripts',
    'opencode-ai @anthropic-ai/claude-code @openai/codex @google/gemini-cli @github/copilot watchtower',
  ].flatMap((line) => line.split(' ')),
);

/** The same where they stand outside of a `node_modules`. */
const toolFiles = /^(?:npm|npx|yarn|pnpm|pnpx|corepack)(?:-cli)?(?:\.[cm]?js)?$/;

/** Who depends on one of these sets up telemetry itself: two would count everything twice. */
const ownSdks = [
  /^@opentelemetry\/(?:sdk-node|sdk-trace-node|sdk-trace-base|auto-instrumentations-node)$/,
  /^(?:dd-trace|newrelic|elastic-apm-node|applicationinsights|@sentry\/node|@logfire\/node)$/,
  /^@(?:azure\/monitor-opentelemetry|elastic\/opentelemetry-node|splunk\/otel|honeycombio\/opentelemetry-node|vercel\/otel)$/,
];

export type Choice =
  | { instrument: true; esModules: boolean; service?: string }
  | { instrument: false; because: string };

/** Whether a Node.js process is an application to be seen: `script` is what it was started with, as of `process.argv[1]`. */
export function chooseProgram(script: string | undefined, folder: string, throughTsx: boolean): Choice {
  const file = script === undefined ? undefined : resolved(script);
  const tool = file === undefined ? undefined : toolOf(file);
  if (tool !== undefined) return { instrument: false, because: `${tool} is a tool` };
  const own = findPackage(file === undefined ? folder : dirname(file));
  const sdk = ownSdkOf(own);
  if (sdk !== undefined) return { instrument: false, because: `it sets up ${sdk} itself` };
  // What is told on the command line, or comes by a pipe, has the folder alone.
  const service = own?.name ?? (file === undefined ? basename(folder) : basename(file).replace(/\.[cm]?[jt]sx?$/, ''));
  return { instrument: true, esModules: isEsModule(file, throughTsx), ...(service !== '' && { service }) };
}

/** The package by which programs of a folder set up telemetry themselves. */
export function findOwnSdk(folder: string): string | undefined {
  return ownSdkOf(findPackage(folder));
}

function ownSdkOf(own: PackageFile | undefined): string | undefined {
  return Object.keys({ ...own?.dependencies, ...own?.devDependencies }).find((name) =>
    ownSdks.some((each) => each.test(name)),
  );
}

function toolOf(file: string): string | undefined {
  const path = file.replaceAll('\\', '/');
  // The innermost package is the one that it belongs to.
  const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)(?:\/|$)/.exec(path) ?? [];
  if (name !== undefined) return tools.has(name) ? name : undefined;
  if (toolFiles.test(basename(path))) return basename(path);
  const own = findPackage(dirname(file));
  return own?.name !== undefined && tools.has(own.name) ? own.name : undefined;
}

function resolved(script: string): string {
  try {
    return realpathSync(script);
  } catch {
    return script;
  }
}
