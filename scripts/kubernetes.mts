import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { cluster } from '../src/core/backends/kubernetes/cluster/cluster';
import { thisMachine } from '../src/core/backends/kubernetes/tools/machine';
import { runTool } from '../src/core/backends/kubernetes/tools/run-tool';
import { byMake } from '../src/core/backends/kubernetes/tools/ways';
import { commands } from './kubernetes/commands';

// What the Kubernetes targets of the Makefile do: tsx scripts/kubernetes.mts TARGET [NAME…]
const [target = '', ...names] = process.argv.slice(2);
const command = commands[target];
if (!command) {
  console.error(`One of: ${Object.keys(commands).join(', ')}`);
  process.exit(2);
}

const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopped.abort());

const failure = await command(
  {
    context: cluster.context,
    stackFolder: join(import.meta.dirname, '../resources/stack'),
    run: runTool,
    say: (text) => console.log(text),
    ask,
    wait: (milliseconds) => wait(milliseconds, undefined, { signal: stopped.signal }).catch(() => undefined),
    env: process.env,
    platform: process.platform,
    machine: thisMachine,
    ways: byMake,
    signal: stopped.signal,
  },
  names,
);
if (failure) {
  console.error(`\n${failure.message}\n${failure.hint}`);
  if (failure.details) console.error(`\n${failure.details}`);
  process.exitCode = 1;
}

async function ask(question: string): Promise<boolean> {
  if (process.env.YES === '1') return true;
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${question} [y/N] `, { signal: stopped.signal }).catch(() => '');
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
