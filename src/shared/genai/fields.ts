import type { Attribute } from '../contract/telemetry';
import type { CutValue, Payload } from './conversation';
import type { JsonTree } from './json/json-tree';
import { readJsonAsFar } from './json/read-json-as-far';

const originalBytes = 'watchtower.original_bytes.';

/** Attributes by their names. Remembers which of those that were read had lost their end. */
export class Fields {
  readonly #values: ReadonlyMap<string, unknown>;
  readonly #cut = new Map<string, CutValue>();

  /** Of a name that stands twice the first counts. `written`: how a name is written among them. */
  constructor(
    attributes: Iterable<readonly [key: string, value: unknown]>,
    private readonly written: (key: string) => string = (key) => key,
  ) {
    const values = new Map<string, unknown>();
    for (const [key, value] of attributes) if (!values.has(key)) values.set(key, value);
    this.#values = values;
  }

  static of(attributes: readonly Attribute[]): Fields {
    return new Fields(attributes.map(({ key, value }) => [key, value] as const));
  }

  get keys(): Iterable<string> {
    return this.#values.keys();
  }

  /** Those that were read so far and lack their end. */
  get cut(): readonly CutValue[] {
    return [...this.#cut.values()];
  }

  has(...keys: readonly string[]): boolean {
    return keys.some((key) => this.#of(key) !== undefined);
  }

  /** The first of the names that has a value, as text. What is no text is written as JSON. */
  text(...keys: readonly string[]): string {
    return this.payload(...keys)?.text ?? '';
  }

  payload(...keys: readonly string[]): Payload | null {
    for (const key of keys) {
      const value = this.#of(key);
      if (value === undefined || value === null || value === '') continue;
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      return { text, cut: this.#noteCut(key) };
    }
    return null;
  }

  /** The first of the names with a number that is none below zero. */
  number(...keys: readonly string[]): number | undefined {
    for (const key of keys) {
      const value = this.#of(key);
      if (value === undefined || value === null || value === '' || typeof value === 'boolean') continue;
      const number = Number(value);
      if (Number.isFinite(number) && number >= 0) return number;
    }
    return undefined;
  }

  /** The first of the names whose value is a JSON object or array, in itself or as text, and that text. */
  json(...keys: readonly string[]): { tree: JsonTree; text: string; key: string } | null {
    for (const key of keys) {
      const payload = this.payload(key);
      if (!payload) continue;
      const read = readJsonAsFar(payload.text);
      if (!read || (read.tree.kind !== 'object' && read.tree.kind !== 'array')) continue;
      if (!read.whole && !this.#cut.has(key)) this.#cut.set(key, { key, bytes: null });
      return { tree: read.tree, text: payload.text, key };
    }
    return null;
  }

  /** Several texts: an array, a JSON array as text, or one. */
  texts(...keys: readonly string[]): string[] {
    for (const key of keys) {
      const value = this.#of(key);
      const list = Array.isArray(value) ? value : typeof value === 'string' ? readTexts(value) : [];
      const texts = list.filter((each): each is string => typeof each === 'string' && each !== '');
      if (texts.length > 0) return texts;
    }
    return [];
  }

  /** The fields of `PREFIX.0.…`, `PREFIX.1.…` in the order of their numbers, without that prefix. */
  indexed(prefix: string): Fields[] {
    const lists = new Map<number, [string, unknown][]>();
    const start = `${prefix}.`;
    for (const [key, value] of this.#values) {
      if (!key.startsWith(start)) continue;
      const [, index, rest] = /^(\d{1,6})\.(.+)$/.exec(key.slice(start.length)) ?? [];
      if (index === undefined || rest === undefined) continue;
      this.#noteCut(key);
      const list = lists.get(Number(index)) ?? [];
      list.push([rest, value]);
      lists.set(Number(index), list);
    }
    return [...lists].sort(([a], [b]) => a - b).map(([, entries]) => new Fields(entries));
  }

  #of(key: string): unknown {
    return this.#values.get(this.written(key));
  }

  #noteCut(key: string): boolean {
    const bytes = this.#values.get(this.written(originalBytes + key));
    if (bytes !== undefined) this.#cut.set(key, { key, bytes: Number(bytes) || null });
    return bytes !== undefined;
  }
}

function readTexts(text: string): unknown[] {
  if (text.startsWith('[')) {
    try {
      const list: unknown = JSON.parse(text);
      if (Array.isArray(list)) return list;
    } catch {
      // A text in brackets.
    }
  }
  return [text];
}
