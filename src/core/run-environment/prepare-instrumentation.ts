import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instrumentation } from './add-instrumentation';
import { detectRuntimes, type Runtime } from './detect-runtimes';
import { fetchOnce } from './fetch-once';
import { findOtelc } from './find-otelc';
import { findPython } from './find-python';
import { fetchJavaAgent, javaAgentIn } from './java-agent';
import { findOwnSdk } from './node/choose-program';
import { installPythonPackages, pythonPackagesIn } from './python-packages';

export interface Preparation {
  /** Folder and version of Watchtower itself. */
  package: { folder: string; version: string };
  home: string;
  command: readonly string[];
  folder: string;
  variables: NodeJS.ProcessEnv;
  /** What takes a while. */
  say(line: string): void;
}

export interface Prepared {
  instrumentation: Instrumentation;
  /** What is not instrumented, and what the user can do: a sentence each. */
  notes: string[];
}

/** Makes ready what is loaded into a run's programs; what this command needs and is not there yet is fetched, or told. */
export async function prepareInstrumentation(preparation: Preparation): Promise<Prepared> {
  const { home, command, folder, variables, say } = preparation;
  const runtimes = detectRuntimes(command, folder);
  const notes: string[] = [];
  const files = await ownFiles(preparation);
  const requirements = join(files, 'python', 'requirements.txt');
  const list = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const packages = pythonPackagesIn(home, list);
  const attempt = async (what: string, work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      notes.push(`${what} could not be fetched (${(error as Error).message}): it goes on with the environment alone.`);
    }
  };
  if (runtimes.has('python')) {
    const python = await findPython(command, folder, variables);
    if (python && !python.hasOwn && !existsSync(join(packages, python.minor))) {
      if (python.hasPip)
        await attempt("Python's instrumentation", () => installPythonPackages(python, packages, requirements, say));
      else
        notes.push(
          `Python ${python.minor} has no pip, by which its instrumentation is installed: add opentelemetry-distro to the project.`,
        );
    }
  }
  if (runtimes.has('java')) await attempt("Java's agent", () => fetchJavaAgent(home, say));
  const sdk = runtimes.has('node') ? findOwnSdk(folder) : undefined;
  if (sdk !== undefined)
    notes.push(
      `The package.json of this folder names ${sdk}: its Node.js programs set up telemetry themselves, and nothing is loaded into them.`,
    );
  const jar = javaAgentIn(home);
  const otelc = findOtelc(folder, variables);
  if (runtimes.has('go') && otelc !== 'ready') notes.push(`Go programs are not instrumented: ${withoutOtelc[otelc]}`);
  notes.push(...hints(runtimes, variables));
  return {
    instrumentation: {
      node: join(files, 'node', 'register.cjs'),
      python: { start: join(files, 'python', 'start'), packages },
      java: existsSync(jar) ? jar : undefined,
      otelc: otelc === 'ready',
    },
    notes,
  };
}

/** The folder with our own files. Those inside of the desktop app's archive are copied out: only Electron reads that. */
async function ownFiles({ package: { folder, version }, home }: Preparation): Promise<string> {
  const built = join(folder, 'out', 'node', 'instrumentation');
  if (!folder.endsWith('.asar')) return built;
  const place = join(home, 'instrumentation', 'own', version);
  await fetchOnce(place, async (part) => cpSync(built, part, { recursive: true }));
  return place;
}

/** Its setup changes the files of a module, which is the user's to do. */
const withoutOtelc = {
  absent:
    '`go install go.opentelemetry.io/otelc/tool/cmd/otelc@latest` and `otelc setup` in the module, or `watchtower snippet go`.',
  unprepared: '`otelc setup` was not run in this module; it adds to its go.mod.',
} as const;

function hints(runtimes: ReadonlySet<Runtime>, variables: NodeJS.ProcessEnv): string[] {
  const found: string[] = [];
  if (runtimes.has('php'))
    found.push('PHP programs are seen where the extension `opentelemetry` is loaded: `watchtower snippet php`.');
  if (runtimes.has('bun'))
    found.push('Bun loads no instrumentation by itself: `watchtower snippet node` has the lines.');
  if (runtimes.has('rust'))
    found.push('Rust programs have to set up OpenTelemetry: `watchtower snippet rust` has the lines.');
  if (runtimes.has('cpp'))
    found.push('C++ programs have to set up OpenTelemetry; its SDK reads the environment that is set.');
  if (runtimes.has('ruby') && !variables.RUBYOPT?.includes('opentelemetry'))
    found.push('Ruby programs are seen with the gem opentelemetry-auto-instrumentation: `watchtower snippet ruby`.');
  if (
    runtimes.has('dotnet') &&
    !variables.CORECLR_PROFILER_PATH &&
    !existsSync(join(variables.HOME ?? '', '.otel-dotnet-auto', 'store'))
  )
    found.push('.NET programs are seen where its automatic instrumentation is installed: `watchtower snippet dotnet`.');
  return found;
}
