import { readFile } from 'node:fs/promises';
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

/** What a report of a fault needs, as files; every byte of it went through the mask. */
export async function collectDiagnostics(sources: DiagnosticsSources): Promise<Diagnostics> {
  const status = sources.status();
  const log = await readLog(join(sources.home, 'logs', 'host.log'));
  const clear: [name: string, text: string][] = [
    ['about.json', json(about(status))],
    ['status.json', json({ ...status, ingest: { ...status.ingest, history: undefined } })],
    ['doctor.txt', (await sources.checks()).map(checkLine).join('')],
    ['settings.json', json(sources.settings())],
    ['destinations.json', json(sources.destinations())],
    ['host.log', lastLines(log)],
    ['errors.log', lastLines(log.filter((line) => line.includes('"level":50')))],
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

/** With the file before it: right after a rotation the newest lines stand there. None where there is no log. */
async function readLog(path: string): Promise<string[]> {
  const texts = await Promise.all([`${path}.1`, path].map((file) => readFile(file, 'utf8').catch(() => '')));
  return texts.flatMap((text) => text.split('\n')).filter((line) => line !== '');
}

function lastLines(lines: readonly string[]): string {
  return lines
    .slice(-logLines)
    .map((line) => `${line}\n`)
    .join('');
}
