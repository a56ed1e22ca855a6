import { execFile } from 'node:child_process';
import { closeSync, openSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findExecutable } from './find-executable';

export interface FoundPython {
  /** What starts it. */
  path: string;
  /** As `3.12`. */
  minor: string;
  /** The program's own environment holds OpenTelemetry's instrumentation. */
  hasOwn: boolean;
  hasPip: boolean;
}

const question = [
  'import sys, importlib.util as u',
  'def has(name):',
  '    try: return u.find_spec(name) is not None',
  '    except Exception: return False',
  "print('%d.%d' % sys.version_info[:2], has('opentelemetry.instrumentation.auto_instrumentation'), has('pip'))",
].join('\n');

/** The interpreter that a command will use: its own, that of its first line, the folder's environment, or the path's. */
export async function findPython(
  command: readonly string[],
  folder: string,
  variables: NodeJS.ProcessEnv,
): Promise<FoundPython | undefined> {
  const windows = process.platform === 'win32';
  const venv = (place: string) => (windows ? join(place, 'Scripts', 'python.exe') : join(place, 'bin', 'python'));
  const own = command.map((word) => (/^python[\d.]*(?:\.exe)?$/.test(basename(word)) ? word : undefined)).find(Boolean);
  const first = findExecutable(command[0] ?? '', variables, folder);
  const candidates = [
    own,
    first && interpreterOf(first.path),
    ...(variables.VIRTUAL_ENV ? [venv(variables.VIRTUAL_ENV)] : []),
    venv(join(folder, '.venv')),
    venv(join(folder, 'venv')),
    'python3',
    'python',
  ];
  for (const candidate of candidates) {
    const found = candidate === undefined ? undefined : findExecutable(candidate, variables, folder);
    if (!found?.mayRun) continue;
    const python = await ask(found.path, folder, variables);
    if (python) return python;
  }
  return undefined;
}

/** Out of the first line of a script. */
function interpreterOf(path: string): string | undefined {
  const bytes = Buffer.alloc(256);
  try {
    const file = openSync(path, 'r');
    const length = readSync(file, bytes, 0, bytes.length, 0);
    closeSync(file);
    const [, program, argument] = /^#!\s*(\S+)[ \t]*(\S*)/.exec(bytes.toString('utf8', 0, length)) ?? [];
    const named = program !== undefined && basename(program) === 'env' ? argument : program;
    return named !== undefined && /^python[\d.]*$/.test(basename(named)) ? named : undefined;
  } catch {
    return undefined;
  }
}

function ask(path: string, folder: string, variables: NodeJS.ProcessEnv): Promise<FoundPython | undefined> {
  return new Promise((resolve) => {
    execFile(
      path,
      ['-c', question],
      { cwd: folder, env: variables, timeout: 10_000, windowsHide: true },
      (error, out) => {
        const [minor, hasOwn, hasPip] = out.trim().split(' ');
        if (error || minor === undefined || !/^3\.\d+$/.test(minor)) return resolve(undefined);
        resolve({ path, minor, hasOwn: hasOwn === 'True', hasPip: hasPip === 'True' });
      },
    );
  });
}
