import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseSelection } from '../logql/parse-logql';
import { compilePipeline } from '../pipeline/compile-pipeline';
import { LogLabels } from '../pipeline/log-labels';

/** `templates.jsonl`: two lines, and what a Loki of September 2026 made of them with templates, its errors included. */
interface SentLine {
  readonly line: string;
  readonly timeNs: string;
  readonly service: string;
}
interface AskedTemplate {
  readonly stages: string;
  readonly answers: readonly { readonly line: string; readonly labels: Readonly<Record<string, string>> }[];
}

const records = readFileSync(new URL('templates.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((text) => JSON.parse(text) as SentLine | AskedTemplate);
const sent = records.filter((record) => 'timeNs' in record);
const asked = records.filter((record) => 'stages' in record);

test.each(asked.map((one) => [one.stages, one] as const))('Loki makes the same of %s', (stages, { answers }) => {
  const run = compilePipeline(parseSelection(`{a="b"} ${stages}`).stages);
  const made = sent.map(({ line, timeNs, service }) => {
    const labels = new LogLabels(new Map([['service_name', service]]), new Map([['detected_level', 'unknown']]));
    return { line: run(line, labels, BigInt(timeNs)), labels: Object.fromEntries(labels.parsedLabels()) };
  });
  expect(made).toEqual(answers);
});
