import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cliPath, type TestHost } from '../e2e/start-host';

const ROUNDS = 20;

/** What a command takes beyond itself when it is run under Watchtower, a host being there: each pair one after the other. */
export async function measureRunCommand({ home }: Pick<TestHost, 'home'>): Promise<number[]> {
  const env = { ...process.env, WATCHTOWER_HOME: home, WATCHTOWER_TEST: '1', NO_COLOR: '1' };
  const beyond: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const bare = await timed('true', [], env);
    const run = await timed(process.execPath, [cliPath, 'run', '--', 'true'], env);
    beyond.push(run - bare);
  }
  return beyond;
}

async function timed(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const began = performance.now();
  const child = spawn(command, args, { env, stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
  return performance.now() - began;
}
