import type { ExplainRequest } from '../../shared/explain/explain-request';
import type { TypedValue } from '../../shared/explain/explained-rows';
import type { Field } from '../tempo/traceql/ast';

const scopes: Partial<Record<TypedValue['place'], string>> = { span: 'span', resource: 'resource', event: 'event' };

/** Whether one of the populations is chosen by the field: then it differs of necessity. */
export function isNamedBy(
  fields: readonly Field[],
  { selection, against }: ExplainRequest,
): (value: TypedValue) => boolean {
  const names = new Set(
    fields.flatMap((field) => {
      if (field.type === 'intrinsic') return [`intrinsic ${field.name}`];
      return field.scope === undefined
        ? [`span ${field.name}`, `resource ${field.name}`]
        : [`${field.scope} ${field.name}`];
    }),
  );
  if (selection.errors !== against.errors) names.add('intrinsic status');
  return ({ place, key }) =>
    names.has(`${scopes[place] ?? place} ${key}`) || (selection.runId !== against.runId && key === 'watchtower.run.id');
}
