/** One log record or span of an agent, from whichever backend. */
export interface TelemetryItem {
  readonly signal: 'log' | 'span';
  /** Of a span its name; of a record `event.name`, else the record's own name of an event, else its text. */
  readonly name: string;
  /** Of a record its text; of a span empty. */
  readonly body: string;
  readonly service: string;
  readonly scope: string;
  /** Unix milliseconds, with fractions; both the same for a record. */
  readonly startMs: number;
  readonly endMs: number;
  /** Empty where there is none. */
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  /** Of a span: its status is an error, and what the status says. */
  readonly failed: boolean;
  readonly statusMessage: string;
  /** An attribute of its own by its OTLP key. Arrays and maps as JSON. */
  attribute(key: string): string | undefined;
  /** An attribute of its resource. */
  resource(key: string): string | undefined;
}

export function firstOf(item: TelemetryItem, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = item.attribute(key);
    if (value !== undefined && value !== '') return value;
  }
  return undefined;
}

/** A count or an amount: agents send them as numbers and as text. What is neither, or below zero, is none. */
export function amountOf(item: TelemetryItem, ...keys: readonly string[]): number | undefined {
  const text = firstOf(item, ...keys);
  if (text === undefined) return undefined;
  const value = Number(text);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

export function flagOf(item: TelemetryItem, ...keys: readonly string[]): boolean | undefined {
  const text = firstOf(item, ...keys)?.toLowerCase();
  return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : undefined;
}

/** What stands for content where it is switched off. */
const redacted = /^[<[](?:redacted|hidden)[>\]]$/i;

/** A text of content; undefined where the agent's content is off. */
export function contentOf(item: TelemetryItem, ...keys: readonly string[]): string | undefined {
  const text = firstOf(item, ...keys);
  return text === undefined || redacted.test(text) ? undefined : text;
}

/** Nothing that an agent does takes longer; what says so is wrong. Milliseconds. */
const longestMs = 86_400_000;

/** When something began that ended at the time of the item; its own start where it does not tell how long that took. */
export function startOf(item: TelemetryItem, ...keys: readonly string[]): number {
  const took = amountOf(item, ...keys);
  return took === undefined || took > longestMs ? item.startMs : item.endMs - took;
}
