import type { Problem } from '../../shared/problem';
import { findPortHolder } from './find-port-holder';

/** A Problem that names who holds a port and the flag that chooses another. */
export async function explainHeldPort(port: number, flag: string): Promise<Problem> {
  const holder = await findPortHolder(port).catch(() => null);
  const by = holder ? `${holder.name} (pid ${holder.pid})` : 'another process, perhaps of another user';
  return {
    kind: 'port-in-use',
    message: `Port ${port} is in use by ${by}.`,
    hint: `Stop it, or choose another port with ${flag} (0 takes any free one).`,
  };
}
