import type { Attribute, Trace } from '../../../shared/contract/telemetry';
import { formatDuration } from '../../../shared/format-duration';
import type { Row } from '../../observing/ask-question';

const kindNumbers = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];

/** The spans of a trace with the attributes of their resources and of their own, as OATs puts them together. */
export function spanRows({ spans, resources }: Trace): Row[] {
  return spans.map((span) => {
    const { name, version } = span.scope;
    const attributes = {
      ...texts(resources[span.resource]?.attributes ?? []),
      ...(name && { 'otel.scope.name': name, 'otel.library.name': name }),
      ...(version && { 'otel.library.version': version }),
      kind: String(kindNumbers.indexOf(span.kind)),
      ...texts(span.attributes),
    };
    const failed = span.status.code === 'error' ? ` failed: ${span.status.message}` : '';
    return {
      name: span.name,
      attributes,
      shown: `${span.service} ${span.name} ${formatDuration(span.durationNs)}${failed}`,
    };
  });
}

function texts(attributes: readonly Attribute[]): Record<string, string> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, sayValue(value)]));
}

function sayValue(value: Attribute['value']): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value)
    ? value.map((each) => sayValue(each)).join(',')
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
}
