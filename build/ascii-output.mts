import type { Plugin } from 'vite';

/**
 * Writes what is not ASCII as an escape, which a string, a template, a regular expression and a name may all hold: V8
 * keeps a source of ASCII in one byte a character, any other in two, for as long as the process lives.
 */
export function asciiOutput(): Plugin {
  return {
    name: 'ascii-output',
    generateBundle: {
      order: 'post',
      handler: (_, bundle) => {
        for (const file of Object.values(bundle)) if (file.type === 'chunk') file.code = escapeBeyondAscii(file.code);
      },
    },
  };
}

function escapeBeyondAscii(code: string): string {
  return code.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
