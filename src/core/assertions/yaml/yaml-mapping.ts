import { closest, distance } from 'fastest-levenshtein';
import { isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import type { Place } from '../case';
import type { YamlFile } from './yaml-file';

/**
 * A mapping of a file that is read key by key. What is of another shape, and what nobody asked for by `end`, becomes a
 * problem of the file with its line; a reader then gets undefined.
 */
export class YamlMapping {
  readonly #asked = new Set<string>();
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(
    readonly file: YamlFile,
    private readonly node: YAMLMap,
    /** As people say it: `expected.traces[0]`. */
    private readonly path: string,
  ) {
    this.#entries = entriesOf(file, node);
  }

  /** Undefined, and a problem of the file, where the node is no mapping. */
  static of(file: YamlFile, node: Node | null, path: string): YamlMapping | undefined {
    const meant = file.resolve(node);
    if (isMap(meant)) return new YamlMapping(file, meant, path);
    file.report(node, `${path || 'the document'} must be a mapping of keys to values`);
    return undefined;
  }

  get place(): Place {
    return this.file.place(this.node);
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  keys(): string[] {
    return [...this.#entries.keys()];
  }

  placeOf(key: string): Place {
    return this.file.place(this.#entries.get(key)?.key ?? this.node);
  }

  report(key: string, message: string): void {
    this.file.problems.push({ place: this.placeOf(key), message: `${this.#name(key)}: ${message}` });
  }

  /** A scalar as it is written; numbers and booleans are texts too. */
  text(key: string): string | undefined {
    const node = this.#value(key);
    if (node === undefined) return undefined;
    const text = readText(node);
    if (text === undefined) this.report(key, 'a single value is needed');
    return text;
  }

  /** The same, and a problem where it is missing or empty. */
  required(key: string): string | undefined {
    const text = this.text(key);
    const isThere = this.#value(key) !== undefined;
    if (text !== '' && isThere) return text;
    const place = this.has(key) ? this.placeOf(key) : this.place;
    this.file.problems.push({ place, message: `${this.#name(key)} is missing` });
    return undefined;
  }

  /** One text or a list of them. */
  texts(key: string): string[] {
    const node = this.#value(key);
    if (node === undefined) return [];
    const items = isSeq(node) ? (node.items as Node[]) : [node];
    const texts = items.map((item) => readText(this.file.resolve(item)));
    if (texts.every((text) => text !== undefined)) return texts;
    this.report(key, 'a text or a list of texts is needed');
    return [];
  }

  boolean(key: string): boolean {
    const node = this.#value(key);
    if (node === undefined) return false;
    if (isScalar(node) && typeof node.value === 'boolean') return node.value;
    this.report(key, 'true or false is needed');
    return false;
  }

  number(key: string): number | undefined {
    const node = this.#value(key);
    if (node === undefined) return undefined;
    if (isScalar(node) && typeof node.value === 'number') return node.value;
    this.report(key, 'a number is needed');
    return undefined;
  }

  mapping(key: string): YamlMapping | undefined {
    const node = this.#value(key);
    return node === undefined ? undefined : YamlMapping.of(this.file, node, this.#name(key));
  }

  /** A list of mappings. */
  mappings(key: string): YamlMapping[] {
    return this.#items(key).flatMap(
      (item, index) => YamlMapping.of(this.file, item, `${this.#name(key)}[${index}]`) ?? [],
    );
  }

  /** Text by text. */
  pairs(key: string): Record<string, string> {
    const inner = this.mapping(key);
    if (!inner) return {};
    const pairs = inner.keys().map((each) => [each, inner.text(each)] as const);
    return Object.fromEntries(pairs.filter((pair): pair is [string, string] => pair[1] !== undefined));
  }

  /** Whether the value is a list. */
  isList(key: string): boolean {
    return isSeq(this.#value(key));
  }

  isMapping(key: string): boolean {
    return isMap(this.#value(key));
  }

  /** A problem of the whole. */
  reportWhole(message: string): void {
    this.file.problems.push({ place: this.place, message: this.path === '' ? message : `${this.path} ${message}` });
  }

  /** Read as it is, whatever it holds. */
  ignore(key: string): void {
    this.#asked.add(key);
  }

  /** Everything that is known was asked for: what else stands there is a problem. */
  end(): void {
    for (const key of this.#entries.keys()) {
      if (this.#asked.has(key)) continue;
      const near = this.#asked.size > 0 ? closest(key, [...this.#asked]) : '';
      const meant =
        near && distance(key, near) <= Math.max(1, Math.floor(key.length / 3)) ? `: did you mean ${near}?` : '';
      this.file.problems.push({
        place: this.placeOf(key),
        message: `unknown key ${this.#name(key)}${meant}`,
      });
    }
  }

  #items(key: string): Node[] {
    const node = this.#value(key);
    if (node === undefined) return [];
    if (isSeq(node)) return node.items as Node[];
    this.report(key, 'a list is needed');
    return [];
  }

  /** Undefined where there is none, or it is null as in `docker-compose:`. */
  #value(key: string): Node | undefined {
    this.#asked.add(key);
    const value = this.#entries.get(key)?.value;
    return value === undefined || (isScalar(value) && value.value === null) ? undefined : value;
  }

  #name(key: string): string {
    return this.path === '' ? key : `${this.path}.${key}`;
  }
}

interface Entry {
  key: Node;
  value: Node | undefined;
}

/** Its own, and those of what it merges by `<<`. */
function entriesOf(file: YamlFile, node: YAMLMap): Map<string, Entry> {
  const own = new Map<string, Entry>();
  const merged = new Map<string, Entry>();
  for (const { key, value } of node.items as { key: Node; value: Node | null }[]) {
    const name = isScalar(key) ? key.value : key;
    if (typeof name !== 'symbol' && name !== '<<') {
      own.set(String(name), { key, value: file.resolve(value) });
      continue;
    }
    const source = file.resolve(value);
    for (const each of isSeq(source) ? (source.items as Node[]) : [source]) {
      const map = file.resolve(each);
      if (isMap(map))
        for (const [inner, entry] of entriesOf(file, map)) if (!merged.has(inner)) merged.set(inner, entry);
    }
  }
  return new Map([...merged, ...own]);
}

function readText(given: Node | undefined): string | undefined {
  if (!isScalar(given)) return undefined;
  return typeof given.value === 'string' ? given.value : (given.source ?? String(given.value));
}
