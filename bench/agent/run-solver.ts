import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Row } from '../benchmark';
import type { Programs } from '../build-programs';
import { countTokens } from './asked-calls';
import type { Incident } from './incident';
import { openAgentHost } from './open-host';
import { sendIncident } from './send-incident';

/** What a solver may take. */
const MOST_MS = 900_000;

/**
 * Gives an incident to a command of the user's, such as an agent without a terminal: the task on standard input, `watchtower` on the path
 * (`watchtower mcp`, `watchtower agent ask`) and the home of the host in `WATCHTOWER_HOME`. What it prints is the answer, which has to name
 * the cause.
 */
export async function runSolver(
  incident: Incident,
  programs: Programs,
  command: string,
  { spans, seed }: { spans: number; seed: number },
): Promise<Row> {
  const host = await openAgentHost(programs.engine);
  try {
    const sent = await sendIncident(incident, host.otlpHttp, spans, seed);
    while (!(await host.core.client.runs.settled({ timeoutMs: 60_000 })).settled);
    const folder = await putOnPath(host.home, programs.cli);
    const began = performance.now();
    const answer = await solve(
      command,
      `${incident.task}\n\nThe telemetry is in Watchtower: ask it. Answer in one sentence what the cause is.\n`,
      {
        ...process.env,
        WATCHTOWER_HOME: host.home,
        PATH: `${folder}${delimiter}${process.env.PATH ?? ''}`,
      },
    );
    const missing = incident.named.filter((word) => !word.test(answer));
    process.stdout.write(`\n${incident.id}\n${answer.trim()}\n`);
    return {
      fault: incident.id,
      spans: sent.spans,
      seconds: (performance.now() - began) / 1000,
      'tokens of the answer': countTokens(answer),
      found: missing.length === 0 ? 'yes' : `does not name ${missing.join(', ')}`,
    };
  } finally {
    await host.close();
  }
}

async function putOnPath(home: string, cli: string): Promise<string> {
  const folder = join(home, 'bin');
  const program = join(folder, 'watchtower');
  await mkdir(folder, { recursive: true });
  await writeFile(program, `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`);
  await chmod(program, 0o755);
  return folder;
}

async function solve(command: string, task: string, env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(command, { shell: true, env, stdio: ['pipe', 'pipe', 'inherit'], timeout: MOST_MS });
  child.stdin.on('error', () => {});
  child.stdin.end(task);
  let answer = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    answer += text;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the solver ended with ${code}`);
  return answer;
}
