import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { identifyProcess } from '../../ground/identify-process';
import { isSameStart } from '../../ground/process-start';
import { writeFileAtomically } from './write-file-atomically';

/** What `host.json` in the home says about the running host; how the CLI and agents find it. Mode 0600: it holds the token. */
export const HostFile = z.object({
  pid: z.number().int().positive(),
  /** Of the process, as of `ProcessIdentity`. */
  processStart: z.string(),
  /** Base URL without the token, such as `http://127.0.0.1:4320`. */
  url: z.string(),
  token: z.string(),
  /** Unix milliseconds. */
  startedAt: z.number(),
  version: z.string(),
});
export type HostFile = z.infer<typeof HostFile>;

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
  const parsed = HostFile.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const { pid, processStart } = parsed.data;
  return isSameStart(processStart, (await identifyProcess(pid))?.started ?? null) ? parsed.data : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
