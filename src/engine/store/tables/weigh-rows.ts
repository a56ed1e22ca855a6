import type { WaitingRows } from './waiting-rows';

/** So many characters of a long text weigh as much as a row. */
const TEXT_A_ROW = 512;

/**
 * Spans, log records and samples that wait for a commit, or the rows that hang on them where these are more; long texts
 * among them count as more.
 */
export function weighRows({ spans, logs, samples, events, links, exemplars, attributes }: WaitingRows): number {
  const texts = attributes.columns.text.longTexts + logs.columns.body.longTexts;
  const items = spans.length + logs.length + samples.length;
  return Math.max(items, events.length, links.length, exemplars.length) + Math.floor(texts / TEXT_A_ROW);
}
