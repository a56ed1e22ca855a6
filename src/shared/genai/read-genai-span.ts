import type { LogRecord, Span } from '../contract/telemetry';
import type { GenAiSpan } from './conversation';
import { claudeCode } from './dialects/claude-code';
import type { Dialect, Said, SpanSource, ToldEvent } from './dialects/dialect';
import { genAi } from './dialects/gen-ai';
import { genAiEvents } from './dialects/gen-ai-events';
import { openInference } from './dialects/open-inference';
import { openLlmetry } from './dialects/open-llmetry';
import { vercelAi } from './dialects/vercel-ai';
import { Fields } from './fields';
import { isGenAiSpan } from './is-genai-span';
import { readCost, readTokens } from './read-usage';
import { readWork } from './read-work';

/** The first that has something to say about instructions, input, output or tool is believed: a span may speak several. */
const dialects: readonly Dialect[] = [genAi, genAiEvents, openLlmetry, openInference, vercelAi, claudeCode];

/**
 * What a span says about generative AI, in OpenTelemetry's names of today and of last year, OpenInference's, the AI SDK's,
 * OpenLLMetry's or Claude Code's; null where it says nothing. `logs` are the records that were written within it.
 */
export function readGenAiSpan(span: Span, logs: readonly LogRecord[] = []): GenAiSpan | null {
  if (!isGenAiSpan(span)) return null;
  const fields = Fields.of(span.attributes);
  const { work, operation } = readWork(span.name, fields);
  const events = [
    ...span.events.map(({ name, attributes }): ToldEvent => ({ name, fields: Fields.of(attributes), body: '' })),
    ...logs.flatMap(eventOf),
  ];
  const said = listen({ name: span.name, fields, events });
  const model = fields.text('gen_ai.response.model', 'llm.response.model_name', 'ai.response.model');
  const asked = fields.text(
    'gen_ai.request.model',
    'llm.request.model_name',
    'llm.model_name',
    'ai.model.id',
    'embedding.model_name',
  );
  const ofClaudeCode = span.name.startsWith('claude_code.');
  const finishes = [
    ...fields.texts('gen_ai.response.finish_reasons', 'gen_ai.response.finish_reason', 'ai.response.finishReason'),
    ...fields.texts('llm.finish_reason', 'llm.response.finish_reason'),
    ...(ofClaudeCode ? fields.texts('stop_reason') : []),
    ...said.output.map(({ finish }) => finish),
  ];
  return {
    ...said,
    spanId: span.spanId,
    work,
    operation,
    provider: fields.text('gen_ai.provider.name', 'gen_ai.system', 'llm.provider', 'llm.system', 'ai.model.provider'),
    model: model || asked || (ofClaudeCode ? fields.text('model') : ''),
    askedModel: asked !== model ? asked : '',
    agent: fields.text('gen_ai.agent.name', 'agent.name'),
    tool: work === 'tool' ? (said.tool ?? { id: '', name: '', given: null, result: null }) : null,
    tokens: readTokens(fields, ofClaudeCode),
    cost: readCost(fields),
    finish: [...new Set(finishes.filter((reason) => reason !== ''))],
    cut: [...fields.cut, ...events.flatMap((event) => event.fields.cut)],
  };
}

function listen(source: SpanSource): Required<Said> {
  const told = dialects.map((dialect) => dialect(source));
  return {
    system: told.find(({ system }) => system && system.length > 0)?.system ?? [],
    input: told.find(({ input }) => input && input.length > 0)?.input ?? [],
    output: told.find(({ output }) => output && output.length > 0)?.output ?? [],
    tool: told.find(({ tool }) => tool)?.tool ?? null,
  };
}

/** A record as the event that it is: labels have the names of attributes as Loki writes them. */
function eventOf({ line, labels }: LogRecord): ToldEvent[] {
  const name = labels.event_name ?? '';
  if (name === '') return [];
  const written = (key: string) => key.replace(/[^a-zA-Z0-9_]/g, '_');
  return [{ name, fields: new Fields(Object.entries(labels), written), body: line }];
}
