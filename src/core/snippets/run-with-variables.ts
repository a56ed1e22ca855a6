import { otelVariables } from './otel-variables';
import { quoteForPosix } from './quote-for-shell';
import type { SnippetTarget } from './snippet-target';

/** Shell lines that set the variables of the target, further ones, and run a command. */
export function runWithVariables(
  target: SnippetTarget,
  command: string,
  further: Readonly<Record<string, string>> = {},
): string {
  const pairs = [...otelVariables(target), ...Object.entries(further)];
  return [...pairs.map(([name, value]) => `export ${name}=${quoteForPosix(value)}`), command].join('\n');
}
