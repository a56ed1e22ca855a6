import type { GenAiSpan, Message, Part } from '../conversation';
import { canonical } from './fingerprint-message';
import type { ToolOutcome } from './turn';

/** A span of the trace that says something, with what the trace knows about it. */
export interface ToldSpan {
  readonly span: GenAiSpan;
  readonly durationNs: number;
  readonly failed: boolean;
  readonly failure: string;
}

export interface Outcomes {
  /** By the id of the call. */
  readonly byCall: ReadonlyMap<string, ToolOutcome>;
  /** Ids of spans of tools whose call stands in a message. */
  readonly told: ReadonlySet<string>;
}

/**
 * What came of each call of a tool: what the model was told of it, and the tool's own span. A span without the call's id belongs to
 * the first call of its name and arguments that has none yet.
 */
export function findOutcomes(spans: readonly ToldSpan[]): Outcomes {
  const calls = new Map<string, Part & { kind: 'tool-call' }>();
  const answers = new Map<string, Part & { kind: 'tool-result' }>();
  for (const { span } of spans) {
    for (const part of partsOf([...span.input, ...span.output])) {
      if (part.kind === 'tool-call' && part.id !== '') calls.set(part.id, part);
      if (part.kind === 'tool-result' && part.id !== '') answers.set(part.id, part);
    }
  }
  const ran = new Map<string, ToldSpan>();
  const unnamed: ToldSpan[] = [];
  for (const told of spans) {
    const { work, tool } = told.span;
    if (work !== 'tool' || !tool) continue;
    if (tool.id !== '' && calls.has(tool.id)) ran.set(tool.id, told);
    else if (tool.id === '') unnamed.push(told);
  }
  for (const told of unnamed) {
    const { name, given } = told.span.tool!;
    const found = [...calls.values()].find(
      (call) => !ran.has(call.id) && call.name === name && given !== null && canonical(call.given) === canonical(given),
    );
    if (found) ran.set(found.id, told);
  }
  const byCall = new Map<string, ToolOutcome>();
  for (const id of calls.keys()) {
    const answer = answers.get(id);
    const told = ran.get(id);
    if (!answer && !told) continue;
    byCall.set(id, {
      result: answer?.result ?? told?.span.tool?.result ?? null,
      failed: answer?.failed === true || told?.failed === true,
      failure: told?.failure ?? '',
      durationNs: told?.durationNs ?? null,
      spanId: told?.span.spanId ?? '',
    });
  }
  return { byCall, told: new Set([...ran.values()].map(({ span }) => span.spanId)) };
}

function partsOf(messages: readonly Message[]): Part[] {
  return messages.flatMap(({ parts }) => parts);
}
