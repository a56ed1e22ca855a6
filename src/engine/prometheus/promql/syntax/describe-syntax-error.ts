import { failExperimental, failUnsupported } from '../terms/promql-error';
import { failParse } from './fail-parse';
import { EXPERIMENTAL_FUNCTIONS } from './function-signatures';
import type { SyntaxNode } from './syntax-node';

/** `step()` and its like where a duration stands; strings hold none of it by chance that an error would follow. */
const DURATION_CALL = /(?:\boffset\s*[-+(\s\d]*|\[[^\]"'`]*)\b(?:step|range|min_of|max_of)\s*\(/i;

const KEYWORDS = new Set('and or unless atan2 by without on ignoring group_left group_right bool offset'.split(' '));
const TOKEN =
  /^(?:(?<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`)|(?<number>(?:\d[\w.]*|\.\d\w*))|(?<name>[A-Za-z_:][\w:]*)|(?<operator>=~|!~|==|!=|<=|>=|[-+*/%^<>@])|(?<other>.))/su;

/** Fails with Prometheus' text for the first place where the tree holds an error; returns where there is none. */
export function failOnSyntaxError(query: string, root: SyntaxNode): void {
  if (!root.isError) return;
  const broken = findFirstError(root)!;
  failOnOpenString(query, root);
  if (query.trim() === '') failParse(query, 0, 'no expression found in input');
  if (DURATION_CALL.test(query)) failUnsupported('arithmetic in durations', broken.from);
  let position = broken.from;
  // The grammar puts the error before the white space that precedes the unexpected token.
  while (position < query.length && /\s/.test(query[position]!)) position++;
  const called = /(?<name>[A-Za-z_:][\w:]*)\s*$/.exec(query.slice(0, position))?.groups?.name;
  if (query[position] === '(' && called && !KEYWORDS.has(called.toLowerCase())) {
    if (EXPERIMENTAL_FUNCTIONS.has(called)) failExperimental(`the function ${called}()`, position - called.length);
    failParse(query, position - called.length, `unknown function with name "${called}"`);
  }
  if (position >= query.length) failParse(query, query.length, describeEnd(query, broken));
  const token = describeToken(query.slice(position));
  if (token === '")"' && countOf(query.slice(0, position), '(') <= countOf(query.slice(0, position), ')')) {
    failParse(query, position + 1, "unexpected right parenthesis ')'");
  }
  failParse(query, position, `unexpected ${token}${describeContext(query, broken)}`);
}

function findFirstError(root: SyntaxNode): SyntaxNode | undefined {
  for (const node of walk(root)) if (node !== root && node.isError) return node;
  return undefined;
}

/** The grammar takes a string without its closing quote for a whole one. */
function failOnOpenString(query: string, root: SyntaxNode): void {
  for (const { name, from, to } of walk(root)) {
    if (name === 'StringLiteral' && (to - from < 2 || query[from] !== query[to - 1])) {
      failParse(query, from, 'unterminated quoted string');
    }
  }
}

/** All nodes in the order of the text, parents first. */
function* walk(root: SyntaxNode): Iterable<SyntaxNode> {
  const ahead = [root];
  for (let node = ahead.pop(); node; node = ahead.pop()) {
    yield node;
    for (let i = node.children.length - 1; i >= 0; i--) ahead.push(node.children[i]!);
  }
}

function describeEnd(query: string, broken: SyntaxNode): string {
  if (broken.parent?.name === 'LabelMatchers' || broken.parent?.parent?.name === 'LabelMatchers') {
    return 'unexpected end of input inside braces';
  }
  if (countOf(query, '(') > countOf(query, ')')) return 'unclosed left parenthesis';
  if (countOf(query, '[') > countOf(query, ']')) return 'unclosed left bracket';
  return 'unexpected end of input';
}

function describeToken(rest: string): string {
  const groups = TOKEN.exec(rest)?.groups ?? {};
  if (groups.string) return `string ${JSON.stringify(groups.string)}`;
  if (groups.number) return `number ${JSON.stringify(groups.number)}`;
  if (groups.operator) return `<op:${groups.operator}>`;
  if (groups.name && KEYWORDS.has(groups.name.toLowerCase())) return `<${groups.name}>`;
  if (groups.name) return `${groups.name.includes(':') ? 'metric identifier' : 'identifier'} "${groups.name}"`;
  return groups.other && /[(){}[\],=:]/.test(groups.other)
    ? JSON.stringify(groups.other)
    : `character: '${groups.other}'`;
}

function describeContext(query: string, broken: SyntaxNode): string {
  switch (broken.parent?.name) {
    case 'LabelMatchers':
      return broken.prevSibling
        ? ' in label matching, expected "," or "}"'
        : ' in label matching, expected identifier or "}"';
    case 'UnquotedLabelMatcher':
    case 'QuotedLabelMatcher':
      return ` in label matching, expected ${broken.prevSibling?.name === 'MatchOp' ? 'string' : 'label matching operator'}`;
    case 'AggregateModifier':
      return ' in grouping opts, expected "("';
    case 'GroupingLabels':
      if (query[broken.parent.from] !== '(') return ' in grouping opts, expected "("';
      return broken.prevSibling ? ' in grouping opts, expected "," or ")"' : ' in grouping opts, expected label';
    case 'OffsetDurationExpr':
      return ' in offset, expected duration';
    default:
      return '';
  }
}

function countOf(text: string, character: string): number {
  return text.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/gs, '').split(character).length - 1;
}
