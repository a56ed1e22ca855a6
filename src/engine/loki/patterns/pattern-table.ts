import type { LogLevel } from '../../../shared/log-level';
import { isVariantOf, mergeTemplates } from '../../../shared/run-summary/merge-templates';
import { templateOf } from '../../../shared/shapes/normalize-line';

/** Of more templates those that come later count as one of any text. */
const MOST_PATTERNS = 20_000;
/** Templates of one form that are looked through for some that are one. */
const FIRST_MERGE = 24;
const MOST_EXAMPLE = 300;

export interface Pattern {
  readonly service: string;
  readonly level: LogLevel;
  /** What varies is `<*>`. */
  readonly template: string;
  /** The beginning of one of its lines. */
  readonly example: string;
}

/** Templates of one service, level and number of words. */
interface Form {
  /** Those that no other stands for, by their texts. */
  plain: Map<string, number>;
  /** Those that stand for others. */
  general: Map<string, number>;
  mergeAt: number;
  isMerged: boolean;
}

/** The patterns of lines, each with a number; those that differ in one word alone become one, as in the summary of a run. */
export class PatternTable {
  /** By number; there is none of 0. */
  readonly #patterns: (Pattern | undefined)[] = [undefined];
  /** Which pattern stands for one, by number. */
  readonly #standsFor: number[] = [0];
  readonly #forms = new Map<string, Form>();
  readonly #beyond = new Map<string, number>();

  get isFull(): boolean {
    return this.#patterns.length > MOST_PATTERNS;
  }

  /** The number of the pattern of a line. */
  add(service: string, level: LogLevel, line: string): number {
    if (this.isFull) return this.beyond(service, level);
    const template = templateOf(line);
    const form = this.#formOf(service, level, template);
    const known = form.plain.get(template) ?? form.general.get(template);
    if (known !== undefined) return known;
    for (const [general, number] of form.general) if (isVariantOf(template, general)) return number;
    const number = this.#put({ service, level, template, example: line.slice(0, MOST_EXAMPLE) });
    form.plain.set(template, number);
    form.isMerged = false;
    if (form.plain.size >= form.mergeAt) this.#merge(form);
    return number;
  }

  /** The number of what has too many texts to tell them apart. */
  beyond(service: string, level: LogLevel): number {
    const key = JSON.stringify([service, level]);
    const known = this.#beyond.get(key);
    if (known !== undefined) return known;
    const number = this.#put({ service, level, template: '<*>', example: '' });
    this.#beyond.set(key, number);
    return number;
  }

  /** Numbers are below this. */
  get size(): number {
    return this.#patterns.length;
  }

  /** The pattern that stands for each number now. */
  finish(): { readonly standing: Uint32Array; pattern(number: number): Pattern } {
    for (const form of this.#forms.values()) if (!form.isMerged) this.#merge(form);
    const standing = Uint32Array.from(this.#standsFor, (_, number) => this.#standing(number));
    return { standing, pattern: (number) => this.#patterns[number]! };
  }

  #put(pattern: Pattern): number {
    this.#standsFor.push(this.#patterns.length);
    return this.#patterns.push(pattern) - 1;
  }

  #standing(number: number): number {
    let at = number;
    while (this.#standsFor[at] !== at) at = this.#standsFor[at]!;
    return at;
  }

  #formOf(service: string, level: LogLevel, template: string): Form {
    let words = 1;
    for (let at = template.indexOf(' '); at !== -1; at = template.indexOf(' ', at + 1)) words++;
    const key = JSON.stringify([service, level, words]);
    let form = this.#forms.get(key);
    if (!form) {
      form = { plain: new Map(), general: new Map(), mergeAt: FIRST_MERGE, isMerged: true };
      this.#forms.set(key, form);
    }
    return form;
  }

  #merge(form: Form): void {
    form.isMerged = true;
    const numbers = new Map([...form.general, ...form.plain]);
    const rows = [...numbers].map(([template, number]) => ({ ...this.#patterns[number]!, template, count: 0 }));
    const merged = mergeTemplates(rows);
    const made = merged.filter(({ template }) => !numbers.has(template));
    for (const { service, level, template, example } of made) {
      const number = this.#put({ service, level: level as LogLevel, template, example });
      for (const [variant, old] of numbers) {
        if (!isVariantOf(variant, template)) continue;
        this.#standsFor[old] = number;
        form.plain.delete(variant);
        form.general.delete(variant);
      }
      form.general.set(template, number);
    }
    form.mergeAt = Math.max(FIRST_MERGE, 2 * form.plain.size);
  }
}
