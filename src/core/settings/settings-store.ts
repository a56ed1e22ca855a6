import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Settings } from '../../shared/contract/host';
import type { Problem } from '../../shared/problem';
import { writeFileAtomically } from '../ownership/write-file-atomically';

const defaults: Settings = {
  backend: 'embedded',
  pipeline: { faro: false, scrapeTargets: [] },
  theme: 'system',
  serviceName: 'my-app',
  shell: process.platform === 'win32' ? 'powershell' : 'bash',
  language: 'python',
  retention: { maxAgeHours: 72, maxBytes: 2 * 1024 ** 3 },
  desktop: { openAtLogin: false, startHidden: true, keepRunning: true, onQuit: 'ask' },
};

export interface SettingsStore {
  current(): Settings;
  update(patch: Partial<Settings>): Promise<Settings>;
  subscribe(listener: () => void): () => void;
  /** Set when the file could not be read and was kept aside. */
  readonly problem: Problem | null;
}

/** Opens `settings.json` in the home. A missing key takes its default; an unreadable file is kept aside, never overwritten. */
export async function openSettings(home: string, now: () => number = Date.now): Promise<SettingsStore> {
  const path = join(home, 'settings.json');
  const { settings, problem } = await read(path, now);
  let current = settings;
  // Writes follow one another, so that the last update wins on disk as it does in memory.
  let writing: Promise<void> = Promise.resolve();
  const listeners = new Set<() => void>();
  return {
    problem,
    current: () => current,
    async update(patch) {
      current = Settings.parse({ ...current, ...patch });
      const text = `${JSON.stringify(current, null, 2)}\n`;
      writing = writing.catch(() => {}).then(() => writeFileAtomically(path, text));
      await writing;
      for (const listener of [...listeners]) listener();
      return current;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function read(path: string, now: () => number): Promise<{ settings: Settings; problem: Problem | null }> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { settings: defaults, problem: null };
    return { settings: defaults, problem: unreadable(path, (error as Error).message) };
  }
  const parsed = parse(text);
  if (parsed.settings) return { settings: parsed.settings, problem: null };
  const aside = `${path}.bad-${now()}`;
  await rename(path, aside);
  return { settings: defaults, problem: unreadable(path, parsed.reason, aside) };
}

function parse(text: string): { settings: Settings } | { settings: null; reason: string } {
  try {
    const parsed = Settings.safeParse({ ...defaults, ...z.record(z.string(), z.unknown()).parse(JSON.parse(text)) });
    if (parsed.success) return { settings: parsed.data };
    const issue = parsed.error.issues[0];
    return { settings: null, reason: `${issue?.path.join('.')}: ${issue?.message}` };
  } catch (error) {
    return { settings: null, reason: (error as Error).message };
  }
}

function unreadable(path: string, reason: string, aside?: string): Problem {
  return {
    kind: 'settings-unreadable',
    message: `The settings in ${path} could not be read (${reason}); the defaults are used.`,
    hint: aside ? `The old file is kept as ${aside}.` : 'Make the file readable for this user.',
  };
}
