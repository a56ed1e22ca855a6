import type { Span } from '../contract/telemetry';

const mark =
  /^(?:gen_ai\.|llm\.|ai\.(?:operationId|toolCall\.|prompt|response\.|model\.)|openinference\.|traceloop\.(?:span|entity))/;

/** Whether a span is about generative AI, in any of the dialects that are read. */
export function isGenAiSpan({ name, attributes, events }: Pick<Span, 'name' | 'attributes' | 'events'>): boolean {
  if (/^claude_code\.(?:interaction|llm_request|tool)$/.test(name)) return true;
  return attributes.some(({ key }) => mark.test(key)) || events.some((event) => event.name.startsWith('gen_ai.'));
}
