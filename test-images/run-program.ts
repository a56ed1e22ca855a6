import { spawn } from 'node:child_process';

/** Runs the program that this container is about: it gets the signals, and its end is the container's. */
export function runProgram(command: string, args: readonly string[], output: 'inherit' | 'ignore' = 'inherit'): void {
  const child = spawn(command, args, { stdio: ['ignore', output, 'inherit'] });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}
