import { distance } from 'fastest-levenshtein';
import type { RunTelemetry } from '../../../shared/runs/run-summary';
import type { Expectation } from '../case';
import { holds } from '../comparison';
import type { YamlMapping } from '../yaml/yaml-mapping';
import type { Budget } from './budget';
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
        judge: (telemetry) => {
          const shapes = telemetry.shapes.filter(
            (shape) => matchesWildcard(shape.name, name) && (!service || shape.service === service),
          );
          const count = shapes.reduce((sum, shape) => sum + shape.count, 0);
          if (holds(count, wanted)) return null;
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
  const named = name.includes('*')
    ? `name =~ ${JSON.stringify(name.split('*').map(escapeRegex).join('.*'))}`
    : `name = ${JSON.stringify(name)}`;
  const of = service ? [`resource.service.name = ${JSON.stringify(service)}`] : [];
  return `{ ${[named, ...of, ...conditions].join(' && ')} }`;
}

function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
