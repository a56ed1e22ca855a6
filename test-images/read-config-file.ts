import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** The YAML file that `flag` names in the arguments. Ends the process, as the real programs do, where it cannot be read. */
export function readConfigFile(flag: string): { path: string; config: Record<string, unknown> } {
  const argument = process.argv.find((each) => each.replace(/^--?/, '').startsWith(`${flag}=`));
  const path = argument?.slice(argument.indexOf('=') + 1) ?? '';
  try {
    const config: unknown = parse(readFileSync(path, 'utf8'));
    if (typeof config !== 'object' || config === null) throw new Error('it holds no settings');
    return { path, config: config as Record<string, unknown> };
  } catch (error) {
    console.error(`failed parsing config: ${path}: ${(error as Error).message}`);
    process.exit(1);
  }
}
