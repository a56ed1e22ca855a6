import { join } from 'node:path';

/** What one language needs around its snippet: a project to put it into, and where its packages are kept. */
export interface SnippetRuntime {
  language: string;
  /** Programs without which it cannot run. */
  programs: readonly string[];
  /** Runs by itself only where a folder of packages is given: its packages have to be built, for minutes. */
  isSlow: boolean;
  /** Shell lines that make the project which the snippet takes for granted. */
  project?: string;
  /** Of the shell that does all of it. */
  environment?(folder: string): Record<string, string>;
  /** Where the packages of this language are kept for the next run. */
  kept?(cache: string): Record<string, string>;
  /** A step as it can be done without the web. */
  inShell?(code: string): string;
}

export const snippetRuntimes: readonly SnippetRuntime[] = [
  {
    language: 'python',
    programs: ['python3'],
    isSlow: false,
    project: 'python3 -m venv .venv',
    environment: (folder) => ({
      PATH: `${join(folder, '.venv', 'bin')}:${process.env.PATH}`,
      VIRTUAL_ENV: join(folder, '.venv'),
    }),
    kept: (cache) => ({ PIP_CACHE_DIR: join(cache, 'pip') }),
  },
  {
    language: 'nodejs',
    programs: ['node', 'npm'],
    isSlow: false,
    environment: () => ({ NODE_OPTIONS: '' }),
    kept: (cache) => ({ npm_config_cache: join(cache, 'npm') }),
  },
  {
    language: 'java',
    programs: ['java', 'mvn'],
    isSlow: true,
    kept: (cache) => ({ MAVEN_OPTS: `-Dmaven.repo.local=${join(cache, 'maven')}` }),
    // The agent of a release page is the one on Maven Central.
    inShell: (code) =>
      code.startsWith('curl ')
        ? `${code} || mvn -q -B dependency:copy -Dartifact=io.opentelemetry.javaagent:opentelemetry-javaagent:LATEST -DoutputDirectory=. -Dmdep.stripVersion=true`
        : code,
  },
  {
    language: 'go',
    programs: ['go'],
    isSlow: true,
    project: 'go mod init demo',
    kept: (cache) => ({
      GOMODCACHE: join(cache, 'go', 'mod'),
      GOCACHE: join(cache, 'go', 'build'),
      GOFLAGS: '-modcacherw',
    }),
  },
  {
    language: 'rust',
    programs: ['cargo'],
    isSlow: true,
    project: 'cargo init --quiet --vcs none --name demo',
    kept: (cache) => ({ CARGO_HOME: join(cache, 'cargo'), CARGO_TARGET_DIR: join(cache, 'cargo-target') }),
  },
];

/** Those that nothing here runs, and why. */
export const notRun: Readonly<Record<string, string>> = {
  dotnet: 'its SDK and packages come from places that the machines of the tests do not reach',
  ruby: 'its gems come from a place that the machines of the tests do not reach',
  php: 'its packages come from a place that the machines of the tests do not reach',
  browser: 'it is bundled into a page by the tools of the app',
  'docker-compose': 'variables for an app of another language',
  kubernetes: 'variables for an app of another language',
};
