import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { writtenGoFlags } from './written-go-flags';

/** What is there to be loaded into the programs of a run; undefined where it is not, and for what nobody needs. */
export interface Instrumentation {
  /** Absolute path of `register.cjs`. */
  node: string;
  /** Folder with `sitecustomize.py`, and the one with a folder of packages for each minor version. */
  python: { start: string; packages: string };
  /** Absolute path of the agent's jar. */
  java?: string | undefined;
  /** Whether Go programs are built through `otelc`. */
  otelc?: boolean;
}

/**
 * Adds to the environment of a command what loads OpenTelemetry into programs that do not bring it along; nothing is replaced, nothing
 * added twice.
 */
export function addInstrumentation(
  variables: NodeJS.ProcessEnv,
  { node, python, java, otelc }: Instrumentation,
  command: readonly string[],
  home = homedir(),
): void {
  const append = (name: string, word: string, separator = ' ') => {
    const before = variables[name] ?? '';
    if (!before.includes(word)) variables[name] = before === '' ? word : `${before}${separator}${word}`;
  };
  const prepend = (name: string, word: string, separator = ' ') => {
    const before = variables[name] ?? '';
    if (!before.split(separator).includes(word))
      variables[name] = before === '' ? word : `${word}${separator}${before}`;
  };
  append('NODE_OPTIONS', `--require ${quoted(node)}`);
  prepend('PYTHONPATH', python.start, delimiter);
  variables.WATCHTOWER_PYTHON_PACKAGES = python.packages;
  if (java !== undefined) {
    append('JAVA_TOOL_OPTIONS', `-javaagent:${quoted(java)}`);
    // The build tools' own machines; those that they start for an application do not get these.
    for (const name of ['MAVEN_OPTS', 'GRADLE_OPTS', 'SBT_OPTS']) append(name, '-Dotel.javaagent.enabled=false');
    // The agent takes a program in one source file for a tool of the JDK, as it is compiled in the same process.
    if (isSourceFile(command)) variables.OTEL_JAVAAGENT_ENABLED ??= 'true';
  }
  if (otelc) {
    variables.GOFLAGS ??= writtenGoFlags(variables);
    append('GOFLAGS', "'-toolexec=otelc toolexec'");
  }
  addDotnet(variables, join(home, '.otel-dotnet-auto'));
}

/** `java Shop.java`, by whatever path and with options of its own. */
function isSourceFile([program = '', ...words]: readonly string[]): boolean {
  return /^java(?:\.exe)?$/.test(basename(program)) && words.some((word) => word.endsWith('.java'));
}

/** The variables of .NET's automatic instrumentation, where its installer has put it and no other profiler is set. */
function addDotnet(variables: NodeJS.ProcessEnv, usual: string): void {
  const folder = variables.OTEL_DOTNET_AUTO_HOME ?? usual;
  if (!existsSync(join(folder, 'store')) || variables.CORECLR_PROFILER) return;
  const library = {
    linux: `linux-${process.arch}/OpenTelemetry.AutoInstrumentation.Native.so`,
    darwin: 'osx-x64/OpenTelemetry.AutoInstrumentation.Native.dylib',
    win32: 'win-x64/OpenTelemetry.AutoInstrumentation.Native.dll',
  }[process.platform as 'linux' | 'darwin' | 'win32'];
  if (library === undefined) return;
  const startup = join(folder, 'net', 'OpenTelemetry.AutoInstrumentation.StartupHook.dll');
  const hooks = variables.DOTNET_STARTUP_HOOKS;
  Object.assign(variables, {
    OTEL_DOTNET_AUTO_HOME: folder,
    CORECLR_ENABLE_PROFILING: '1',
    CORECLR_PROFILER: '{918728DD-259F-4A6A-AC2B-B85E1B658318}',
    CORECLR_PROFILER_PATH: join(folder, library),
    DOTNET_ADDITIONAL_DEPS: join(folder, 'AdditionalDeps'),
    DOTNET_SHARED_STORE: join(folder, 'store'),
    DOTNET_STARTUP_HOOKS: hooks ? `${startup}${delimiter}${hooks}` : startup,
  });
}

/** Both Node.js and Java take double quotes in their variables. */
function quoted(path: string): string {
  return path.includes(' ') ? `"${path.replaceAll('\\', '\\\\')}"` : path;
}
