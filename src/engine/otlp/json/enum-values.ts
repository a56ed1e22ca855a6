/** The names of OTLP's enums by the field that has them: proto3 JSON readers take them beside the integers. */
const VALUES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  kind: numbered('SPAN_KIND_', ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER']),
  code: numbered('STATUS_CODE_', ['UNSET', 'OK', 'ERROR']),
  aggregationTemporality: numbered('AGGREGATION_TEMPORALITY_', ['UNSPECIFIED', 'DELTA', 'CUMULATIVE']),
  severityNumber: numbered('SEVERITY_NUMBER_', [
    'UNSPECIFIED',
    ...['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'].flatMap((level) =>
      ['', '2', '3', '4'].map((step) => level + step),
    ),
  ]),
};

function numbered(prefix: string, names: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(names.map((name, value) => [prefix + name, value]));
}

/** The number of an enum's value by its name; undefined where the field has no such name. */
export function enumValue(field: string, name: string): number | undefined {
  const names = VALUES[field];
  return names && Object.hasOwn(names, name) ? names[name] : undefined;
}
