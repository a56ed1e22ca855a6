import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The `xdg-open` of a Linux desktop, which writes the address that it is given to `opened` in the home. */
export async function makeOpener(home: string): Promise<{ opened: string; variables: Record<string, string> }> {
  const tools = join(home, 'tools');
  await mkdir(tools);
  const opener = join(tools, 'xdg-open');
  await writeFile(
    opener,
    `#!/bin/sh\nprintf %s "$1" > "${home}/opened.tmp" && mv "${home}/opened.tmp" "${home}/opened"\n`,
  );
  await chmod(opener, 0o755);
  const variables = { PATH: `${tools}:${process.env.PATH}`, DISPLAY: ':none' };
  return { opened: join(home, 'opened'), variables };
}
