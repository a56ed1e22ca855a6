import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchOnce } from './fetch-once';

/** The agent of OpenTelemetry for Java, as Maven Central keeps it. */
const agent = {
  group: 'io.opentelemetry.javaagent',
  artifact: 'opentelemetry-javaagent',
  version: '2.33.1',
  sha256: 'e43a270df53c6f423e0ab157be9c27ccc01d5dc3232e162fe54777573db2f149',
} as const;

const central = 'repo.maven.apache.org/maven2';
const longestMs = 120_000;

/** Where the agent's jar is kept in a home. */
export function javaAgentIn(home: string): string {
  return join(home, 'instrumentation', 'java', `${agent.artifact}-${agent.version}.jar`);
}

/** Fetches the agent's jar where it is not there; throws where it cannot, or what came is not what was pinned. */
export async function fetchJavaAgent(home: string, say: (line: string) => void): Promise<string> {
  const path = javaAgentIn(home);
  await fetchOnce(path, async (place) => {
    const { group, artifact, version, sha256 } = agent;
    const address = ['https:/', central, ...group.split('.'), artifact, version, `${artifact}-${version}.jar`].join(
      '/',
    );
    say(`Fetching ${artifact} ${version} from Maven Central, once.`);
    const response = await fetch(address, { signal: AbortSignal.timeout(longestMs) });
    if (!response.ok) throw new Error(`Maven Central answered ${response.status}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    const got = createHash('sha256').update(bytes).digest('hex');
    if (got !== sha256) throw new Error(`its checksum is ${got}, and not the one that is pinned`);
    await writeFile(place, bytes, { mode: 0o600 });
  });
  return path;
}
