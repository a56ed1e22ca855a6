import type { Signal } from './signals';

/** One line or block of a configuration in Alloy's language. `value` is an expression, rendered as it stands. */
export type AlloyEntry = { name: string; value: string } | AlloyBlock;

export interface AlloyBlock {
  block: string;
  label?: string;
  /** One line above it. */
  comment?: string;
  body: readonly AlloyEntry[];
}

export function attribute(name: string, value: string): AlloyEntry {
  return { name, value };
}

/** The block by which a component says where its data goes; `inputs` are expressions. */
export function output(of: readonly Signal[], inputs: (signal: Signal) => readonly string[]): AlloyBlock {
  return { block: 'output', body: of.map((signal) => attribute(signal, list(inputs(signal)))) };
}

/**
 * A string literal as Go and OTTL read it: of Go's escapes JSON's are a part. A lone surrogate, which JSON would escape
 * and Go refuse, becomes U+FFFD.
 */
export function quoteForOttl(text: string): string {
  return JSON.stringify(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}

/** A string literal of Alloy's language: a raw one where that spares escapes, else with Go's escapes. */
export function quote(text: string): string {
  const isEasierRaw = /["\\]/.test(text) && /^[\x20-\x5f\x61-\x7e]*$/.test(text);
  return isEasierRaw ? `\`${text}\`` : quoteForOttl(text);
}

/** A list of one element stays on its line, a longer one takes a line each. */
export function list(elements: readonly string[]): string {
  if (elements.length < 2) return `[${elements.join('')}]`;
  return `[\n${elements.map((element) => `\t${element.replaceAll('\n', '\n\t')},\n`).join('')}]`;
}

/** As `alloy fmt` would write it: tabs, the equal signs of neighbouring lines under each other. */
export function renderBlock({ block, label, comment, body }: AlloyBlock): string {
  const above = comment === undefined ? '' : `// ${comment}\n`;
  const head = `${above}${label === undefined ? block : `${block} ${quote(label)}`}`;
  if (body.length === 0) return `${head} { }`;
  const lines = body.map((entry, index) => {
    if ('block' in entry) return `${index === 0 ? '' : '\n'}${renderBlock(entry)}`;
    return `${entry.name.padEnd(widthOfGroup(body, index))} = ${entry.value}`;
  });
  return `${head} {\n${lines.map((line) => line.replace(/^(?!$)/gm, '\t')).join('\n')}\n}`;
}

/** A group of lines with aligned equal signs ends at a block, or with a value of several lines. */
function widthOfGroup(body: readonly AlloyEntry[], index: number): number {
  let first = index;
  let last = index;
  while (isAttribute(body[first - 1]) && !hasLines(body[first - 1])) first--;
  while (!hasLines(body[last]) && isAttribute(body[last + 1])) last++;
  return Math.max(...body.slice(first, last + 1).map((entry) => ('name' in entry ? entry.name.length : 0)));
}

function isAttribute(entry: AlloyEntry | undefined): boolean {
  return entry !== undefined && 'name' in entry;
}

function hasLines(entry: AlloyEntry | undefined): boolean {
  return entry !== undefined && 'value' in entry && entry.value.includes('\n');
}
