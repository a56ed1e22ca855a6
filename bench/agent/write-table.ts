import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Row } from '../benchmark';

const document = fileURLToPath(new URL('../../docs/agents.md', import.meta.url));
const begins = '<!-- made by `npm run bench -- agent` -->';
const ends = '<!-- end -->';

/** Puts the rows between the marks of `docs/agents.md`. */
export async function writeTable(rows: readonly Row[]): Promise<void> {
  const text = await readFile(document, 'utf8');
  const from = text.indexOf(begins);
  const to = text.indexOf(ends, from);
  if (from === -1 || to < from) throw new Error(`${document} lacks the marks ${begins} and ${ends}`);
  await writeFile(document, `${text.slice(0, from + begins.length)}\n\n${tableOf(rows)}\n\n${text.slice(to)}`);
}

function tableOf(rows: readonly Row[]): string {
  const keys = Object.keys(rows[0] ?? {});
  const cells = [keys, ...rows.map((row) => keys.map((key) => String(row[key] ?? '')))];
  const widths = keys.map((_, column) => Math.max(...cells.map((line) => line[column]!.length)));
  const line = (texts: readonly string[]) =>
    `| ${texts.map((text, column) => text.padEnd(widths[column]!)).join(' | ')} |`;
  const [head, ...others] = cells;
  return [line(head!), line(widths.map((width) => '-'.repeat(width))), ...others.map(line)].join('\n');
}
