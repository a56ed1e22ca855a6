import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { x } from 'tinyexec';
import type { Sender } from './cause';

/** Variables that are looked at; of all others nothing is kept. */
const looked =
  /^(OTEL_\w+|NODE_OPTIONS|PYTHONPATH|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|DOTNET_STARTUP_HOOKS|CORECLR_\w+|(https?|all|no|grpc)_proxy|(HTTPS?|ALL|NO|GRPC)_PROXY)$/;

export type OwnProcess = Sender & { pid: number };

/**
 * The processes of this user with what they were started with, where the system lets it be read: Linux tells it in /proc, macOS by `ps`
 * of processes that are not protected. Others, and other systems, are left out.
 */
export async function readOwnProcesses(): Promise<OwnProcess[]> {
  if (process.platform === 'linux') return fromProc();
  return process.platform === 'darwin' ? fromPs() : [];
}

async function fromProc(): Promise<OwnProcess[]> {
  const own = await readlink('/proc/self/ns/net').catch(() => '');
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry)).map(Number);
  const read = await Promise.all(
    pids.map(async (pid): Promise<OwnProcess | null> => {
      try {
        const [environ, cmdline, network, { ctimeMs, uid }] = await Promise.all([
          readFile(`/proc/${pid}/environ`, 'utf8'),
          readFile(`/proc/${pid}/cmdline`, 'utf8'),
          readlink(`/proc/${pid}/ns/net`).catch(() => own),
          stat(`/proc/${pid}`),
        ]);
        const command = cmdline.split('\0').filter((part, index, all) => index < all.length - 1 || part !== '');
        if (command.length === 0 || uid !== process.getuid?.()) return null;
        return makeProcess(pid, command, environ.split('\0'), network !== own, Date.now() - ctimeMs);
      } catch {
        return null;
      }
    }),
  );
  return read.filter((each) => each !== null);
}

async function fromPs(): Promise<OwnProcess[]> {
  const { stdout } = await x('ps', ['eww', '-U', String(process.getuid?.() ?? ''), '-o', 'pid=,etime=,command=']);
  return stdout.split('\n').flatMap((line) => {
    const [, pid, age, rest] = /^\s*(\d+)\s+([\d:-]+)\s+(.*)$/.exec(line) ?? [];
    if (!pid || !rest) return [];
    const words = rest.split(' ');
    const from = words.findIndex((word, index) => index > 0 && /^[A-Za-z_]\w*=/.test(word));
    const command = from < 0 ? words : words.slice(0, from);
    return makeProcess(Number(pid), command, joinVariables(from < 0 ? [] : words.slice(from)), false, readAge(age!));
  });
}

/** A value with blanks in it goes on until the next name. */
function joinVariables(words: readonly string[]): string[] {
  const variables: string[] = [];
  for (const word of words) {
    if (/^[A-Za-z_]\w*=/.test(word) || variables.length === 0) variables.push(word);
    else variables.push(`${variables.pop()} ${word}`);
  }
  return variables;
}

/** `[[DD-]HH:]MM:SS` in milliseconds. */
function readAge(text: string): number {
  const [days, clock] = text.includes('-') ? text.split('-') : ['0', text];
  const seconds = clock!.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return (Number(days) * 86_400 + seconds) * 1000;
}

function makeProcess(
  pid: number,
  command: readonly string[],
  variables: readonly string[],
  apart: boolean,
  ageMs: number,
): OwnProcess {
  const pairs = variables.map((each) => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)] as const);
  const environment = Object.fromEntries(pairs.filter(([name]) => looked.test(name)));
  return { pid, who: `process ${pid} (${basename(command[0]!)})`, command, environment, apart, ageMs };
}
