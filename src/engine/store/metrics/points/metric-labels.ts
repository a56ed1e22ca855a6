import { WireReader } from '../../../wire/wire-reader';
import { readTextAttribute, type TextAttribute } from '../names/read-text-attribute';
import { flattenLabels, mergeAttributes, type ResourceLabels } from '../names/resource-labels';
import type { LeftOutReason } from '../series/metric-sink';
import type { SiblingLabel } from '../series/sibling-series';
import type { ByteRun } from './byte-run';
import type { DecodeRun } from './decode-run';

/** One metric of one resource: makes the labels and the ids of its series. */
export class MetricLabels {
  constructor(
    private readonly run: DecodeRun,
    private readonly resource: ResourceLabels,
    /** The name of the family. */
    readonly name: string,
  ) {}

  /** Labels of a point by its raw attributes, each a tagged field; undefined where an attribute has no key. */
  labels(attributes: ByteRun): Map<string, string> | undefined {
    this.run.knownPoints++;
    const labels = mergeAttributes(readAttributes(attributes));
    if (labels === undefined) return undefined;
    for (const [name, value] of this.resource.promoted) if (!labels.has(name)) labels.set(name, value);
    for (const [name, value] of this.resource.identity) labels.set(name, value);
    return labels;
  }

  /** Counts a point of the family that cannot be stored, for those who look; answers false, as its decoder does. */
  leaveOut(reason: LeftOutReason): false {
    this.run.sink.leaveOut(reason, this.name, this.resource.service);
    return false;
  }

  /** The family's series with this suffix that there are already, and with `sibling` beside their labels. */
  existing(labels: ReadonlyMap<string, string>, suffix: string, sibling?: SiblingLabel): Iterable<number> {
    return this.run.sink.existing(this.name + suffix, labels, sibling);
  }

  /** The id of the family's series with this suffix and one label more; 0 when there may be no more series. */
  series(labels: ReadonlyMap<string, string>, suffix = '', label?: string, value = ''): number {
    const all = label === undefined ? labels : new Map([...labels, [label, value]]);
    return this.run.sink.seriesId(this.name + suffix, flattenLabels(all));
  }
}

function readAttributes(run: ByteRun): TextAttribute[] {
  const reader = new WireReader(run.bytes);
  const attributes: TextAttribute[] = [];
  reader.position = run.start;
  while (reader.position < run.stop) {
    reader.varint();
    const end = reader.blockEnd();
    attributes.push(readTextAttribute(reader, reader.position, end));
    reader.position = end;
  }
  return attributes;
}
