import { addTokens, noTokens } from '../add-tokens';
import type { Tokens } from '../usage';
import type { UsageRow } from './assembled-session';

/** What was used at a time, by one model for one tool. */
export interface Usage {
  readonly atMs: number;
  readonly model: string;
  readonly tool: string;
  readonly calls: number;
  readonly tokens: Tokens;
  readonly usd: number | undefined;
}

interface AskedModel {
  readonly endMs: number;
  readonly scope: string;
  readonly model: string;
  readonly tokens: Tokens;
  readonly usd: number | undefined;
}

interface CalledTool {
  readonly startMs: number;
  readonly scope: string;
  readonly tool: string;
}

/**
 * What each model call used, shared among the tools that were called with its answer: those that begin after it and before the next one of
 * the same agent, each call of a tool an equal part.
 */
export function shareUsage(models: readonly AskedModel[], tools: readonly CalledTool[]): Usage[] {
  const toolsOf = new Map<AskedModel, string[]>();
  const steps = [
    ...models.map((model) => ({ at: model.endMs, scope: model.scope, model, tool: '' })),
    ...tools.map(({ startMs, scope, tool }) => ({ at: startMs, scope, model: undefined, tool })),
  ].sort((a, b) => a.at - b.at || Number(a.model === undefined) - Number(b.model === undefined));
  const last = new Map<string, AskedModel>();
  for (const { scope, model, tool } of steps) {
    if (model) {
      last.set(scope, model);
      continue;
    }
    const asked = last.get(scope);
    if (!asked) continue;
    const known = toolsOf.get(asked);
    if (known) known.push(tool);
    else toolsOf.set(asked, [tool]);
  }
  return models.flatMap((model) => split(model, toolsOf.get(model) ?? ['']));
}

function split({ endMs, model, tokens, usd }: AskedModel, tools: readonly string[]): Usage[] {
  const parts = tools.length;
  const portion = (amount: number, part: number) => Math.floor(amount / parts) + (part < amount % parts ? 1 : 0);
  return tools.map((tool, part) => ({
    atMs: endMs,
    model,
    tool,
    calls: part === 0 ? 1 : 0,
    tokens:
      parts === 1
        ? tokens
        : {
            input: portion(tokens.input, part),
            output: portion(tokens.output, part),
            cacheRead: portion(tokens.cacheRead, part),
            cacheCreation: portion(tokens.cacheCreation, part),
          },
    usd: usd === undefined ? undefined : usd / parts,
  }));
}

type Sum = { -readonly [Key in keyof UsageRow]: UsageRow[Key] };

/** By model and tool. `from`, `to`: Unix milliseconds, `to` not included. */
export function countUsage(
  usage: readonly Usage[],
  from = Number.NEGATIVE_INFINITY,
  to = Number.POSITIVE_INFINITY,
): UsageRow[] {
  const rows: Sum[] = [];
  const byModel = new Map<string, Map<string, Sum>>();
  for (const { atMs, model, tool, calls, tokens, usd } of usage) {
    if (atMs < from || atMs >= to) continue;
    const byTool = byModel.get(model) ?? new Map<string, Sum>();
    byModel.set(model, byTool);
    let row = byTool.get(tool);
    if (!row) {
      row = { model, tool, calls: 0, tokens: noTokens, unreported: noTokens, usd: null };
      byTool.set(tool, row);
      rows.push(row);
    }
    row.calls += calls;
    row.tokens = addTokens(row.tokens, tokens);
    if (usd === undefined) row.unreported = addTokens(row.unreported, tokens);
    else row.usd = (row.usd ?? 0) + usd;
  }
  return rows;
}
