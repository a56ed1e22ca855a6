import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';

vi.mock('electron', () => ({}));
const { chooseTrayLook } = await import('./tray-icon');

/** Width and height of a PNG stand right behind its signature and the name of its first chunk. */
function sizeOf(name: string): [number, number] {
  const png = readFileSync(fileURLToPath(new URL(`../../../resources/tray/${name}`, import.meta.url)));
  expect(png.toString('latin1', 1, 4)).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

describe('the icons of the tray', () => {
  it('are a template on macOS, follow the bar on Windows and bring their own ground on Linux', () => {
    expect(chooseTrayLook('darwin', true)).toBe('template');
    expect([chooseTrayLook('win32', true), chooseTrayLook('win32', false)]).toEqual(['dark', 'light']);
    expect(chooseTrayLook('linux', true)).toBe('tile');
  });

  it.each(['stopped', 'starting', 'ready', 'attention', 'error'])(
    'are there for %s, each twice as dense as well',
    (state) => {
      for (const [look, size] of [
        ['template', 16],
        ['light', 16],
        ['dark', 16],
        ['tile', 24],
      ] as const) {
        expect(sizeOf(`${state}-${look}.png`)).toEqual([size, size]);
        expect(sizeOf(`${state}-${look}@2x.png`)).toEqual([2 * size, 2 * size]);
      }
    },
  );
});
