import { harnesses } from '../../../shared/agents/find-harness';
import type { Refusal } from '../answer/told';
import { nearestName } from '../arguments/nearest-name';

/** The harness that `agent` names: its id, or `me` for the one that asks. `asker`: its id, undefined where nobody knows. */
export function findNamedAgent(given: string, asker: string | undefined): { harness: string } | Refusal {
  const name = given.trim().toLowerCase();
  if (name === 'me') {
    if (asker !== undefined) return { harness: asker };
    return {
      refused: 'Which agent asks is not known: neither its MCP client nor its environment says it.',
      hint: `Name it in place of me: ${harnesses.join(', ')}.`,
    };
  }
  if (harnesses.some((each) => each === name)) return { harness: name };
  const near = nearestName(name, [...harnesses, 'me']);
  return {
    refused: `There is no agent ${JSON.stringify(given.slice(0, 60))}${near ? `: did you mean ${near}?` : '.'}`,
    hint: `There are ${harnesses.join(', ')}, and me for the one that asks.`,
  };
}
