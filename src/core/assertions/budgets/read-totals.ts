import { distance } from 'fastest-levenshtein';
import { LOG_LEVELS, readLogLevel } from '../../../shared/log-level';
import type { RunTelemetry } from '../../../shared/runs/run-summary';
import { holds } from '../comparison';
import type { YamlMapping } from '../yaml/yaml-mapping';
import type { Budget } from './budget';
import { type Bound, readBound } from './read-bound';
import { matchesWildcard } from './wildcard';

/** `traces`, `errors` (spans that failed) and `services` of the whole run. */
export function readTotals(root: YamlMapping): Budget[] {
  const totals = [
    { key: 'traces', bare: '==', noun: 'traces', of: ({ traces }: RunTelemetry) => traces },
    { key: 'errors', bare: '<=', noun: 'failed spans', of: ({ errorSpans }: RunTelemetry) => errorSpans },
  ] as const;
  const bounded = totals.flatMap(({ key, bare, noun, of }) => {
    const bound = readBound(root, key, { bare });
    if (!bound) return [];
    return counted(root, key, `${bound.said} ${noun}`, noun, bound, of, key === 'errors' ? failedShapes : undefined);
  });
  const services = root.texts('services').map(
    (service): Budget => ({
      place: root.placeOf('services'),
      expected: `service ${service}: it sent something`,
      judge: (telemetry) =>
        telemetry.services.some(({ name }) => name === service)
          ? null
          : {
              rule: 'services',
              message: `nothing came from the service ${service}`,
              nearest: telemetry.services.map(({ name }) => name).slice(0, 5),
            },
    }),
  );
  return [...bounded, ...services];
}

/** `logs: {error: 0, warn: <= 3, forbid: [...], require: [...]}`. */
export function readLogs(root: YamlMapping): Budget[] {
  const logs = root.mapping('logs');
  if (!logs) return [];
  const levels = LOG_LEVELS.flatMap((level) => {
    const bound = readBound(logs, level, { bare: '<=' });
    if (!bound) return [];
    const isOf = (each: { level: string }) => (readLogLevel(each.level) ?? 'unknown') === level;
    return counted(
      logs,
      level,
      `logs: ${bound.said} of level ${level}`,
      `lines of level ${level}`,
      bound,
      ({ templates }) => templates.filter(isOf).reduce((sum, { count }) => sum + count, 0),
      ({ templates }) =>
        templates
          .filter(isOf)
          .sort((a, b) => b.count - a.count)
          .map(({ service, count, example }) => `${count} × ${service} ${example}`),
    );
  });
  const texts = (['forbid', 'require'] as const).flatMap((key) =>
    logs.texts(key).map(
      (text): Budget => ({
        place: logs.placeOf(key),
        expected: key === 'forbid' ? `logs: no line ${text}` : `logs: a line ${text}`,
        judge: ({ templates }) => {
          const found = templates.filter(({ template, example }) => isSaid(template, text) || isSaid(example, text));
          if (found.length > 0 === (key === 'require')) return null;
          const shown =
            key === 'forbid'
              ? found
              : [...templates].sort((a, b) => distance(a.template, text) - distance(b.template, text));
          return {
            rule: 'logs',
            message: key === 'forbid' ? `there are lines ${text}` : `there is no line ${text}`,
            nearest: shown.slice(0, 3).map(({ service, count, example }) => `${count} × ${service} ${example}`),
          };
        },
      }),
    ),
  );
  logs.end();
  return [...levels, ...texts];
}

/** Without a `*` it may stand anywhere in the line. */
function isSaid(line: string, text: string): boolean {
  return text.includes('*') ? matchesWildcard(line, text) : line.includes(text);
}

/** What a metric of the run came to: counters of all services together, each gauge by itself. */
export function readMetrics(root: YamlMapping): Budget[] {
  const metrics = root.mapping('metrics');
  if (!metrics) return [];
  return metrics.keys().flatMap((name) => {
    const bound = readBound(metrics, name, { bare: '==' });
    if (!bound) return [];
    return {
      place: metrics.placeOf(name),
      expected: `metric ${name}: ${bound.said}`,
      judge: (telemetry: RunTelemetry) => {
        const facts = telemetry.metrics.filter((fact) => fact.name === name);
        const near = [...telemetry.metrics].sort((a, b) => distance(a.name, name) - distance(b.name, name)).slice(0, 3);
        const nearest = (facts.length > 0 ? facts : near).map((fact) => `${fact.service} ${fact.name} = ${fact.value}`);
        if (facts.length === 0) return { rule: 'metrics', message: `there is no metric ${name} in the run`, nearest };
        const isGauge = facts.every(({ type }) => type === 'gauge');
        const values = isGauge ? facts.map(({ value }) => value) : [facts.reduce((sum, { value }) => sum + value, 0)];
        const wrong = values.find((value) => !holds(value, bound));
        return wrong === undefined
          ? null
          : { rule: 'metrics', message: `${name} is ${wrong}, expected ${bound.said}`, nearest };
      },
    };
  });
}

function counted(
  mapping: YamlMapping,
  key: string,
  expected: string,
  noun: string,
  bound: Bound,
  of: (telemetry: RunTelemetry) => number,
  nearest: (telemetry: RunTelemetry) => string[] = () => [],
): Budget {
  return {
    place: mapping.placeOf(key),
    expected,
    judge: (telemetry) => {
      const actual = of(telemetry);
      if (holds(actual, bound)) return null;
      const message = `expected ${bound.said} ${noun}, found ${actual}`;
      return { rule: key, message, nearest: nearest(telemetry).slice(0, 3) };
    },
  };
}

function failedShapes({ shapes }: RunTelemetry): string[] {
  return [...shapes]
    .filter(({ errors }) => errors > 0)
    .sort((a, b) => b.errors - a.errors)
    .map(
      ({ errors, service, name, examples }) =>
        `${errors} × ${service} ${name}${examples.length ? `, trace ${examples.at(-1)}` : ''}`,
    );
}
