import type { Attribute } from '../../contract/telemetry';
import { formatDuration } from '../../format-duration';
import { groupBy } from '../../group-by';
import { type ComparedCall, findRedundantCalls } from '../../sessions/assembly/find-redundant-calls';
import type { SpanFacts } from '../../shapes/span-facts';
import { labelOf, type TraceView } from '../../shapes/trace-view';
import { evidenceOf } from '../evidence-of';
import { quoted } from '../place-of';
import type { Sighting } from '../sighting';

const argumentKeys = ['gen_ai.tool.call.arguments', 'tool_input', 'full_command', 'file_path'] as const;
const resultKey = 'gen_ai.tool.call.result';
const claudeToolKey = 'tool_name';
const operationKey = 'gen_ai.operation.name';
const toolKey = 'gen_ai.tool.name';
export const toolCallKeys: readonly string[] = [...argumentKeys, resultKey, claudeToolKey, operationKey, toolKey];

/** An agent calls a tool again for what the same call told it less than a minute before, with nothing changed between. */
export function findRedundantToolCalls(view: TraceView): Sighting[] {
  const { nodes } = view.layout;
  return nodes.flatMap(({ children }, parent) => {
    if (children.length < 2) return [];
    const called = children
      .flatMap((at) => toolCallOf(view, at) ?? [])
      .sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
    const again = findRedundantCalls(called).map(({ call, repeats }) => ({
      call: called[call]!,
      first: called[repeats]!,
    }));
    return [...groupBy(again, ({ call }) => call.tool)].map(([tool, group]): Sighting => {
      const positions = [...new Set(group.flatMap(({ first, call }) => [first.at, call.at]))];
      const evidence = evidenceOf(view, positions, group.length + 1);
      const often = group.length === 1 ? 'once more' : `${group.length} times more`;
      return {
        ...{ rule: 'redundant-tool-calls', severity: 'hint', service: nodes[group[0]!.call.at]!.span.service },
        sentence: `The agent calls ${quoted(tool)} ${often} for what it had been told already, within ${formatDuration(evidence.durationNs)}`,
        advice: 'Let the tool say more at once, or say in its answer that nothing has changed.',
        key: [labelOf(view, parent), tool],
        ...{ weight: group.length, evidence },
      };
    });
  });
}

/** The span of a tool call, by the GenAI conventions or as Claude Code has it; null for another. */
function toolCallOf(view: TraceView, at: number): (ComparedCall & { at: number }) | null {
  const { span, start, end, children } = view.layout.nodes[at]!;
  const tool = toolOf(span);
  if (tool === undefined || span.timing !== undefined) return null;
  const failed = [at, ...children].some((position) => view.layout.nodes[position]!.span.status.code === 'error');
  return {
    ...{ at, tool, ok: !failed, startMs: start / 1e6, endMs: end / 1e6 },
    arguments: textOf(span.attributes, ...argumentKeys),
    result: textOf(span.attributes, resultKey),
  };
}

function toolOf({ name, attributes }: SpanFacts): string | undefined {
  if (name === 'claude_code.tool') return textOf(attributes, claudeToolKey);
  const isCall = textOf(attributes, operationKey) === 'execute_tool';
  return isCall ? textOf(attributes, toolKey) : undefined;
}

function textOf(attributes: readonly Attribute[], ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = attributes.find((attribute) => attribute.key === key)?.value;
    if (value !== undefined && value !== null && value !== '')
      return typeof value === 'string' ? value : JSON.stringify(value);
  }
  return undefined;
}
