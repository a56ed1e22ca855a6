import { parser } from '@prometheus-io/lezer-promql';
import type { Pace } from '../../../pace/pace';
import { SyntaxNode } from './syntax-node';

/** One step of the parser and one node of the tree, in units of `Pace.isDueAfter`. */
const STEP = 200;
const NODE = 50;

/** A reduced part of the text: children before their parent, four numbers each (type, from, to, length in the buffer). */
interface ParserStack {
  readonly buffer: readonly number[];
  readonly bufferBase: number;
  readonly parent: ParserStack | null;
}

/** What the parser has and does not say in its types. */
interface ParserState {
  /** How often in a row a node of more than 2,000 characters was made longer by an operator. */
  bigReductionCount: number;
  stackToTree(stack: ParserStack): unknown;
  advance(): unknown;
}

/**
 * The syntax tree of a query, read in turns. The parser keeps trees shallow, as editors need them: after 300 operators on a
 * long text it breaks a chain off as an error, and what is deeper than 2,500 levels it flattens. A query lives shortly and
 * may be a chain of ten thousand, so the one is never let count and the tree is made here of what the parser reduced.
 */
export async function parseTree(query: string, pace: Pace): Promise<SyntaxNode> {
  const parse = parser.startParse(query) as unknown as ParserState;
  let stack: ParserStack | undefined;
  parse.stackToTree = (finished) => {
    stack = finished;
    return finished;
  };
  while (stack === undefined) {
    parse.bigReductionCount = 0;
    parse.advance();
    if (pace.isDueAfter(STEP)) await pace.turn();
  }
  return await buildTree(query, stack, pace);
}

async function buildTree(query: string, stack: ParserStack, pace: Pace): Promise<SyntaxNode> {
  const { types } = parser.nodeSet;
  const buffer = wholeBuffer(stack);
  let hasError = false;
  const open: { readonly node: SyntaxNode; readonly start: number }[] = [];
  for (let end = 4; end <= buffer.length; end += 4) {
    if (pace.isDueAfter(NODE)) await pace.turn();
    const length = buffer[end - 1]!;
    const type = types[buffer[end - 4]!];
    // Records of the parser's own have no length; nodes without a name are repetitions, their children the parent's.
    if (length < 0 || !type || type.isAnonymous) continue;
    hasError ||= type.isError;
    const node = new SyntaxNode(type.name, type.isError, buffer[end - 3]!, buffer[end - 2]!);
    let first = open.length;
    while (first > 0 && open[first - 1]!.start >= end - length) first--;
    node.adopt(open.splice(first).map((child) => child.node));
    open.push({ node, start: end - length });
  }
  const root = new SyntaxNode(parser.topNode.name, hasError, 0, query.length);
  root.adopt(open.map(({ node }) => node));
  return root;
}

/** A stack that was split off goes on from a place in its parent's buffer. */
function wholeBuffer(stack: ParserStack): number[] {
  const parts: (readonly number[])[] = [];
  let end = stack.buffer.length;
  for (let at: ParserStack | null = stack; at; at = at.parent) {
    parts.unshift(at.buffer.slice(0, end));
    end = at.bufferBase - (at.parent?.bufferBase ?? 0);
  }
  return ([] as number[]).concat(...parts);
}
