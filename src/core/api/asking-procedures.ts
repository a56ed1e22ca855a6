import type { AskedHost } from '../asking/answer/asked-host';
import { ask } from '../asking/ask';
import type { Implementer } from './implement-contract';

export interface AskingDependencies {
  /** This host, as its own tools ask it. */
  asked(): AskedHost;
}

const unending = new AbortController().signal;

/** The questions of agents, answered where all secrets are known. */
export function createAskingProcedures(os: Implementer, { asked }: AskingDependencies) {
  return os.asking.router({
    ask: os.asking.ask.handler(({ input, signal = unending }) =>
      ask(asked(), input.tool, input.arguments, signal, { asker: input.asker }),
    ),
  });
}
