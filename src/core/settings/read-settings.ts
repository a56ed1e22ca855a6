import { z } from 'zod';
import { Settings } from '../../shared/contract/host';

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

export interface ReadSettings {
  settings: Settings;
  /** The file's own content, with what this version does not know. */
  raw: Record<string, unknown>;
  /** Keys whose value is not understood, such as `desktop.onQuit`: their defaults are used. */
  notUnderstood: readonly string[];
}

/**
 * Every key for itself: a missing one takes its default, and so does one whose value is none of this version's, as after
 * a newer version ran here. Throws where the value is no object.
 */
export function readSettings(value: unknown): ReadSettings {
  const raw = z.record(z.string(), z.unknown()).parse(value);
  const notUnderstood: string[] = [];
  const settings = readObject(Settings, raw, defaults, '', notUnderstood);
  return { settings: Settings.parse(settings), raw, notUnderstood };
}

function readObject(
  schema: z.ZodObject,
  raw: Record<string, unknown>,
  fallback: Record<string, unknown>,
  path: string,
  notUnderstood: string[],
): Record<string, unknown> {
  const read = Object.entries(schema.shape).map(([key, each]) => {
    const given = raw[key];
    const place = `${path}${key}`;
    if (given === undefined) return [key, fallback[key]];
    const parsed = (each as z.ZodType).safeParse(given);
    if (parsed.success) return [key, parsed.data];
    if (each instanceof z.ZodObject && typeof given === 'object' && given !== null && !Array.isArray(given)) {
      const inner = fallback[key] as Record<string, unknown>;
      return [key, readObject(each, given as Record<string, unknown>, inner, `${place}.`, notUnderstood)];
    }
    notUnderstood.push(place);
    return [key, fallback[key]];
  });
  return Object.fromEntries(read.filter(([, item]) => item !== undefined));
}
