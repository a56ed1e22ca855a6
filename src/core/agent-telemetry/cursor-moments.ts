import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What began longer ago never ended. */
const staleMs = 24 * 3_600_000;

/** When something began, kept from one hook to another: each is a process of its own. Of what it was only a hash is written. */
export class CursorMoments {
  private readonly folder: string;

  /** `home`: Watchtower's. */
  constructor(home: string) {
    this.folder = join(home, 'cursor-turns');
  }

  /** `at`: Unix milliseconds. */
  async keep(of: readonly unknown[], at: number): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await this.forgetStale(at);
    await writeFile(this.pathOf(of), String(at), { mode: 0o600 });
  }

  /** Null where none is kept; afterwards none is. */
  async take(of: readonly unknown[]): Promise<number | null> {
    const path = this.pathOf(of);
    const at = Number(await readFile(path, 'utf8').catch(() => ''));
    await rm(path, { force: true });
    return at > 0 ? at : null;
  }

  private pathOf(of: readonly unknown[]): string {
    return join(this.folder, createHash('sha256').update(JSON.stringify(of)).digest('hex').slice(0, 32));
  }

  private async forgetStale(now: number): Promise<void> {
    for (const name of await readdir(this.folder)) {
      const path = join(this.folder, name);
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: now }));
      if (now - mtimeMs > staleMs) await rm(path, { force: true });
    }
  }
}
