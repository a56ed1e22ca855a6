import type { RunTelemetry } from '../../../shared/runs/run-summary';
import type { YamlMapping } from '../yaml/yaml-mapping';
import type { Budget } from './budget';
import { isWhole, mayHold, notWhole } from './may-hold';
import { readBound } from './read-bound';

/** `traces`, `errors` (spans that failed) and `services` of the whole run. */
export function readTotals(root: YamlMapping): Budget[] {
  const totals = [
    { key: 'traces', bare: '==', noun: 'traces', of: ({ traces }: RunTelemetry) => traces },
    { key: 'errors', bare: '<=', noun: 'failed spans', of: ({ errorSpans }: RunTelemetry) => errorSpans },
  ] as const;
  const bounded = totals.flatMap(({ key, bare, noun, of }) => {
    const bound = readBound(root, key, { bare });
    if (!bound) return [];
    return {
      place: root.placeOf(key),
      expected: `${bound.said} ${noun}`,
      judge: (telemetry: RunTelemetry) => {
        const actual = of(telemetry);
        const held = mayHold(actual, bound, isWhole(telemetry, 'traces'));
        if (held === true) return null;
        if (held === 'unknown') return notWhole(telemetry, `${actual} ${noun}`);
        const nearest = key === 'errors' ? failedShapes(telemetry).slice(0, 3) : [];
        return { rule: key, message: `expected ${bound.said} ${noun}, found ${actual}`, nearest };
      },
    };
  });
  const services = root.texts('services').map(
    (service): Budget => ({
      place: root.placeOf('services'),
      expected: `service ${service}: it sent something`,
      judge: (telemetry) => {
        if (telemetry.services.some(({ name }) => name === service)) return null;
        if (!isWhole(telemetry, 'traces', 'lines', 'metrics')) return notWhole(telemetry, `nothing of ${service}`);
        return {
          rule: 'services',
          message: `nothing came from the service ${service}`,
          nearest: telemetry.services.map(({ name }) => name).slice(0, 5),
        };
      },
    }),
  );
  return [...bounded, ...services];
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
