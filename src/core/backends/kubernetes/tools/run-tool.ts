import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';

export type Tool = 'docker' | 'kind' | 'kubectl' | 'helm';

export interface Ran {
  /** 127 where the program is not on the path. */
  code: number;
  stdout: string;
  stderr: string;
}

interface RunOptions {
  /** Given to its standard input: what no other user may read in an argument list. */
  input?: string;
  /** Its output goes to the terminal as it comes; `stderr` is kept as well. */
  show?: boolean;
  signal?: AbortSignal;
  /** Told of each line of its output as it comes. */
  onLine?: (line: string) => void;
}

export type RunTool = (tool: Tool, args: readonly string[], options?: RunOptions) => Promise<Ran>;

/** Runs a tool of the user's by an argument array, without a shell. */
export const runTool: RunTool = async (tool, args, { input, show = false, signal, onLine } = {}) => {
  const child = spawn(tool, args, { stdio: 'pipe', env: toolEnvironment(), ...(signal ? { signal } : {}) });
  const ran: Ran = { code: 0, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (show) process.stdout.write(text);
    else ran.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (show) process.stderr.write(text);
    ran.stderr += text;
  });
  if (onLine) for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', onLine);
  // A program that ends without reading says why by itself.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? '');
  ran.code = await new Promise<number>((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') resolve(127);
      else if (error.name === 'AbortError') resolve(130);
      else resolve(126);
    });
    child.once('close', (code) => resolve(code ?? 130));
  });
  if (child.pid !== undefined) await finished(child.stdout, { writable: false }).catch(() => undefined);
  return ran;
};

/** An app that was not started from a shell knows nothing of the folders of Homebrew. */
function toolEnvironment(): NodeJS.ProcessEnv {
  if (process.platform !== 'darwin') return process.env;
  const folders = [process.env.PATH ?? '', '/opt/homebrew/bin', '/usr/local/bin'];
  return { ...process.env, PATH: folders.filter(Boolean).join(delimiter) };
}
