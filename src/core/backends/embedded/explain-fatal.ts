import type { EnginePorts } from '../../../shared/engine-messages';
import type { Problem } from '../../../shared/problem';
import { portFlags } from '../../ports/default-ports';
import { explainHeldPort } from '../../ports/explain-held-port';
import { findPortHolder } from '../../ports/find-port-holder';

/** The engine says that a port is held; which, and by whom, is found among the chosen ones. `own` is the engine's pid. */
export async function explainFatal(
  problem: Problem,
  ports: EnginePorts,
  own: () => number | undefined,
): Promise<Problem> {
  if (problem.kind !== 'port-in-use') return problem;
  for (const [key, flag] of Object.entries(portFlags)) {
    const port = ports[key as keyof EnginePorts];
    const holder = port === 0 ? null : await findPortHolder(port).catch(() => null);
    if (holder && holder.pid !== own()) return explainHeldPort(port, flag);
  }
  return problem;
}
