import type { Failure } from './failure';
import type { Session } from './session';

/** Does one step of a long task, and says how it goes. */
export async function takeStep(
  session: Session,
  name: string,
  act: () => Promise<Failure | null>,
): Promise<Failure | null> {
  session.progress?.({ name, state: 'running' });
  const failure = await act();
  session.progress?.({ name, state: failure ? 'failed' : 'done' });
  return failure;
}
