import { quoteForPosix, quoteForWindows } from '../snippets/quote-for-shell';
import { namedHome, type Places } from './places';

/** A command of Watchtower as an agent's settings have it, for a shell: with the home where that is not the usual one. */
export function commandLine(words: readonly string[], places: Places, ...args: readonly string[]): string {
  const isWindows = places.platform === 'win32';
  const home = isWindows ? undefined : namedHome(places);
  const named = home ? ['env', `WATCHTOWER_HOME=${home}`] : [];
  return [...named, ...words, ...args].map(isWindows ? quoteForWindows : quoteForPosix).join(' ');
}
