import { LOG_LEVELS, type LogLevel } from '../../../shared/log-level';
import type { DictionaryReader, StoredAttribute, StoreReader } from '../../store/reader/reader';
import { attributeLabels } from '../records/attribute-labels';
import { levelFields, levelOfLabels } from '../records/detect-level';
import { labelName } from '../records/label-name';
import { logStreamOf } from '../records/log-stream';
import { putLabel } from '../records/put-label';
import type { LogCatalog } from '../selection/log-catalog';

/** Attribute values that may say a level; of more the others are not looked at. */
const MOST_IDS = 2000;
const LARGEST_SEVERITY = 32;

/** Whose lines they are, and of which level where that does not depend on the line. */
export interface LineOrigin {
  readonly service: string;
  readonly level: LogLevel | undefined;
  /** Another for each pair of service and level. */
  readonly seed: number;
}

/** Service and level of rows by the few columns that decide them, as `readRecords` finds them. */
export class LineLevels {
  readonly #byResource = new Map<number, Map<number, LineOrigin>>();
  readonly #byAttribute = new Map<string, LineOrigin>();
  readonly #texts = new Map<number, string>();
  readonly #attributes = new Map<number, StoredAttribute>();

  private constructor(
    private readonly dictionary: DictionaryReader,
    private readonly seeds: Map<string, number>,
  ) {}

  /**
   * `ids`: the attributes that may say a level. `seeds`: those that were given, which stay the same for as long as keys that are made with them
   * are remembered.
   */
  static async load(
    reader: StoreReader,
    catalog: LogCatalog,
    seeds: Map<string, number>,
  ): Promise<{ levels: LineLevels; ids: readonly number[] }> {
    await catalog.refresh();
    const keys = levelFields.flatMap((field) => catalog.keysOf(labelName(field)));
    const levels = new LineLevels(reader.dictionary, seeds);
    for (const [id, text] of await reader.dictionary.strings(catalog.severityTexts())) levels.#texts.set(id, text);
    if (keys.length === 0) return { levels, ids: [] };
    const rows = await reader.database.rows<{ id: number }>(
      `SELECT id FROM attributes WHERE list_contains($1, key) LIMIT ${MOST_IDS}`,
      [keys],
    );
    const ids = rows.map(({ id }) => id);
    for (const [id, attribute] of await reader.dictionary.attributes(ids)) levels.#attributes.set(id, attribute);
    return { levels, ids };
  }

  /** `first`, `second`: ids of attributes that may say a level, 0 for none. */
  originOf(resource: number, severity: number, severityText: number, first: number, second: number): LineOrigin {
    if (first !== 0) {
      const key = `${resource} ${severity} ${severityText} ${first} ${second}`;
      let origin = this.#byAttribute.get(key);
      if (!origin) {
        origin = this.#find(resource, severity, severityText, [first, second]);
        this.#byAttribute.set(key, origin);
      }
      return origin;
    }
    let ofResource = this.#byResource.get(resource);
    if (!ofResource) {
      ofResource = new Map();
      this.#byResource.set(resource, ofResource);
    }
    const key = severityText * LARGEST_SEVERITY + severity;
    let origin = ofResource.get(key);
    if (!origin) {
      origin = this.#find(resource, severity, severityText, []);
      ofResource.set(key, origin);
    }
    return origin;
  }

  #find(resource: number, severity: number, severityText: number, said: readonly number[]): LineOrigin {
    const owner = this.dictionary.resources().get(resource);
    const stream = owner && logStreamOf(owner);
    const metadata = new Map<string, string>();
    for (const id of said) {
      const attribute = this.#attributes.get(id);
      if (attribute) for (const [name, value] of attributeLabels(attribute)) putLabel(metadata, name, value);
    }
    if (severity !== 0) putLabel(metadata, 'severity_number', String(severity));
    putLabel(metadata, 'severity_text', this.#texts.get(severityText) ?? '');
    for (const [name, value] of stream?.metadata ?? []) putLabel(metadata, name, value);
    const level = levelOfLabels(stream?.labels ?? new Map(), metadata, severity);
    const service = stream?.labels.get('service_name') ?? 'unknown_service';
    return { service, level, seed: this.seedOf(service, level) };
  }

  seedOf(service: string, level: LogLevel | undefined): number {
    const key = `${level === undefined ? LOG_LEVELS.length : LOG_LEVELS.indexOf(level)} ${service}`;
    let seed = this.seeds.get(key);
    if (seed === undefined) {
      seed = Math.imul(this.seeds.size + 1, 0x9e3779b1) >>> 0;
      this.seeds.set(key, seed);
    }
    return seed;
  }
}
