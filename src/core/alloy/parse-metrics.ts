export interface MetricSample {
  name: string;
  labels: Readonly<Record<string, string>>;
  value: number;
}

const sampleLine = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)(?: -?\d+)?$/;
const labelPair = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** Samples of a page in Prometheus' text format; comments and lines that are no sample are left out. */
export function parseMetrics(text: string): MetricSample[] {
  return text.split('\n').flatMap((line) => {
    const match = line.startsWith('#') ? null : sampleLine.exec(line.trimEnd());
    if (!match) return [];
    const pairs = [...(match[2] ?? '').matchAll(labelPair)].map((pair) => [pair[1]!, withoutEscapes(pair[2]!)]);
    return [{ name: match[1]!, labels: Object.fromEntries(pairs), value: parseValue(match[3]!) }];
  });
}

function withoutEscapes(value: string): string {
  return value.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
}

function parseValue(text: string): number {
  if (text === '+Inf') return Number.POSITIVE_INFINITY;
  if (text === '-Inf') return Number.NEGATIVE_INFINITY;
  return Number(text);
}
