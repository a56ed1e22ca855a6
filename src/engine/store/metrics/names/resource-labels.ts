import { runAttributes } from '../../../../shared/runs/run-attributes';
import type { WireReader } from '../../../wire/wire-reader';
import { readTextAttribute, type TextAttribute } from './read-text-attribute';
import { translateLabelName } from './translate-label-name';

const IDENTIFYING = new Set(['service.name', 'service.namespace', 'service.instance.id']);
/** As Prometheus and Mimir of the stack are told. */
const PROMOTED = new Set([...IDENTIFYING, 'deployment.environment.name', runAttributes.id]);

/** What the series of a resource share. */
export interface ResourceLabels {
  /** `service.name`, or empty. */
  readonly service: string;
  /** Promoted attributes; a point's own label of the same name wins. */
  readonly promoted: ReadonlyMap<string, string>;
  /** `job` and `instance`; they win over a point's own. */
  readonly identity: ReadonlyMap<string, string>;
  /** The labels of `target_info`, or undefined where the resource tells nothing beyond its identity, or has none. */
  readonly targetInfo: readonly string[] | undefined;
}

/** Labels of the Resource message at [start, end). */
export function readResourceLabels(reader: WireReader, start: number, end: number): ResourceLabels {
  const attributes: TextAttribute[] = [];
  reader.position = start;
  while (reader.position < end) {
    const tag = reader.varint();
    if (tag === 0x0a) {
      const attributeEnd = reader.blockEnd();
      attributes.push(readTextAttribute(reader, reader.position, attributeEnd));
      reader.position = attributeEnd;
    } else reader.skip(tag & 7);
  }
  return resourceLabels(attributes);
}

function resourceLabels(attributes: readonly TextAttribute[]): ResourceLabels {
  const value = (key: string) => attributes.find((attribute) => attribute.key === key)?.text;
  const identity = new Map<string, string>();
  const [name, namespace, instance] = [value('service.name'), value('service.namespace'), value('service.instance.id')];
  const job = name === undefined || namespace === undefined ? name : `${namespace}/${name}`;
  // To Prometheus an empty job is none.
  if (job !== undefined && job !== '') identity.set('job', job);
  if (instance !== undefined && instance !== '') identity.set('instance', instance);

  const promoted = new Map<string, string>();
  for (const { key, text } of attributes) if (PROMOTED.has(key)) promoted.set(key.replaceAll('.', '_'), text);

  const telling = attributes.some(({ key }) => !IDENTIFYING.has(key));
  const own = telling && identity.size > 0 ? mergeAttributes(attributes.filter(({ key }) => key !== '')) : undefined;
  const targetInfo = own && flattenLabels(new Map([...own, ...identity]));
  return { service: name ?? '', promoted, identity, targetInfo };
}

/**
 * Attributes as labels; undefined where one has no key. Keys that become the same label share it, their values
 * joined by `;` in the order of the keys.
 */
export function mergeAttributes(attributes: readonly TextAttribute[]): Map<string, string> | undefined {
  const labels = new Map<string, string>();
  for (const { key, text } of [...attributes].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))) {
    const name = translateLabelName(key);
    if (name === undefined) return undefined;
    if (key === '__name__' || text === '') continue;
    const former = labels.get(name);
    labels.set(name, former === undefined ? text : `${former};${text}`);
  }
  return labels;
}

/** [name, value, …] sorted by name, empty values left out: to Prometheus an empty label is no label. */
export function flattenLabels(labels: ReadonlyMap<string, string>): string[] {
  const pairs = [...labels].filter(([, value]) => value !== '');
  return pairs.sort(([a], [b]) => (a < b ? -1 : 1)).flat();
}
