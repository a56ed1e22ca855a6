import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { x } from 'tinyexec';
import type { ScriptExpectation } from './case';

/** Runs a script of a case in the folder of its file; the sentence says why it did not succeed. */
export async function runScript(
  { script, place }: ScriptExpectation,
  timeoutMs: number,
  environment: Readonly<Record<string, string>>,
): Promise<string | null> {
  const folder = dirname(place.file);
  const text = script.trim();
  const isInline = text.includes('\n') || text.startsWith('#!');
  const own = isInline ? await mkdtemp(join(tmpdir(), 'watchtower-check-')) : undefined;
  try {
    const program = own ? join(own, 'check') : isAbsolute(text) || !text.includes('/') ? text : join(folder, text);
    if (own) {
      await writeFile(program, `${text}\n`);
      await chmod(program, 0o700);
    }
    const { exitCode, stdout, stderr } = await x(program, [], {
      timeout: timeoutMs,
      nodeOptions: { cwd: folder, env: { ...process.env, ...environment } },
    });
    if (exitCode === 0) return null;
    return `${isInline ? 'the script' : text} ended with ${exitCode ?? 'a signal'}: ${`${stdout}${stderr}`.trim().slice(0, 2000)}`;
  } catch (error) {
    return `${isInline ? 'the script' : text} could not be run: ${(error as Error).message}`;
  } finally {
    if (own) await rm(own, { recursive: true, force: true });
  }
}
