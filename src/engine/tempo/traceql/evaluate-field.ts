import type { StoredAttribute } from '../../store/reader';
import { compare } from '../store/assemble-trace';
import { type LoadedSpan, type LoadedTrace, serviceOf } from '../store/loaded-trace';
import { formatSpanId, formatTraceId } from '../store/trace-id';
import { applyOperator } from './apply-operator';
import type { Attribute, Field, FieldExpression, Intrinsic } from './ast';
import { boolean, duration, float, int, kindNames, nil, type Static, statusNames, string } from './static-value';

/** Whether a span matches a filter's expression. */
export function matchesSpan(expression: FieldExpression, trace: LoadedTrace, span: LoadedSpan): boolean {
  return evaluateField(expression, trace, span).some((value) => value.type === 'boolean' && value.value);
}

/** The values of an expression: none where an attribute is missing, several for fields of events and links. */
export function evaluateField(expression: FieldExpression, trace: LoadedTrace, span: LoadedSpan): readonly Static[] {
  switch (expression.type) {
    case 'static':
      return [expression.value];
    case 'attribute':
    case 'intrinsic':
      return fieldValues(expression, trace, span);
    case 'unary': {
      const values = evaluateField(expression.operand, trace, span);
      if (expression.operator === 'exists') return [boolean(values.length > 0)];
      if (expression.operator === 'absent') return [boolean(values.length === 0)];
      if (expression.operator === '!')
        return [boolean(!values.some((value) => value.type === 'boolean' && value.value))];
      return values.map(negate);
    }
    case 'binary': {
      const left = evaluateField(expression.left, trace, span);
      const right = evaluateField(expression.right, trace, span);
      const results = left.flatMap((a) => right.map((b) => applyOperator(expression.operator, a, b)));
      if (results.length > 0 && results[0]?.type !== 'boolean') return results;
      if (expression.operator === '||')
        return [boolean([...left, ...right].some((value) => value.type === 'boolean' && value.value))];
      return isArithmetic(expression.operator)
        ? []
        : [boolean(results.some((value) => value.type === 'boolean' && value.value))];
    }
  }
}

function isArithmetic(operator: string): boolean {
  return '+-*/%^'.includes(operator);
}

function negate(value: Static): Static {
  return value.type === 'int' || value.type === 'float' || value.type === 'duration'
    ? { type: value.type, value: -value.value }
    : nil;
}

export function fieldValues(field: Field, trace: LoadedTrace, span: LoadedSpan): readonly Static[] {
  return field.type === 'attribute' ? attributeValues(field, span) : intrinsicValues(field.name, trace, span);
}

function attributeValues({ scope, name }: Attribute, span: LoadedSpan): readonly Static[] {
  switch (scope) {
    case 'span':
      return named(span.attributes, name);
    case 'resource':
      return resourceValues(name, span);
    case 'event':
      return span.events.flatMap((event) => named(event.attributes, name));
    case 'link':
      return span.links.flatMap((link) => named(link.attributes, name));
    case 'instrumentation':
      return named(span.scope?.attributes ?? [], name);
    default: {
      const own = named(span.attributes, name);
      return own.length > 0 ? own : resourceValues(name, span);
    }
  }
}

function resourceValues(name: string, span: LoadedSpan): readonly Static[] {
  if (name === 'service.name') return span.resource ? [string(serviceOf(span))] : [];
  return named(span.resource?.attributes ?? [], name);
}

function named(attributes: readonly StoredAttribute[], name: string): Static[] {
  // OTLP forbids a key twice, senders do it: every value counts, as in the SQL over the lists.
  return attributes
    .filter((attribute) => attribute.key === name)
    .map(toStatic)
    .filter((value) => value.type !== 'nil');
}

/** The TraceQL value of a stored attribute: maps and bytes compare as text, an empty value is none. */
export function toStatic({ kind, text, number }: Pick<StoredAttribute, 'kind' | 'text' | 'number'>): Static {
  switch (kind) {
    case 0:
      return nil;
    case 2:
      return boolean(text === 'true');
    case 3:
      return int(number ?? Number(text));
    case 4:
      return float(number ?? Number(text));
    case 5:
      return arrayOf(text);
    default:
      return string(text);
  }
}

/** An array that was cut for its length is no JSON any more and stays text. */
function arrayOf(text: string): Static {
  try {
    return { type: 'array', elements: (JSON.parse(text) as unknown[]).map(fromJson) };
  } catch {
    return string(text);
  }
}

function fromJson(value: unknown): Static {
  if (typeof value === 'string') return string(value);
  if (typeof value === 'boolean') return boolean(value);
  if (typeof value === 'number') return Number.isInteger(value) ? int(value) : float(value);
  return value === null ? nil : string(JSON.stringify(value));
}

function intrinsicValues(name: Intrinsic, trace: LoadedTrace, span: LoadedSpan): readonly Static[] {
  switch (name) {
    case 'duration':
      return [duration(span.durationNs)];
    case 'name':
      return [string(span.name)];
    case 'status':
      return [{ type: 'status', value: statusNames[span.status] ?? 'unset' }];
    case 'statusMessage':
      return [string(span.statusMessage)];
    case 'kind':
      return [{ type: 'kind', value: kindNames[span.kind] ?? 'unspecified' }];
    case 'rootName':
      return [string(trace.root?.name ?? '')];
    case 'rootServiceName':
      return [string(trace.root ? serviceOf(trace.root) : '')];
    case 'traceDuration':
      return [duration(trace.durationNs)];
    case 'nestedSetParent':
      // Only the sign is kept: -1 for a root; the check refuses other comparisons.
      return [int(span.parentId === 0n ? -1 : 1)];
    case 'trace:id':
      return [string(formatTraceId(trace).replace(/^0+/, ''))];
    case 'span:id':
      return [string(formatSpanId(span.spanId))];
    case 'span:parentID':
      return span.parentId === 0n ? [] : [string(formatSpanId(span.parentId))];
    case 'span:childCount':
      return [int(trace.childCounts.get(span.spanId) ?? 0)];
    case 'event:name':
      return span.events.map((event) => string(event.name));
    case 'event:timeSinceStart':
      return span.events.map((event) =>
        duration(compare(event.timeNs, span.startNs) < 0 ? 0 : Number(event.timeNs - span.startNs)),
      );
    case 'link:traceID':
      return span.links.map((link) => string(formatTraceId(link)));
    case 'link:spanID':
      return span.links.map((link) => string(formatSpanId(link.spanId)));
    case 'instrumentation:name':
      return span.scope ? [string(span.scope.name)] : [];
    case 'instrumentation:version':
      return span.scope ? [string(span.scope.version)] : [];
  }
}
