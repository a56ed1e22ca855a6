import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Problem } from '../../../../../shared/problem';
import { type ContainerDetails, type ContainerEngine, EngineFailure } from '../../containers/container-engine';

/**
 * Copies what a stopped container's named volumes hold into `.tar.gz` files of the folder; resolves to their paths.
 * A file bears its name only once it is whole. A Problem where the folder cannot take them; the container stays then.
 */
export async function backUpVolumes(
  engine: ContainerEngine,
  container: ContainerDetails,
  folder: string,
  at: Date,
): Promise<{ files: string[] } | { problem: Problem }> {
  const time = at.toISOString().replace(/[:.]/g, '-');
  const files: string[] = [];
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const { source, target } of container.mounts.filter(({ kind }) => kind === 'volume')) {
      const file = join(folder, `${source}-${time}.tar.gz`);
      await writeWhole(await engine.archive(container.id, target), file);
      files.push(file);
    }
    return { files };
  } catch (error) {
    if (error instanceof EngineFailure) throw error;
    return {
      problem: {
        kind: 'backup-failed',
        message: `The data of ${container.name} could not be copied before the change to another version: ${(error as Error).message}.`,
        hint: `Make room for it in ${folder}, then start the stack again. Nothing was changed.`,
      },
    };
  }
}

async function writeWhole(archive: Readable, file: string): Promise<void> {
  const partial = `${file}.part`;
  try {
    await pipeline(archive, createGzip(), createWriteStream(partial, { mode: 0o600 }));
    await rename(partial, file);
  } finally {
    await rm(partial, { force: true });
  }
}
