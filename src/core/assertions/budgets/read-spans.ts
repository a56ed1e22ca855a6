import { distance } from 'fastest-levenshtein';
import type { RunTelemetry } from '../../../shared/runs/run-summary';
import type { Expectation } from '../case';
import { escapeRegex } from '../escape-regex';
import type { YamlMapping } from '../yaml/yaml-mapping';
import type { Budget } from './budget';
import { isWhole, mayHold, notWhole } from './may-hold';
import { readBound } from './read-bound';
import { matchesWildcard } from './wildcard';

/** Spans that must be there: by name and service, as often as said, with their attributes. */
export function readSpans(root: YamlMapping): { budgets: Budget[]; expectations: Expectation[] } {
  const budgets: Budget[] = [];
  const expectations: Expectation[] = [];
  for (const entry of root.mappings('spans')) {
    const name = entry.required('name');
    const service = entry.text('service');
    const bound = readBound(entry, 'count', { bare: '==' });
    const attributes = Object.entries(entry.pairs('attributes'));
    entry.end();
    if (name === undefined) continue;
    const label = `span ${service ? `${service} ` : ''}${name}`;
    if (bound || attributes.length === 0) {
      const wanted = bound ?? { operator: '>=' as const, value: 1, said: 'at least 1', text: '>= 1' };
      budgets.push({
        place: entry.placeOf('name'),
        expected: `${label}: ${wanted.said}`,
        judge: async (telemetry, store) => {
          const shapes = telemetry.shapes.filter(
            (shape) => matchesWildcard(shape.name, name) && (!service || shape.service === service),
          );
          const shaped = shapes.reduce((sum, shape) => sum + shape.count, 0);
          if (mayHold(shaped, wanted, false) === true) return null;
          // Shapes have names without what varies; spans have what was sent.
          const count = Math.max(shaped, await store.countSpans(conditionsOf(name, service)));
          const isAll = isWhole(telemetry, 'shapes', 'traces') && (await store.countSpans('')) >= telemetry.spans;
          const held = mayHold(count, wanted, isAll);
          if (held === true) return null;
          if (held === 'unknown') return notWhole(telemetry, `${count} spans ${name}`);
          return {
            rule: 'spans',
            message: `${label}: expected ${wanted.said}, found ${count}`,
            nearest: nearest(telemetry, name),
          };
        },
      });
    }
    if (attributes.length > 0) {
      const query = traceqlOf(name, service, attributes);
      expectations.push({
        place: entry.placeOf('attributes'),
        signal: 'traces',
        query,
        checks: [{ rule: 'found' }],
      });
    }
  }
  return { budgets, expectations };
}

function nearest({ shapes }: RunTelemetry, name: string): string[] {
  const names = [...new Set(shapes.map((shape) => `${shape.service} ${shape.name}`))];
  return names.sort((a, b) => distance(a, name) - distance(b, name)).slice(0, 3);
}

/** An attribute without a value must be there. Values that could be numbers or booleans are looked for as both. */
function traceqlOf(name: string, service: string | undefined, attributes: readonly [string, string][]): string {
  const conditions = attributes.map(([key, value]) => {
    const field = `.${/^[\w.-]+$/.test(key) ? key : JSON.stringify(key)}`;
    if (value === '*') return `${field} != nil`;
    return /^(-?\d+(\.\d+)?|true|false)$/.test(value)
      ? `(${field} = ${value} || ${field} = ${JSON.stringify(value)})`
      : `${field} = ${JSON.stringify(value)}`;
  });
  return `{ ${[conditionsOf(name, service), ...conditions].join(' && ')} }`;
}

function conditionsOf(name: string, service: string | undefined): string {
  const named = name.includes('*')
    ? `name =~ ${JSON.stringify(name.split('*').map(escapeRegex).join('.*'))}`
    : `name = ${JSON.stringify(name)}`;
  const of = service ? [`resource.service.name = ${JSON.stringify(service)}`] : [];
  return [named, ...of].join(' && ');
}
