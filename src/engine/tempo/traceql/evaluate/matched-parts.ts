import type { LoadedSpan, LoadedTrace } from '../../store/loaded-trace';
import type { FieldExpression, Stage } from '../ast';
import { conjuncts, countFields, type PartScope, scopesToBind } from '../part-binding';
import { matchesSpan } from './evaluate-field';
import type { Parts } from './field-values';

/** The event and the link by which a span matches the filters of the stages, as far as these ask for one. */
export function matchedParts(stages: readonly Stage[], trace: LoadedTrace, span: LoadedSpan): Parts {
  if (span.events.length === 0 && span.links.length === 0) return {};
  let parts: Parts = {};
  for (const filter of stages.flatMap(filtersOf))
    if (matchesSpan(filter, trace, span)) parts = { ...witness(filter, trace, span, {}), ...parts };
  return parts;
}

function filtersOf(stage: Stage): FieldExpression[] {
  switch (stage.type) {
    case 'filter':
      return [stage.expression];
    case 'operation':
      return [...filtersOf(stage.left), ...filtersOf(stage.right)];
    case 'pipeline':
      return stage.stages.flatMap(filtersOf);
    default:
      return [];
  }
}

/** Of an expression that holds, the first event and link with which it does. */
function witness(expression: FieldExpression, trace: LoadedTrace, span: LoadedSpan, parts: Parts): Parts {
  if (expression.type === 'binary') {
    if (expression.operator === '||') {
      const side = matchesSpan(expression.left, trace, span, parts) ? expression.left : expression.right;
      return witness(side, trace, span, parts);
    }
    const bound = scopesToBind(expression).reduce((known, scope) => bind(expression, scope, trace, span, known), parts);
    if (expression.operator !== '&&') return bindFields(expression, trace, span, bound);
    return conjuncts(expression).reduce((known, each) => witness(each, trace, span, known), bound);
  }
  return expression.type === 'unary' && expression.operator === '!'
    ? parts
    : bindFields(expression, trace, span, parts);
}

function bindFields(expression: FieldExpression, trace: LoadedTrace, span: LoadedSpan, parts: Parts): Parts {
  return (['event', 'link'] as const).reduce(
    (known, scope) => (countFields(expression, scope) > 0 ? bind(expression, scope, trace, span, known) : known),
    parts,
  );
}

function bind(
  expression: FieldExpression,
  scope: PartScope,
  trace: LoadedTrace,
  span: LoadedSpan,
  parts: Parts,
): Parts {
  if (parts[scope]) return parts;
  if (scope === 'event') {
    const event = span.events.find((each) => matchesSpan(expression, trace, span, { ...parts, event: each }));
    return event ? { ...parts, event } : parts;
  }
  const link = span.links.find((each) => matchesSpan(expression, trace, span, { ...parts, link: each }));
  return link ? { ...parts, link } : parts;
}
