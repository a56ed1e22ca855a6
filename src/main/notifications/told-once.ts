import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../../core/ownership/write-file-atomically';

const Told = z.record(z.string(), z.literal(true));

/** What a person is told a single time; kept in `told.json` in the home. */
export async function openToldOnce(home: string): Promise<{ first(what: string): Promise<boolean> }> {
  const path = join(home, 'told.json');
  const told = await readFile(path, 'utf8')
    .then((text) => Told.parse(JSON.parse(text)))
    .catch((): z.infer<typeof Told> => ({}));
  return {
    /** Whether it was never told before; from now on it was. */
    async first(what) {
      if (told[what]) return false;
      told[what] = true;
      await writeFileAtomically(path, `${JSON.stringify(told)}\n`).catch(() => {});
      return true;
    },
  };
}
