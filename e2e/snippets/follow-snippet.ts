import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const stepMs = 900_000;

export interface PrintedSnippet {
  steps: { title: string; syntax: string; code: string; filename?: string }[];
}

/** Does what the snippet says, as it says it: files written, shell lines run one after another in one folder. */
export async function followSnippet(
  snippet: PrintedSnippet,
  folder: string,
  env: NodeJS.ProcessEnv,
  inShell: (code: string) => string,
): Promise<void> {
  for (const step of snippet.steps) {
    if (step.filename) {
      await mkdir(dirname(join(folder, step.filename)), { recursive: true });
      await writeFile(join(folder, step.filename), step.code);
    } else if (step.syntax === 'bash') await runInShell(inShell(step.code), folder, env);
  }
}

export async function runInShell(code: string, folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  await execute('bash', ['-euc', code], { cwd: folder, env, timeout: stepMs, maxBuffer: 64 * 1024 * 1024 });
}
