import type { SyntaxNode } from '@lezer/common';
import type { Extraction, LabelFormat, LabelSelector, LineFilter, LineFilterOperator, Stage } from './ast';
import { parseIpPattern } from './match-ip';
import { parseLabelFilter } from './parse-label-filter';
import type { QuerySource } from './query-source';
import { readMatcher } from './read-matcher';

/** Reads a PipelineExpr into its stages, in the order they run. */
export function parseStages(source: QuerySource, node: SyntaxNode): Stage[] {
  const nodes: SyntaxNode[] = [];
  for (let at: SyntaxNode | null = node; at; at = at.getChild('PipelineExpr'))
    nodes.push(at.getChild('PipelineStage')!);
  const stages: Stage[] = [];
  for (const stage of nodes.reverse()) {
    const lineFilters = stage.getChild('LineFilters');
    if (lineFilters) for (const filter of readLineFilters(source, lineFilters)) stages.push(filter);
    else stages.push(readStage(source, stage.lastChild!));
  }
  return stages;
}

function readStage(source: QuerySource, node: SyntaxNode): Stage {
  switch (node.name) {
    case 'LabelFilter':
      return { kind: 'label-filter', filter: parseLabelFilter(source, node) };
    case 'LabelParser':
      return readParser(source, node);
    case 'JsonExpressionParser':
      return { kind: 'json', extractions: readExtractions(source, node) };
    case 'LogfmtParser':
    case 'LogfmtExpressionParser': {
      const flags = node.getChild('LogfmtParserFlags');
      const text = flags ? source.text(flags) : '';
      return {
        kind: 'logfmt',
        strict: text.includes('--strict'),
        keepEmpty: text.includes('--keep-empty'),
        extractions: readExtractions(source, node),
      };
    }
    case 'LineFormatExpr':
      return { kind: 'line-format', template: source.string(node.getChild('String')!) };
    case 'LabelFormatExpr':
      return { kind: 'label-format', formats: readLabelFormats(source, node) };
    case 'DecolorizeExpr':
      return { kind: 'decolorize' };
    case 'DropLabelsExpr':
      return { kind: 'drop', labels: readLabelSelectors(source, node, 'DropLabel') };
    case 'KeepLabelsExpr':
      return { kind: 'keep', labels: readLabelSelectors(source, node, 'KeepLabel') };
    default:
      throw source.error(node, `syntax error: unexpected ${node.name}`);
  }
}

function readParser(source: QuerySource, node: SyntaxNode): Stage {
  const argument = node.getChild('String');
  switch (node.firstChild!.name) {
    case 'Json':
      return { kind: 'json', extractions: [] };
    case 'Unpack':
      return { kind: 'unpack' };
    case 'Regexp': {
      const text = source.string(argument!);
      source.checkRegex(text, node);
      if (!/\(\?P?<\w+>/.test(text)) throw source.error(node, 'at least one named capture must be supplied');
      return { kind: 'regexp', text };
    }
    default:
      return { kind: 'pattern', text: source.string(argument!) };
  }
}

function readLineFilters(source: QuerySource, node: SyntaxNode): LineFilter[] {
  const filters: LineFilter[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name === 'LineFilters') filters.push(...readLineFilters(source, child));
    if (child.name === 'LineFilter') filters.push(readLineFilter(source, child));
    if (child.name === 'OrFilter') {
      const last = filters.pop()!;
      const more = readAlternatives(source, child);
      checkAlternatives(source, child, last.operator, more);
      filters.push({ ...last, alternatives: [...last.alternatives, ...more] });
    }
  }
  return filters;
}

function readLineFilter(source: QuerySource, node: SyntaxNode): LineFilter {
  const operator = source.text(node.getChild('Filter')!) as LineFilterOperator;
  const alternatives = readAlternatives(source, node);
  checkAlternatives(source, node, operator, alternatives);
  return { kind: 'line-filter', operator, alternatives };
}

function readAlternatives(source: QuerySource, node: SyntaxNode): LineFilter['alternatives'] {
  const alternatives: { text: string; ip: boolean }[] = [];
  for (let at: SyntaxNode | null = node; at; at = at.getChild('OrFilter'))
    alternatives.push({ text: source.string(at.getChild('String')!), ip: at.getChild('FilterOp') !== null });
  return alternatives;
}

function checkAlternatives(
  source: QuerySource,
  node: SyntaxNode,
  operator: LineFilterOperator,
  alternatives: LineFilter['alternatives'],
): void {
  for (const { text, ip } of alternatives) {
    if (ip && operator !== '|=' && operator !== '!=') {
      throw source.error(node, `ip: unknown filter ${operator}, only |= and != are supported`);
    }
    if (ip && !parseIpPattern(text)) throw source.error(node, `invalid ip pattern: ${text}`);
    if (operator.endsWith('~')) source.checkRegex(text, node);
  }
}

function readExtractions(source: QuerySource, node: SyntaxNode): Extraction[] {
  const found: Extraction[] = [];
  node.cursor().iterate((cursor) => {
    if (cursor.name !== 'LabelExtractionExpression') return;
    const label = source.text(cursor.node.getChild('Identifier')!);
    const path = cursor.node.getChild('String');
    found.push({ label, path: path ? source.string(path) : label });
  });
  return found;
}

function readLabelFormats(source: QuerySource, node: SyntaxNode): LabelFormat[] {
  const formats: LabelFormat[] = [];
  node.cursor().iterate((cursor) => {
    if (cursor.name !== 'LabelFormatMatcher') return;
    const [target, from] = cursor.node.getChildren('Identifier');
    const template = cursor.node.getChild('String');
    const label = source.text(target!);
    if (label === '__error__') throw source.error(cursor.node, '__error__ cannot be formatted');
    if (formats.some((format) => format.label === label)) {
      throw source.error(cursor.node, `multiple label name '${label}' not allowed in a single format operation`);
    }
    formats.push(template ? { label, template: source.string(template) } : { label, from: source.text(from!) });
  });
  return formats;
}

function readLabelSelectors(source: QuerySource, node: SyntaxNode, name: string): LabelSelector[] {
  const labels: LabelSelector[] = [];
  node.cursor().iterate((cursor) => {
    if (cursor.name !== name) return;
    const matcher = cursor.node.getChild('Matcher');
    if (matcher) labels.push({ name: source.text(matcher.firstChild!), matcher: readMatcher(source, matcher) });
    else labels.push({ name: source.text(cursor.node.getChild('Identifier')!) });
  });
  return labels;
}
