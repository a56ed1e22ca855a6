import type { TimeWindow } from '../../../../shared/contract/telemetry';
import { showPlainText } from '../../../../shared/show-plain-text';
import { client } from '../../../client/contract-client';
import type { Asked, Offer } from './completion-offer';
import type { NameSource } from './name-source';
import { valueOffers } from './value-offers';

/** What was answered a moment ago is not asked again while one types. */
const freshMs = 20_000;
const mostKept = 200;

/** Names and values as the backend in use knows them, in the window of the page. What cannot be asked offers nothing. */
export function hostNames(window: () => TimeWindow): NameSource {
  const kept = new Map<string, { at: number; asked: Promise<Asked> }>();
  const ask = async (key: string, question: () => Promise<Asked>): Promise<Asked> => {
    const known = kept.get(key);
    if (known && Date.now() - known.at < freshMs) return known.asked;
    // Without a signal of its own: what one key asked for the next one uses.
    const asked = question().catch((): Asked => {
      kept.delete(key);
      return { names: [] };
    });
    kept.set(key, { at: Date.now(), asked });
    if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
    return asked;
  };
  /** All values, or those that contain what is typed where they are too many. */
  const askValues = async (
    key: string,
    typed: string,
    question: (text: string) => Promise<{ values: Offer[]; more: boolean }>,
  ): Promise<Asked> => {
    const read = (text: string) =>
      ask(`${key}\n${text}`, async () => {
        const { values, more } = await question(text);
        return { names: values, more };
      });
    const all = await read('');
    return all.more && typed !== '' ? { ...(await read(typed)), more: true } : all;
  };
  return {
    spanFields: () =>
      ask('span fields', async () => {
        const { resource, span, event = [], link = [], instrumentation = [] } = await client.traces.tagNames();
        const scopes = { resource, span, event, link, instrumentation };
        const names = Object.entries(scopes).flatMap(([scope, tags]) => tags.map((tag) => fieldOffer(scope, tag)));
        return { names };
      }),
    spanValues: (field, typed, quote) =>
      askValues(`span values\n${field}\n${quote}`, typed, async (contains) => {
        const { values, type, more } = await client.completion.spanValues({ tag: field, contains });
        return {
          values:
            quote === null && type !== 'string'
              ? values.map((label): Offer => ({ kind: 'value', label, detail: type }))
              : valueOffers(values, quote),
          more,
        };
      }),
    logLabels: () =>
      ask('log labels', async () => ({ names: nameOffers(await client.logs.labels({ window: window() })) })),
    logLabelValues: (label, typed, quote) =>
      askValues(`log values\n${label}\n${quote}`, typed, async (contains) => {
        const { values, more } = await client.completion.logValues({ label, contains, window: window() });
        return { values: valueOffers(values, quote), more };
      }),
    logFields: (selector) =>
      ask(`log fields\n${selector}`, async () => {
        const found = await client.completion.logFields({ query: selector, window: window() });
        return {
          names: found.map(({ name, type }) => ({
            kind: 'name',
            label: showPlainText(name),
            insert: name,
            detail: type,
          })),
        };
      }),
    metricNames: () =>
      ask('metrics', async () => {
        const metrics = await client.metrics.names({ window: window() });
        return {
          names: metrics.map(({ name, type, help }) => ({
            kind: 'name',
            label: showPlainText(name),
            insert: /^[A-Za-z_:][\w:]*$/.test(name) ? name : `{${JSON.stringify(name)}}`,
            detail: type,
            ...(help && { info: showPlainText(help) }),
          })),
        };
      }),
    metricLabels: (metric) =>
      ask(`metric labels\n${metric}`, async () => ({
        names: nameOffers(await client.completion.metricLabels({ metric, window: window() })),
      })),
    metricLabelValues: (metric, label, typed, quote) =>
      askValues(`metric values\n${metric}\n${label}\n${quote}`, typed, async (contains) => {
        const { values, more } = await client.completion.metricValues({ metric, label, contains, window: window() });
        return { values: valueOffers(values, quote), more };
      }),
  };
}

function nameOffers(names: readonly string[]): Offer[] {
  return names.map((name) => ({
    kind: 'name',
    label: showPlainText(name),
    insert: /^[A-Za-z_][\w]*$/.test(name) ? name : JSON.stringify(name),
  }));
}

/** An attribute as TraceQL writes it: in quotes where its name has what the language uses itself. */
function fieldOffer(scope: string, tag: string): Offer {
  const plain = /^[^\s{}()[\]=!<>~&|,"`+*^%\\]+$/.test(tag);
  return {
    kind: 'name',
    label: showPlainText(`${scope}.${tag}`),
    insert: `${scope}.${plain ? tag : JSON.stringify(tag)}`,
    detail: scope,
  };
}
