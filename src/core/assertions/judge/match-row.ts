import { distance } from 'fastest-levenshtein';
import type { Row } from '../../observing/ask-question';
import type { RowPattern, TextPattern } from '../case';
import { matchesText } from '../matches-text';

/** What keeps a row from being as wanted, a few words each; empty where nothing does. */
export function missesOf(row: Row, { name, attributes, only }: RowPattern): string[] {
  const misses: string[] = [];
  if (name && !matchesText(row.name, name)) misses.push(`its name is ${JSON.stringify(clip(row.name))}`);
  for (const { key, value } of attributes) {
    const actual = row.attributes[key];
    if (actual === undefined) misses.push(`it has no ${key}`);
    else if (value && !matchesText(actual, value)) misses.push(`${key} is ${JSON.stringify(clip(actual))}`);
  }
  if (only) {
    const known = new Set(attributes.map(({ key }) => key));
    const extra = Object.keys(row.attributes).filter((key) => !known.has(key));
    if (extra.length > 0) misses.push(`it has ${extra.slice(0, 5).join(', ')} as well`);
  }
  return misses;
}

const mostShown = 3;

/** The rows that come nearest to what is wanted, and what they lack; the nearest first. */
export function nearestRows(rows: readonly Row[], wanted: RowPattern): string[] {
  const nearest = rows
    .map((row) => ({ row, misses: missesOf(row, wanted), far: wanted.name ? farFrom(row.name, wanted.name) : 0 }))
    .sort((a, b) => a.misses.length - b.misses.length || a.far - b.far);
  const lines = nearest.map(({ row, misses }) => `${clip(row.name) || row.shown}: ${misses.join(', ')}`);
  return [...new Set(lines)].slice(0, mostShown);
}

export function describePattern({ name, attributes, only }: RowPattern): string {
  const parts = attributes.map(({ key, value }) => (value ? `${key} ${sayPattern(value)}` : `${key}`));
  if (name) parts.unshift(`name ${sayPattern(name)}`);
  if (only) parts.push('no other attributes');
  return parts.join(', ');
}

function sayPattern(pattern: TextPattern): string {
  return 'equals' in pattern ? `= ${JSON.stringify(pattern.equals)}` : `=~ ${JSON.stringify(pattern.matches)}`;
}

function farFrom(name: string, pattern: TextPattern): number {
  const wanted = 'equals' in pattern ? pattern.equals : pattern.matches;
  return distance(clip(name), wanted) / Math.max(name.length, wanted.length, 1);
}

function clip(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
