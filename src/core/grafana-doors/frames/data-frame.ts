/** One column. `frame` is the type's name in Go, by which Grafana's clients read the values. */
export interface FrameField {
  name: string;
  type: 'time' | 'number' | 'string' | 'other';
  frame: 'time.Time' | 'float64' | 'int64' | 'int8' | 'string' | 'json.RawMessage';
  nullable?: true;
  labels?: Readonly<Record<string, string>>;
  config?: Readonly<Record<string, unknown>>;
  /** Times in Unix milliseconds; of numbers also NaN and the infinities, which JSON has not. */
  values: readonly unknown[];
  /** Of each time, the nanoseconds behind its millisecond. */
  nanos?: readonly number[];
}

export interface DataFrame {
  name?: string;
  /** In place of the query's. */
  refId?: string;
  meta?: Readonly<Record<string, unknown>>;
  fields: readonly FrameField[];
}

interface Entities {
  NaN?: number[];
  Inf?: number[];
  NegInf?: number[];
}

/** Part of every `meta` that Grafana writes. */
export const noTypeVersion = [0, 0] as const;

/** A frame as Grafana writes it: schema apart from values, what JSON cannot say beside them. */
export function toFrameJson({ name, refId: own, meta, fields }: DataFrame, refId: string) {
  const columns = fields.map(({ values }) => withoutEntities(values));
  const entities = columns.map((column) => column.entities);
  const nanos = fields.map((field) => (field.nanos?.some((nano) => nano !== 0) ? field.nanos : null));
  return {
    schema: {
      ...(name && { name }),
      refId: own || refId,
      ...(meta && { meta }),
      fields: fields.map(({ name: title, type, frame, nullable, labels, config }) => ({
        name: title,
        type,
        typeInfo: { frame, ...(nullable && { nullable }) },
        ...(labels && { labels }),
        ...(config && { config }),
      })),
    },
    data: {
      values: columns.map(({ values }) => values),
      ...(entities.some((each) => each !== null) && { entities }),
      ...(nanos.some((each) => each !== null) && { nanos }),
    },
  };
}

function withoutEntities(values: readonly unknown[]): { values: readonly unknown[]; entities: Entities | null } {
  if (!values.some(isEntity)) return { values, entities: null };
  const entities: Entities = {};
  const note = (kind: keyof Entities, index: number) => {
    entities[kind] ??= [];
    entities[kind].push(index);
  };
  values.forEach((value, index) => {
    if (!isEntity(value)) return;
    note(Number.isNaN(value) ? 'NaN' : value > 0 ? 'Inf' : 'NegInf', index);
  });
  return { values: values.map((value) => (isEntity(value) ? null : value)), entities };
}

function isEntity(value: unknown): value is number {
  return typeof value === 'number' && !Number.isFinite(value);
}
