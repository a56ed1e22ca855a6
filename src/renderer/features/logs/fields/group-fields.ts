import { compareTexts } from '../../../../shared/compare-texts';
import type { LogField } from '../../../../shared/contract/log-patterns';
import { unescapeName } from '../../../../shared/escaped-name';

const titles = {
  label: 'Labels',
  metadata: 'Attributes of the lines',
  json: 'In JSON',
  logfmt: 'In key=value',
} as const;
/** What nearly every line has another of. */
const mostValues = 500;

export interface FieldGroup {
  title: string;
  fields: LogField[];
}

/** Fields whose name has the text, by where they come from; those that tell lines apart by few values first. */
export function groupFields(fields: readonly LogField[], text: string): FieldGroup[] {
  const wanted = text.trim().toLowerCase();
  const found = fields.filter(({ name }) => unescapeName(name).toLowerCase().includes(wanted));
  return (Object.keys(titles) as LogField['kind'][])
    .map((kind) => ({
      title: titles[kind],
      fields: found.filter((field) => field.kind === kind).sort(bySay),
    }))
    .filter(({ fields }) => fields.length > 0);
}

/** One value says nothing, hundreds say little. */
function bySay(a: LogField, b: LogField): number {
  return rankOf(a) - rankOf(b) || compareTexts(a.name, b.name);
}

function rankOf({ cardinality }: LogField): number {
  return cardinality > mostValues ? 2 : cardinality === 1 ? 1 : 0;
}
