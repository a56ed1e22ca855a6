import type { Attribute, LogRecord, Trace } from '../../../../../shared/contract/telemetry';
import { unescapeName } from '../../../../../shared/escaped-name';
import { lineText } from '../../../../../shared/line-text';
import { agentResources, isOfAgent } from './agent-resources';
import type { FileRedaction } from './file-redaction';

/** A trace and its log lines as the redaction leaves them. Names of spans and what their status says stay, as in what destinations get. */
export function redactTrace(
  trace: Trace,
  logs: readonly LogRecord[],
  redaction: FileRedaction,
): { trace: Trace; logs: LogRecord[] } {
  const agents = agentResources(trace);
  const redact = (attributes: readonly Attribute[], ofAgent: boolean): Attribute[] =>
    attributes.flatMap((attribute): Attribute[] => {
      const after = redaction.attribute(attribute.key, attribute.value, ofAgent);
      if (after === attribute.value) return [attribute];
      return after === undefined ? [] : [{ key: attribute.key, value: String(after) }];
    });
  const resources = trace.resources.map(({ attributes }, at) => ({ attributes: redact(attributes, agents.has(at)) }));
  const services = resources.map(({ attributes }) => attributes.find(({ key }) => key === 'service.name')?.value);
  const spans = trace.spans.map((span) => {
    const ofAgent = agents.has(span.resource);
    const service = services[span.resource];
    return {
      ...span,
      // What stands beside the resource says no more than the resource itself.
      service: hadName(trace, span.resource) ? (typeof service === 'string' ? service : '') : span.service,
      attributes: redact(span.attributes, ofAgent),
      events: span.events.map((event) => ({ ...event, attributes: redact(event.attributes, ofAgent) })),
      links: span.links.map((link) => ({ ...link, attributes: redact(link.attributes, ofAgent) })),
    };
  });
  const lines = logs.map((log) => {
    const ofAgent = isOfAgent(log.service, [log.labels.scope_name ?? '']);
    // A line without a text is told by its labels, which are its attributes.
    const labels =
      log.line === ''
        ? Object.fromEntries(
            Object.entries(log.labels).flatMap(([key, value]) => {
              const after = redactLabel(key, value, redaction, ofAgent);
              return after === undefined ? [] : [[key, after] as const];
            }),
          )
        : log.labels;
    return { ...log, labels, line: redaction.line(lineText({ line: log.line, labels }), ofAgent) };
  });
  return { trace: { ...trace, resources, spans }, logs: lines };
}

/** A label has an underscore where its attribute may have had a point: a rule for either name is meant. */
function redactLabel(key: string, value: string, redaction: FileRedaction, ofAgent: boolean): string | undefined {
  for (const name of new Set([key, unescapeName(key), key.replaceAll('_', '.')])) {
    const after = redaction.attribute(name, value, ofAgent);
    if (after !== value) return after === undefined ? undefined : String(after);
  }
  return value;
}

function hadName({ resources }: Trace, at: number): boolean {
  return resources[at]?.attributes.some(({ key }) => key === 'service.name') ?? false;
}
