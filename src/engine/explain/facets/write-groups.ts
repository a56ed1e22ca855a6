import { compareTexts } from '../../../shared/compare-texts';
import type { Facet, FacetGroup } from '../../../shared/contract/facets';
import type { Field } from '../../tempo/traceql/ast';
import { formatStatic, type Static } from '../../tempo/traceql/static-value';

export interface CountedValue {
  /** Undefined: spans that have none. */
  readonly value: Static | undefined;
  readonly spans: number;
  readonly errors: number;
  /** Nanoseconds; -1 where it is not known. */
  readonly p95: number;
}

interface Counted {
  /** Values that there are, and the spans of all of them. */
  readonly groups: number;
  readonly total: number;
  readonly looked: number;
  readonly limit: number;
}

const MOST_CHARACTERS = 300;

/** Values of one text as one, those of most spans first, as many as are asked for; the others by their number. */
export function writeGroups(field: Field, counted: readonly CountedValue[], all: Counted): Facet {
  const byText = new Map<string, CountedValue>();
  for (const each of counted) {
    const key = each.value ? `${each.value.type} ${formatStatic(each.value)}` : '';
    const known = byText.get(key);
    byText.set(key, known ? joined(known, each) : each);
  }
  const repeated = counted.length - byText.size;
  const groups = [...byText.values()]
    .map((each) => ({ each, text: each.value ? formatStatic(each.value) : '' }))
    .sort((a, b) => b.each.spans - a.each.spans || compareTexts(a.text, b.text))
    .slice(0, all.limit)
    .map(({ each }) => groupOf(field, each));
  const shown = groups.reduce((sum, { count }) => sum + count, 0);
  const name = writeField(field);
  return {
    field: name,
    groups,
    others: {
      values: Math.max(0, all.groups - repeated - groups.length),
      spans: Math.max(0, all.total - shown),
    },
    looked: all.looked,
  };
}

function joined(a: CountedValue, b: CountedValue): CountedValue {
  return { ...a, spans: a.spans + b.spans, errors: a.errors + b.errors, p95: Math.max(a.p95, b.p95) };
}

function groupOf(field: Field, { value, spans, errors, p95 }: CountedValue): FacetGroup {
  const text = value && value.type !== 'nil' ? formatStatic(value) : null;
  return {
    value: text === null ? null : text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text,
    condition: writeCondition(field, value),
    ...{ count: spans, errors, p95Ns: p95 < 0 ? null : p95 },
  };
}

const plainName = /^[A-Za-z_][\w.-]*$/;

/** As a query may have it, where `formatField` writes it as in labels. */
function writeField(field: Field): string {
  if (field.type === 'intrinsic') return field.name;
  return `${field.scope ?? ''}.${plainName.test(field.name) ? field.name : JSON.stringify(field.name)}`;
}

function writeCondition(field: Field, value: Static | undefined): string | null {
  const name = writeField(field);
  if (!value || value.type === 'nil') return field.type === 'attribute' ? `${name} = nil` : null;
  if (value.type === 'array') return null;
  const text = formatStatic(value);
  if (text.length > MOST_CHARACTERS) return null;
  return `${name} = ${value.type === 'string' ? JSON.stringify(text) : text}`;
}
