import type { Problem } from '../../../../shared/problem';
import type { MetricsStage, Query, SpansetOperator, Stage } from '../ast';
import { boolean, formatStatic } from '../static-value';
import { buildChain, type Link } from './build-chain';
import { literalNamed } from './literal-named';
import { FieldExpressionParser } from './parse-field-expression';
import {
  metricsFunctions,
  parseFields,
  parseMetricsStage,
  parseSelections,
  refuseMetricsOperator,
} from './parse-metrics-stage';
import { aggregateNames, comparisons, parseScalarFilter } from './parse-scalar-filter';
import { QueryRefusal } from './syntax-error';
import { TokenReader } from './token-reader';

/** As in Tempo. */
const MAX_QUERY_BYTES = 128 * 1024;
/** Trees are walked by recursion. */
const MAX_DEPTH = 500;

/** Reads a query; a `Problem` is a syntax error in Tempo's words or a construct that is refused by its name. */
export function parseTraceql(query: string): Query | Problem {
  const bytes = Buffer.byteLength(query);
  if (bytes > MAX_QUERY_BYTES)
    return { kind: 'traceql-too-long', message: `the query has ${bytes} bytes: at most ${MAX_QUERY_BYTES}` };
  try {
    return new QueryParser(new TokenReader(query)).query();
  } catch (error) {
    if (error instanceof QueryRefusal) return error.problem;
    throw error;
  }
}

interface Pipeline {
  readonly stages: readonly Stage[];
  /** Of its only element. */
  readonly form?: Operand['form'];
  readonly metrics?: MetricsStage;
}

/**
 * Part of an expression. The language joins filters, or pipelines in parentheses, not one with the other; filters in
 * parentheses are either. Nothing can be piped to joined pipelines.
 */
interface Operand {
  readonly stage: Stage;
  readonly metrics?: MetricsStage;
  readonly form: 'filter' | 'pipeline' | 'either';
}

const spansetPowers: Readonly<Record<string, number>> = {
  ...{ '&&': 1, '||': 1, '>': 2, '<': 2, '>>': 2, '<<': 2, '~': 2, '!>': 2, '!<': 2, '!>>': 2, '!<<': 2, '!~': 2 },
  ...{ '&>': 2, '&<': 2, '&>>': 2, '&<<': 2, '&~': 2 },
};

class QueryParser {
  private readonly fields: FieldExpressionParser;
  private readonly depths = new WeakMap<Stage, number>();
  private nesting = 0;

  constructor(private readonly reader: TokenReader) {
    this.fields = new FieldExpressionParser(reader);
  }

  query(): Query {
    const { stages, metrics: read } = this.pipeline();
    if (read) refuseMetricsOperator(this.reader);
    // Of a metrics query in parentheses they stand behind these.
    const metrics = read && { ...read, selections: [...read.selections, ...parseSelections(this.reader)] };
    const hints = new Map<string, string>();
    while (this.reader.take('with')) this.hints(hints);
    if (this.reader.peek().type !== 'end') throw this.reader.unexpected();
    return metrics ? { stages, metrics, hints } : { stages, hints };
  }

  private pipeline(): Pipeline {
    const stages: Stage[] = [];
    for (;;) {
      if (metricsFunctions.has(this.reader.text() ?? '') && stages.length > 0)
        return { stages, metrics: parseMetricsStage(this.reader, this.fields) };
      const element = this.element(stages.length === 0);
      stages.push(element.stage);
      if (element.metrics) return { stages, metrics: element.metrics };
      if (this.reader.text() !== '|') return { stages, form: element.form };
      if (element.form === 'pipeline') throw this.reader.unexpected();
      this.reader.next();
    }
  }

  private element(isFirst: boolean): Operand {
    const text = this.reader.text() ?? '';
    if (text === 'by') return single({ type: 'group', expression: this.groupExpression() });
    if (text === 'select') {
      this.reader.next();
      return single({ type: 'select', fields: parseFields(this.reader, this.fields) });
    }
    if (text === 'coalesce' && !isFirst) {
      this.reader.next();
      this.reader.expect('(');
      this.reader.expect(')');
      return single({ type: 'coalesce' });
    }
    if (this.startsScalar()) return single(parseScalarFilter(this.reader, this.fields));
    return this.spansets();
  }

  private groupExpression() {
    this.reader.next();
    this.reader.expect('(');
    const expression = this.fields.expression();
    this.reader.expect(')');
    return expression;
  }

  /** Whether a scalar filter begins here, and not a pipeline in parentheses that begins with one. */
  private startsScalar(): boolean {
    let ahead = 0;
    while (this.reader.text(ahead) === '(') ahead++;
    const token = this.reader.peek(ahead);
    const begins =
      token.type === 'literal' || this.reader.text(ahead) === '-' || aggregateNames.has(this.reader.text(ahead) ?? '');
    return begins && (ahead === 0 || !this.holdsComparison());
  }

  /** Whether in the parentheses that open here something is compared, other than in calls. */
  private holdsComparison(): boolean {
    // Of each open parenthesis, whether it is a call's.
    const open: boolean[] = [];
    let calls = 0;
    for (let ahead = 0; this.reader.peek(ahead).type !== 'end'; ahead++) {
      const text = this.reader.text(ahead) ?? '';
      if (text === '(') {
        const isCall = ahead > 0 && this.reader.peek(ahead - 1).type === 'word';
        open.push(isCall);
        if (isCall) calls++;
      } else if (text === ')') {
        if (open.pop()) calls--;
        if (open.length === 0) return false;
      } else if (calls === 0 && (comparisons.has(text) || text === '|')) return true;
    }
    return false;
  }

  private spansets(minimum = 1): Operand {
    if (++this.nesting > MAX_DEPTH) throw tooDeep();
    let left = this.operand();
    for (let power = this.power(); power >= minimum && !left.metrics; power = this.power())
      left = this.chain(left, power);
    this.nesting--;
    return left;
  }

  private power(): number {
    return spansetPowers[this.reader.text() ?? ''] ?? 0;
  }

  private chain(first: Operand, power: number): Operand {
    const links: Link<Operand>[] = [];
    let { form } = first;
    while (this.power() === power) {
      const operator = this.reader.text()!;
      this.reader.next();
      const start = this.reader.peek();
      const operand = this.spansets(power + 1);
      const isMixed = form !== 'either' && operand.form !== 'either' && form !== operand.form;
      if (operand.metrics || isMixed) throw this.reader.unexpected(start);
      if (form === 'either') form = operand.form;
      links.push({ operator, operand });
    }
    return buildChain(first, links, (operator) => operator === '&&' || operator === '||', this.join);
  }

  private operand(): Operand {
    if (this.reader.take('{')) {
      if (this.reader.take('}'))
        return single({ type: 'filter', expression: { type: 'static', value: boolean(true) } });
      const expression = this.fields.expression();
      this.reader.expect('}');
      return single({ type: 'filter', expression });
    }
    this.reader.expect('(');
    const { stages, metrics, form } = this.pipeline();
    this.reader.expect(')');
    const [only] = stages;
    const isPlain = stages.length === 1 && (only!.type === 'filter' || only!.type === 'operation');
    const stage: Stage = isPlain ? only! : { type: 'pipeline', stages };
    if (!metrics) return { stage, form: isPlain && form !== 'pipeline' ? 'either' : 'pipeline' };
    refuseMetricsOperator(this.reader);
    return { stage, metrics, form: 'pipeline' };
  }

  private readonly join = (operator: string, left: Operand, right: Operand): Operand => {
    const depth = 1 + Math.max(this.depths.get(left.stage) ?? 0, this.depths.get(right.stage) ?? 0);
    if (depth > MAX_DEPTH) throw tooDeep();
    const stage: Stage = {
      type: 'operation',
      operator: operator as SpansetOperator,
      left: left.stage,
      right: right.stage,
    };
    this.depths.set(stage, depth);
    return { stage, form: left.form === 'either' ? right.form : left.form };
  };

  private hints(hints: Map<string, string>): void {
    this.reader.expect('(');
    do {
      const name = this.reader.next();
      if (name.type !== 'word') throw this.reader.unexpected(name);
      this.reader.expect('=');
      const sign = this.reader.take('-') ? '-' : '';
      const token = this.reader.next();
      const value =
        token.type === 'literal' ? token.value : token.type === 'word' ? literalNamed(token.text) : undefined;
      if (!value) throw this.reader.unknown(token);
      hints.set(name.text, `${sign}${formatStatic(value)}`);
    } while (this.reader.take(','));
    this.reader.expect(')');
  }
}

function single(stage: Stage): Operand {
  return { stage, form: 'filter' };
}

function tooDeep(): QueryRefusal {
  const message = `the query is nested too deeply: at most ${MAX_DEPTH} levels`;
  return new QueryRefusal({ kind: 'traceql-too-deep', message });
}
