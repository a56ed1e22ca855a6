import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { identifyProcess } from '../../ground/identify-process';
import { isSameStart } from '../../ground/process-start';
import { writeFileAtomically } from './write-file-atomically';

/** What `host.json` in the home says about the running host; how the CLI and agents find it. Mode 0600: it holds the token. */
export interface HostFile {
  pid: number;
  /** Of the process, as of `ProcessIdentity`. */
  processStart: string;
  /** Base URL without the token, such as `http://127.0.0.1:4320`. */
  url: string;
  token: string;
  /** Unix milliseconds. */
  startedAt: number;
  version: string;
}

const pathIn = (home: string) => join(home, 'host.json');

export async function writeHostFile(home: string, host: HostFile): Promise<void> {
  await writeFileAtomically(pathIn(home), `${JSON.stringify(host, null, 2)}\n`);
}

export async function removeHostFile(home: string): Promise<void> {
  await rm(pathIn(home), { force: true });
}

/** The host that runs on this home; null when none does, also when a killed one left its file behind. */
export async function findHost(home: string): Promise<HostFile | null> {
  const text = await readFile(pathIn(home), 'utf8').catch(() => null);
  if (text === null) return null;
  const host = parse(text);
  return host && isSameStart(host.processStart, (await identifyProcess(host.pid))?.started ?? null) ? host : null;
}

/** Without a library for schemas: every command reads this one file before it does anything. */
function parse(text: string): HostFile | null {
  let value: Partial<Record<keyof HostFile, unknown>> | null;
  try {
    value = JSON.parse(text) as typeof value;
  } catch {
    return null;
  }
  const { pid, processStart, url, token, startedAt, version } = value ?? {};
  if (typeof pid !== 'number' || !Number.isInteger(pid) || pid <= 0 || typeof startedAt !== 'number') return null;
  if (typeof processStart !== 'string' || typeof url !== 'string') return null;
  if (typeof token !== 'string' || typeof version !== 'string') return null;
  return { pid, processStart, url, token, startedAt, version };
}
