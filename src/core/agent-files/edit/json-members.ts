import { findNodeAtLocation, type JSONPath, type Node, parseTree, visit } from 'jsonc-parser';
import type { TextStyle } from './text-style';

/**
 * Members of objects and lists in JSON with comments, put in and taken out as text: nothing else is laid out anew, and a comment stays
 * with what it is about.
 */

/** Puts a value at a path where there is none; containers on the way are made. Null where something else is in the way. */
export function insertMember(
  text: string,
  path: readonly (string | number)[],
  value: unknown,
  style: TextStyle,
): string | null {
  const root = rootOf(text);
  if (!root) return null;
  let depth = path.length - 1;
  let parent = nodeAt(root, path.slice(0, depth));
  while (!parent && depth > 0) parent = nodeAt(root, path.slice(0, --depth));
  if (!parent || (parent.type !== 'object' && parent.type !== 'array')) return null;
  const nested = path
    .slice(depth + 1)
    .reduceRight<unknown>((inner, key) => (typeof key === 'number' ? [inner] : { [key]: inner }), value);
  const write = (indent: string | null) => {
    const key = parent.type === 'object' ? `${JSON.stringify(path[depth])}: ` : '';
    return (
      key +
      (indent === null
        ? inline(nested)
        : JSON.stringify(nested, null, style.indent).replaceAll('\n', style.eol + indent))
    );
  };
  const open = parent.offset;
  const close = parent.offset + parent.length - 1;
  const last = parent.children?.at(-1);
  const end = last ? last.offset + last.length : open + 1;
  const { commas, comments } = separators(text, end, close);
  const outer = indentAt(text, open);
  const indent =
    last && text.slice(open, last.offset).includes('\n') ? indentAt(text, last.offset) : outer + style.indent;
  if (!last && comments.length === 0)
    return `${text.slice(0, open + 1)}${style.eol}${indent}${write(indent)}${style.eol}${outer}${text.slice(close)}`;
  const behind = Math.max(end, ...comments.map(({ to }) => to), ...commas.map((comma) => comma + 1));
  const comma = last && commas.length === 0 ? ',' : '';
  const isOneLine = last !== undefined && comments.length === 0 && !/[\r\n]/.test(text.slice(open, close));
  const member = isOneLine ? ` ${write(null)}` : `${style.eol}${indent}${write(indent)}`;
  const rest = text.slice(behind);
  const needsLine = !isOneLine && !/^\s*?[\r\n]/.test(rest) ? style.eol + outer : '';
  return `${text.slice(0, end)}${comma}${text.slice(end, behind)}${member}${needsLine}${rest}`;
}

/** Gives what stands at a path another value. */
export function replaceMember(text: string, path: readonly string[], value: unknown): string | null {
  const root = rootOf(text);
  const node = root && nodeAt(root, path);
  return node ? text.slice(0, node.offset) + inline(value) + text.slice(node.offset + node.length) : null;
}

/** Takes a member out with one comma; comments stay. The text as it was where there is no such member. */
export function removeMember(text: string, path: readonly (string | number)[]): string {
  const root = rootOf(text);
  const value = root && nodeAt(root, path);
  const member = value?.parent?.type === 'property' ? value.parent : value;
  const container = member?.parent;
  if (!member || !container?.children) return text;
  const at = container.children.indexOf(member);
  const before = container.children[at - 1];
  const after = container.children[at + 1];
  const to = member.offset + member.length;
  const close = container.offset + container.length - 1;
  const [behind] = separators(text, to, after?.offset ?? close).commas;
  const ahead = before && separators(text, before.offset + before.length, member.offset).commas.at(-1);
  const from = member.offset - /\s*$/.exec(text.slice(container.offset + 1, member.offset))![0].length;
  const cuts: [number, number][] = [[from, to]];
  if (behind !== undefined) cuts.push([behind, behind + 1]);
  else if (ahead !== undefined) cuts.push([ahead, ahead + 1]);
  return cuts
    .sort(([one], [other]) => other - one)
    .reduce((current, [start, stop]) => current.slice(0, start) + current.slice(stop), text);
}

const rootOf = (text: string) => parseTree(text, [], { allowTrailingComma: true });
const nodeAt = (root: Node, path: readonly (string | number)[]) => findNodeAtLocation(root, [...path] as JSONPath);

/** Commas and comments between two places, where nothing else stands. */
function separators(
  text: string,
  from: number,
  to: number,
): { commas: number[]; comments: { from: number; to: number }[] } {
  const commas: number[] = [];
  const comments: { from: number; to: number }[] = [];
  const isBetween = (offset: number) => offset >= from && offset < to;
  visit(
    text,
    {
      onSeparator: (sign, offset) => {
        if (sign === ',' && isBetween(offset)) commas.push(offset);
      },
      onComment: (offset, length) => {
        if (isBetween(offset)) comments.push({ from: offset, to: offset + length });
      },
    },
    { allowTrailingComma: true },
  );
  return { commas, comments };
}

function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start))![0];
}

/** On one line, with blanks where people put them. */
function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${inline(inner)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
