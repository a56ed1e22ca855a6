import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How a repository's programs and tests are run, as its own files say. */
export interface RepositoryCommands {
  readonly start: string | null;
  readonly test: string | null;
}

/** What may stand in a text for an agent: a repository is written by anybody. */
const plainName = /^[A-Za-z0-9:_.-]{1,40}$/;
const starts = ['dev', 'start', 'serve', 'run', 'up'];
const tests = ['test', 'check', 'tests'];

export function findRepositoryCommands(folder: string): RepositoryCommands {
  const found = [ofMake, ofPackage, ofPython, ofGo, ofCargo, ofJava].map((look) => look(folder));
  const first = (which: keyof RepositoryCommands) =>
    found.map((commands) => commands[which]).find((name) => name !== null) ?? null;
  return { start: first('start'), test: first('test') };
}

function read(folder: string, name: string): string | null {
  try {
    return readFileSync(join(folder, name), 'utf8').slice(0, 1_000_000);
  } catch {
    return null;
  }
}

const none: RepositoryCommands = { start: null, test: null };

function ofPackage(folder: string): RepositoryCommands {
  const text = read(folder, 'package.json');
  if (text === null) return none;
  let scripts: unknown;
  try {
    scripts = (JSON.parse(text) as { scripts?: unknown } | null)?.scripts;
  } catch {
    return none;
  }
  if (typeof scripts !== 'object' || scripts === null) return none;
  const names = Object.keys(scripts).filter((name) => plainName.test(name));
  const lock = (name: string) => existsSync(join(folder, name));
  const manager = lock('pnpm-lock.yaml')
    ? 'pnpm'
    : lock('yarn.lock')
      ? 'yarn'
      : lock('bun.lock') || lock('bun.lockb')
        ? 'bun'
        : 'npm';
  const call = (name: string | undefined) =>
    name === undefined ? null : name === 'test' && manager !== 'bun' ? `${manager} test` : `${manager} run ${name}`;
  return { start: call(choose(starts, names)), test: call(choose(tests, names)) };
}

function ofMake(folder: string): RepositoryCommands {
  const text = read(folder, 'Makefile') ?? read(folder, 'makefile') ?? read(folder, 'GNUmakefile');
  const names = [...(text ?? '').matchAll(/^([A-Za-z0-9_.-]{1,40})\s*:(?!=)/gm)].map(([, name]) => name!);
  const call = (name: string | undefined) => (name === undefined ? null : `make ${name}`);
  return { start: call(choose(starts, names)), test: call(choose(tests, names)) };
}

function ofPython(folder: string): RepositoryCommands {
  const text = read(folder, 'pyproject.toml');
  if (text === null && !existsSync(join(folder, 'requirements.txt'))) return none;
  const runner = existsSync(join(folder, 'uv.lock'))
    ? 'uv run '
    : existsSync(join(folder, 'poetry.lock'))
      ? 'poetry run '
      : '';
  const hasTests =
    /pytest/.test(text ?? '') || ['tests', 'test', 'pytest.ini'].some((name) => existsSync(join(folder, name)));
  const start = existsSync(join(folder, 'manage.py')) ? `${runner || ''}python manage.py runserver --noreload` : null;
  return { start, test: hasTests ? `${runner}pytest` : null };
}

function ofGo(folder: string): RepositoryCommands {
  if (!existsSync(join(folder, 'go.mod'))) return none;
  return { start: existsSync(join(folder, 'main.go')) ? 'go run .' : null, test: 'go test ./...' };
}

function ofCargo(folder: string): RepositoryCommands {
  if (!existsSync(join(folder, 'Cargo.toml'))) return none;
  return { start: existsSync(join(folder, 'src', 'main.rs')) ? 'cargo run' : null, test: 'cargo test' };
}

function ofJava(folder: string): RepositoryCommands {
  const has = (name: string) => existsSync(join(folder, name));
  if (has('pom.xml')) return { start: null, test: has('mvnw') ? './mvnw test' : 'mvn test' };
  if (!has('build.gradle') && !has('build.gradle.kts')) return none;
  return { start: null, test: has('gradlew') ? './gradlew test' : 'gradle test' };
}

const choose = (wanted: readonly string[], names: readonly string[]) => wanted.find((name) => names.includes(name));
