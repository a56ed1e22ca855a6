import { open } from 'node:fs/promises';
import { arch, cpus, homedir, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { DestinationsStatus } from '../../shared/contract/destinations';
import type { Check, Diagnostics, HostStatus, Settings } from '../../shared/contract/host';

export interface DiagnosticsSources {
  /** Folder of the home, for its log. */
  home: string;
  status(): HostStatus;
  settings(): Settings;
  destinations(): DestinationsStatus;
  checks(): Promise<Check[]>;
  maskSecrets(text: string): string;
}

const logLines = 200;
/** Holds 200 lines of the usual length several times. */
const logTailBytes = 256 * 1024;

/** What a report of a fault needs, as files; every byte of it went through the mask. */
export async function collectDiagnostics(sources: DiagnosticsSources): Promise<Diagnostics> {
  const status = sources.status();
  const clear: [name: string, text: string][] = [
    ['about.json', json(about(status))],
    ['status.json', json({ ...status, ingest: { ...status.ingest, history: undefined } })],
    ['doctor.txt', (await sources.checks()).map(checkLine).join('')],
    ['settings.json', json(sources.settings())],
    ['destinations.json', json(sources.destinations())],
    ['host.log', await readLogTail(join(sources.home, 'logs', 'host.log'))],
  ];
  const user = homedir();
  // As it stands within JSON, where the separators of Windows are escaped.
  const escaped = JSON.stringify(user).slice(1, -1);
  const files = clear.map(([name, text]) => ({
    name,
    text: sources.maskSecrets(text).replaceAll(user, '~').replaceAll(escaped, '~'),
  }));
  return { at: Date.now(), files };
}

function about({ version, host, backend }: HostStatus) {
  const { node, electron, chrome } = process.versions as Record<string, string | undefined>;
  return {
    version,
    host,
    backend,
    platform: `${process.platform} ${release()} ${arch()}`,
    node,
    electron,
    chrome,
    cores: cpus().length,
    memoryBytes: totalmem(),
    uptimeSeconds: Math.round(process.uptime()),
  };
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function checkLine({ state, name, message, hint }: Check): string {
  return `${state}: ${name}: ${message}${hint ? ` (${hint})` : ''}\n`;
}

/** Its last lines; empty where there is no log. */
async function readLogTail(path: string): Promise<string> {
  const file = await open(path).catch(() => null);
  if (!file) return '';
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - logTailBytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
    const lines = buffer.toString('utf8', 0, bytesRead).split('\n');
    return lines.slice(-logLines - 1).join('\n');
  } finally {
    await file.close();
  }
}
