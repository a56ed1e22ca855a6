import { join } from 'node:path';
import { Settings } from '../../shared/contract/host';
import type { Problem } from '../../shared/problem';
import { type JsonFileOptions, openJsonFile, peekJsonFile } from '../ownership/open-json-file';
import { type ReadSettings, readSettings } from './read-settings';

export interface SettingsStore {
  current(): Settings;
  /** On disk before they are current; the Problem says why the old ones stay. Rejects for values that are none. */
  update(patch: Partial<Settings>): Promise<{ settings: Settings } | { problem: Problem }>;
  subscribe(listener: () => void): () => void;
  /** Set when the file, or some of it, could not be read. */
  readonly problem: Problem | null;
}

const fileIn = (home: string): JsonFileOptions<ReadSettings> => ({
  path: join(home, 'settings.json'),
  what: 'settings',
  consequence: 'the defaults are used',
  afterDamage: '',
  empty: readSettings({}),
  parse: readSettings,
});

/** The settings as they stand, for a process that is not their host: nothing is written, moved or kept aside. */
export async function peekSettings(home: string): Promise<{ settings: Settings; problem: Problem | null }> {
  const place = fileIn(home);
  const { opened, problem } = await peekJsonFile(place);
  return { settings: opened.settings, problem: problem ?? explain(place.path, opened.notUnderstood) };
}

/**
 * Opens `settings.json` in the home. What this version does not understand takes its default and stays in the file until it
 * is changed here; a file that cannot be read is never overwritten.
 */
export async function openSettings(home: string, now: () => number = Date.now): Promise<SettingsStore> {
  const place = fileIn(home);
  const { path } = place;
  const file = await openJsonFile({ ...place, now });
  let current = file.opened.settings;
  let { raw } = file.opened;
  let notUnderstood = [...file.opened.notUnderstood];
  // One follows the other, so that the last update wins on disk and in memory.
  let updating: Promise<unknown> = Promise.resolve();
  const listeners = new Set<() => void>();
  const change = async (patch: Partial<Settings>): Promise<{ settings: Settings } | { problem: Problem }> => {
    const next = Settings.parse({ ...current, ...patch });
    const stillUnknown = notUnderstood.filter((key) => !(key.split('.')[0]! in patch));
    const kept = stillUnknown.map((key) => key.split('.')[0]!);
    const content = { ...raw, ...Object.fromEntries(Object.entries(next).filter(([key]) => !kept.includes(key))) };
    const problem = await file.write(content);
    if (problem) return { problem };
    current = next;
    raw = content;
    notUnderstood = stillUnknown;
    for (const listener of [...listeners]) listener();
    return { settings: next };
  };
  return {
    problem: file.problem ?? explain(path, notUnderstood),
    current: () => current,
    update(patch) {
      const next = updating.then(() => change(patch));
      updating = next.catch(() => {});
      return next;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function explain(path: string, notUnderstood: readonly string[]): Problem | null {
  if (notUnderstood.length === 0) return null;
  return {
    kind: 'settings-unreadable',
    message: `This version does not understand the settings ${notUnderstood.join(', ')} in ${path}; their defaults are used.`,
    hint: 'They stay in the file until they are changed here.',
    lifetime: 'until-seen',
  };
}
