import type { ToolAnswer } from '../../../core/asking/ask';
import type { CliRuntime } from '../../../core/cli-runtime';
import type { Attached } from '../../attach';
import { explainFailure } from '../../run-command';
import { attachOrStart } from '../../start-background-host';

export type AskHost = (
  tool: string,
  given: Record<string, unknown>,
  signal: AbortSignal,
  asker: string | undefined,
) => Promise<ToolAnswer>;

/**
 * Asks the host of this home, which is found, or started in the background, when the first question comes, and again where it has been ended
 * since. Why there is none is an answer, too.
 */
export function askRunningHost(serveArguments: readonly string[], runtime: CliRuntime): AskHost {
  let attached: Promise<Attached> | undefined;
  const attach = () => {
    attached ??= attachOrStart(serveArguments, runtime);
    return attached;
  };
  return async (tool, given, signal, asker) => {
    for (let tries = 0; ; tries++) {
      try {
        const { client } = await attach();
        const answer = client.asking.ask(
          { tool, arguments: given as Record<string, never>, ...(asker !== undefined && { asker }) },
          { signal },
        );
        return await answer;
      } catch (error) {
        signal.throwIfAborted();
        // Whatever it was, the next question looks for a host anew.
        attached = undefined;
        const { problem, isLost } = explainFailure(error);
        if (isLost && tries === 0) continue;
        return { text: [problem.message, problem.hint].filter(Boolean).join('\n'), refused: true };
      }
    }
  };
}
