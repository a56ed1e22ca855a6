import { distance } from 'fastest-levenshtein';
import { holds } from '../comparison';
import type { YamlMapping } from '../yaml/yaml-mapping';
import type { Budget } from './budget';
import { isWhole, notWhole } from './may-hold';
import { readBound } from './read-bound';

/** What a metric of the run came to: counters of all services together, each series of a gauge by itself. */
export function readMetrics(root: YamlMapping): Budget[] {
  const metrics = root.mapping('metrics');
  if (!metrics) return [];
  return metrics.keys().flatMap((name): Budget[] => {
    const bound = readBound(metrics, name, { bare: '==' });
    if (!bound) return [];
    return [
      {
        place: metrics.placeOf(name),
        expected: `metric ${name}: ${bound.said}`,
        judge: async (telemetry, store) => {
          const samples = await store.samples(name);
          const named = samples.filter((sample) => sample.name === name);
          const found = named.length > 0 ? named : samples;
          if (found.length === 0) {
            if (!isWhole(telemetry, 'metrics')) return notWhole(telemetry, `no metric ${name}`);
            const near = telemetry.metrics.toSorted((a, b) => distance(a.name, name) - distance(b.name, name));
            return { rule: 'metrics', message: `there is no metric ${name} in the run`, nearest: shown(near) };
          }
          const isSummed = /_(?:total|count|sum|bucket)$/.test(found[0]!.name);
          const values = found.map(({ value }) => value);
          const judged = isSummed ? [values.reduce((sum, value) => sum + value, 0)] : values;
          const wrong = judged.find((value) => !holds(value, bound));
          if (wrong === undefined) return null;
          return { rule: 'metrics', message: `${name} is ${wrong}, expected ${bound.said}`, nearest: shown(found) };
        },
      },
    ];
  });
}

function shown(facts: readonly { service: string; name: string; value: number }[]): string[] {
  return facts.slice(0, 3).map(({ service, name, value }) => `${service} ${name} = ${value}`);
}
