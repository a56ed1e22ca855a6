import { type JsonNode, readJson } from './read-json';

export type ValueShape = { kind: 'json'; node: JsonNode } | { kind: 'sql' } | { kind: 'markdown' } | { kind: 'text' };

/** Longer ones are shown as they came. */
const mostFormatted = 40_000;
const namesOfSql = /(?:^|[._])(?:sql|statement|query[._]text|querytext|query[._]summary)$/i;
const beginsAsSql =
  /^\s*(?:\/\*[\s\S]{0,500}?\*\/\s*|--[^\n]{0,500}\n\s*)*(?:select|insert|update|delete|with|merge|replace|create|alter|drop|truncate|call|explain|begin|commit)\b/i;
/** Whatever it is called: in capitals no sentence begins so. */
const clearlySql =
  /^\s*(?:SELECT\s[\s\S]{1,2000}?\sFROM\s|INSERT\s+INTO\s|UPDATE\s\S+\sSET\s|DELETE\s+FROM\s|WITH\s[\w"]+\s+AS\s*\(|(?:CREATE|ALTER|DROP)\s+(?:TABLE|INDEX|VIEW)\s)/;
const markdownSigns = [
  /^#{1,6} \S/m,
  /^```/m,
  /^\s{0,3}(?:[-*+]|\d+\.) \S.*\n\s{0,3}(?:[-*+]|\d+\.) \S/m,
  /^\|.+\|\s*\n\|[\s:|-]+\|/m,
  /\*\*[^\s*][^*\n]*\*\*/,
  /\[[^\]\n]+\]\(https?:\/\/[^)\s]+\)/,
  /^> \S/m,
  /`[^`\n]+`/,
];
/** One sign alone also stands in a log line or a path. */
const leastSigns = 2;

/** What the text of an attribute or a label is, by its name and by how it is written. */
export function valueShape(name: string, text: string): ValueShape {
  const node = readJson(text);
  if (node) return { kind: 'json', node };
  if (text.length > mostFormatted) return { kind: 'text' };
  if (clearlySql.test(text) || (namesOfSql.test(name) && beginsAsSql.test(text))) return { kind: 'sql' };
  const isMarkdown = text.includes('\n') && markdownSigns.filter((sign) => sign.test(text)).length >= leastSigns;
  return { kind: isMarkdown ? 'markdown' : 'text' };
}
