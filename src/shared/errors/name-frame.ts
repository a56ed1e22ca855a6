import { maskValues } from '../shapes/mask-values';
import type { StackFrame } from './stack-frame';

const mostCharacters = 160;
/** What tells most, where repositories lie in different folders. */
const keptFolders = 1;

/**
 * What a frame is called wherever it runs: `loadPrice (src/prices.ts)`. Lines move and are left out; of a path the last folder stays,
 * and of minified code, whose functions are called otherwise in each build, the file alone, without its hash.
 */
export function nameFrame(frame: Pick<StackFrame, 'function' | 'file'>): string {
  const path = frame.file
    .replace(/^(?:webpack(?:-internal)?|file|https?|capacitor|app):\/\/\/?(?:[^/]*(?=\/))?/, '')
    .replace(/[?#].*$/, '')
    .replaceAll('\\', '/');
  const file = maskFile(
    path
      .split('/')
      .filter((part) => part !== '' && part !== '.')
      .slice(-1 - keptFolders)
      .join('/'),
  );
  const isMinified = file.includes('<*>.') || /\.min\.\w+$/.test(file);
  const name = isMinified || (/^[\w$]{1,2}$/.test(frame.function) && /\.[cm]?js$/.test(file)) ? '' : frame.function;
  const named = name === '' ? file : file === '' ? name : `${name} (${file})`;
  return named.slice(0, mostCharacters);
}

/** `main.3f2a9c1b.js` and `chunk-7GQX2M1A.js` are `main.<*>.js` and `chunk-<*>.js`. */
function maskFile(file: string): string {
  return file
    .replace(/(?<=[.-])(?=[\w]*\d)[\w]{6,64}(?=\.[cm]?js(?:$|\?))/g, '<*>')
    .replace(/(?<=^|\/)[^/]*\d{4,}[^/]*(?=\/)/g, maskValues);
}
