import type { AttributeValue } from '../../../../../shared/redaction/attribute-value';
import { isOfAgent } from './agent-resources';
import type { FileRedaction } from './file-redaction';

interface OtlpValue {
  stringValue?: string;
  boolValue?: boolean;
  intValue?: string | number;
  doubleValue?: number | string;
  bytesValue?: string;
  arrayValue?: { values?: OtlpValue[] };
  kvlistValue?: { values?: OtlpAttribute[] };
}
interface OtlpAttribute {
  key: string;
  value?: OtlpValue;
}
interface WithAttributes {
  attributes?: OtlpAttribute[];
}
interface OtlpSpan extends WithAttributes {
  events?: WithAttributes[];
  links?: WithAttributes[];
}
interface OtlpScope extends WithAttributes {
  name?: string;
}
interface OtlpResourceSpans {
  resource?: WithAttributes;
  scopeSpans?: { scope?: OtlpScope; spans?: OtlpSpan[] }[];
}

/** The attribute of each resource that says what was done. */
const note = 'watchtower.redacted';

/** A request of traces in OTLP JSON as the redaction leaves it; what it changes becomes text. Each resource says so in an attribute. */
export function redactOtlp(text: string, redaction: FileRedaction): string {
  const request: { resourceSpans?: OtlpResourceSpans[] } = JSON.parse(text);
  const resourceSpans = (request.resourceSpans ?? []).map(({ resource, scopeSpans = [], ...rest }) => {
    const ofAgent = isOfAgent(
      serviceOf(resource),
      scopeSpans.map(({ scope }) => scope?.name ?? ''),
    );
    const redact = <Part extends WithAttributes>(part: Part): Part =>
      part.attributes
        ? { ...part, attributes: part.attributes.flatMap((each) => redactAttribute(each, redaction, ofAgent)) }
        : part;
    return {
      resource: redact(resource ?? {}),
      scopeSpans: scopeSpans.map(({ scope, spans, ...others }) => ({
        ...(scope && { scope: redact(scope) }),
        ...(spans && {
          spans: spans.map((span) => ({
            ...redact(span),
            ...(span.events && { events: span.events.map(redact) }),
            ...(span.links && { links: span.links.map(redact) }),
          })),
        }),
        ...others,
      })),
      ...rest,
    };
  });
  const said: OtlpAttribute = { key: note, value: { stringValue: redaction.describe() } };
  for (const { resource } of resourceSpans) resource.attributes = [...(resource.attributes ?? []), said];
  return `${JSON.stringify({ ...request, resourceSpans })}\n`;
}

function redactAttribute(attribute: OtlpAttribute, redaction: FileRedaction, ofAgent: boolean): OtlpAttribute[] {
  const before = readValue(attribute.value);
  const after = redaction.attribute(attribute.key, before, ofAgent);
  if (after === before) return [attribute];
  return after === undefined ? [] : [{ key: attribute.key, value: { stringValue: String(after) } }];
}

function serviceOf(resource: WithAttributes | undefined): string {
  return resource?.attributes?.find(({ key }) => key === 'service.name')?.value?.stringValue ?? '';
}

function readValue(value: OtlpValue | undefined): AttributeValue {
  if (!value) return null;
  const { stringValue, boolValue, intValue, doubleValue, bytesValue, arrayValue, kvlistValue } = value;
  if (bytesValue !== undefined) return Uint8Array.from(atob(bytesValue), (character) => character.charCodeAt(0));
  if (arrayValue) return (arrayValue.values ?? []).map(readValue);
  if (kvlistValue)
    return Object.fromEntries((kvlistValue.values ?? []).map((each) => [each.key, readValue(each.value)]));
  // A text stands for a number of 64 bits, which no rule takes for text.
  if (intValue !== undefined) return BigInt(intValue);
  if (doubleValue !== undefined) return Number(doubleValue);
  return stringValue ?? boolValue ?? null;
}
