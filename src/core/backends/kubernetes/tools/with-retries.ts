import type { Ran } from './run-tool';
import type { Session } from './session';

const network =
  /dial tcp|no such host|i\/o timeout|TLS handshake|connection re(fused|set)|unexpected EOF|context deadline exceeded|failed to (fetch|download|perform)|looks like .* is not a valid chart repository|\b(429|502|503|504)\b/i;

/** Runs again, up to twice, what failed for the network's sake. */
export async function withRetries(session: Session, act: () => Promise<Ran>): Promise<Ran> {
  for (const milliseconds of [2_000, 5_000]) {
    const ran = await act();
    if (ran.code === 0 || !network.test(ran.stderr) || session.signal.aborted) return ran;
    session.say(`  it could not be fetched; once more in ${milliseconds / 1000} s`);
    await session.wait(milliseconds);
  }
  return act();
}
