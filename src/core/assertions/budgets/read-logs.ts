import { distance } from 'fastest-levenshtein';
import { LOG_LEVELS, readLogLevel } from '../../../shared/log-level';
import type { RunTelemetry } from '../../../shared/runs/run-summary';
import { escapeRegex } from '../escape-regex';
import type { YamlMapping } from '../yaml/yaml-mapping';
import type { Budget, RunStore } from './budget';
import { isWhole, mayHold, notWhole } from './may-hold';
import { readBound } from './read-bound';

/** `logs: {error: 0, warn: <= 3, forbid: [...], require: [...]}`. */
export function readLogs(root: YamlMapping): Budget[] {
  const logs = root.mapping('logs');
  if (!logs) return [];
  const levels = LOG_LEVELS.flatMap((level): Budget[] => {
    const bound = readBound(logs, level, { bare: '<=' });
    if (!bound) return [];
    const isOf = (each: { level: string }) => (readLogLevel(each.level) ?? 'unknown') === level;
    const count = (rows: readonly { level: string; count: number }[]) =>
      rows.filter(isOf).reduce((sum, row) => sum + row.count, 0);
    return [
      {
        place: logs.placeOf(level),
        expected: `logs: ${bound.said} of level ${level}`,
        judge: async (telemetry, store) => {
          const { templates } = telemetry;
          const whole = isWhole(telemetry, 'templates', 'lines');
          const stored = whole ? [] : await store.levels();
          const actual = Math.max(count(templates), count(stored));
          const held = mayHold(actual, bound, whole || sum(stored) >= linesOf(telemetry));
          if (held === true) return null;
          if (held === 'unknown') return notWhole(telemetry, `${actual} lines of level ${level}`);
          const most = templates.filter(isOf).sort((a, b) => b.count - a.count);
          const message = `expected ${bound.said} lines of level ${level}, found ${actual}`;
          return { rule: level, message, nearest: shown(most) };
        },
      },
    ];
  });
  const texts = (['forbid', 'require'] as const).flatMap((key) =>
    logs.texts(key).map(
      (text): Budget => ({
        place: logs.placeOf(key),
        expected: key === 'forbid' ? `logs: no line ${text}` : `logs: a line ${text}`,
        judge: async (telemetry, store) => {
          const found = await store.lines(filterOf(text));
          if (found.length > 0)
            return key === 'require' ? null : { rule: 'logs', message: `there are lines ${text}`, nearest: found };
          if (!(await hasAll(store, telemetry))) return notWhole(telemetry, `no line ${text} where it was looked for`);
          if (key === 'forbid') return null;
          const near = telemetry.templates.toSorted((a, b) => distance(a.template, text) - distance(b.template, text));
          return { rule: 'logs', message: `there is no line ${text}`, nearest: shown(near) };
        },
      }),
    ),
  );
  logs.end();
  return [...levels, ...texts];
}

/** Without a `*` it may stand anywhere in the line; `<*>`, as templates have it, is a `*`. */
function filterOf(text: string): string {
  const written = text.replaceAll('<*>', '*');
  if (!written.includes('*')) return `|= ${JSON.stringify(written)}`;
  return `|~ ${JSON.stringify(`(?s)^${written.split('*').map(escapeRegex).join('.*')}$`)}`;
}

/** A line whose time lies far from its run is in the summary, and not among what is looked through. */
async function hasAll(store: RunStore, telemetry: RunTelemetry): Promise<boolean> {
  return sum(await store.levels()) >= linesOf(telemetry);
}

function linesOf({ services }: RunTelemetry): number {
  return services.reduce((all, { logs }) => all + logs, 0);
}

function sum(rows: readonly { count: number }[]): number {
  return rows.reduce((all, { count }) => all + count, 0);
}

function shown(templates: RunTelemetry['templates']): string[] {
  return templates.slice(0, 3).map(({ service, count, example }) => `${count} × ${service} ${example}`);
}
