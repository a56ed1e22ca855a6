import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

export type Runtime = 'node' | 'python' | 'java' | 'go' | 'ruby' | 'php' | 'dotnet' | 'bun' | 'deno' | 'rust' | 'cpp';

const programs: Record<Runtime, RegExp> = {
  node: /^(?:node|npm|npx|yarn|pnpm|tsx|ts-node|next)$/,
  python:
    /^(?:python[\d.]*|uv|poetry|pdm|hatch|pipenv|flask|uvicorn|gunicorn|hypercorn|fastapi|django-admin|celery|pytest)$/,
  java: /^(?:java|mvnw?|gradlew?|kotlin|scala|sbt)$/,
  go: /^go$/,
  ruby: /^(?:ruby|rails|rake|bundle|rackup|puma)$/,
  php: /^(?:php|composer|artisan|symfony)$/,
  dotnet: /^dotnet$/,
  bun: /^bunx?$/,
  deno: /^deno$/,
  rust: /^cargo$/,
  cpp: /^(?:cmake|ninja|bazel)$/,
};

const files: Record<Runtime, RegExp> = {
  node: /^package\.json$/,
  python: /^(?:pyproject\.toml|requirements.*\.txt|setup\.py|Pipfile|manage\.py)$/,
  java: /^(?:pom\.xml|(?:build|settings)\.gradle(?:\.kts)?|build\.sbt)$/,
  go: /^go\.mod$/,
  ruby: /^(?:Gemfile|config\.ru)$/,
  php: /^composer\.json$/,
  dotnet: /\.(?:csproj|fsproj|sln|slnx)$/,
  bun: /^bun\.lockb?$/,
  deno: /^deno\.jsonc?$/,
  rust: /^Cargo\.toml$/,
  cpp: /^CMakeLists\.txt$/,
};

/**
 * The runtimes that a command will start: by its own words; where those say nothing (`make dev`, `./start.sh`), by the
 * files of its folder.
 */
export function detectRuntimes(command: readonly string[], folder: string): Set<Runtime> {
  const all = Object.keys(programs) as Runtime[];
  const words = command.map((word) => basename(word).replace(/\.(?:exe|cmd|bat|sh)$/i, ''));
  const byWords = all.filter((runtime) => words.some((word) => programs[runtime].test(word)));
  const byEnding = all.filter((runtime) => endings[runtime] && words.some((word) => endings[runtime]!.test(word)));
  // The scripts of Deno have the endings of Node.js.
  const named = new Set(byWords.includes('deno') ? byWords : [...byWords, ...byEnding]);
  if (named.size > 0) return named;
  const names = existsSync(folder) ? readdirSync(folder) : [];
  if (existsSync(join(folder, '.venv'))) names.push('requirements.txt');
  return new Set(all.filter((runtime) => names.some((name) => files[runtime].test(name))));
}

const endings: Partial<Record<Runtime, RegExp>> = {
  node: /\.[cm]?[jt]sx?$/,
  python: /\.py$/,
  java: /\.(?:jar|java)$/,
  ruby: /\.rb$/,
  php: /\.php$/,
};
