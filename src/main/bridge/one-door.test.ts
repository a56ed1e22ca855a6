import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
  .map((name) => ({ name: relative('.', name).split(sep).join('/'), text: readFileSync(join(root, name), 'utf8') }));

/** Uses of a pattern as `file: times`. */
function uses(pattern: RegExp): Record<string, number> {
  return Object.fromEntries(
    sources.flatMap(({ name, text }) => {
      const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '').replace(/^import [^;]*;$/gm, '');
      const times = [...code.matchAll(pattern)].length;
      return times === 0 ? [] : [[name, times]];
    }),
  );
}

describe('between the window and the main process', () => {
  it('reads its own sources', () => {
    expect(sources.map(({ name }) => name)).toContain('main/bridge/panel-bridge.ts');
  });

  // A new procedure belongs in the contract (src/shared/contract), which goes over the port behind this one door.
  it('there is one door into the main process', () => {
    expect(uses(/\bipcMain\b/g)).toEqual({ 'main/bridge/panel-bridge.ts': 1 });
    expect(uses(/\.ipc\.(on|handle)/g)).toEqual({});
  });

  it('the page is given no ipcRenderer, and the preload sends one message and hears two', () => {
    expect(uses(/\bipcRenderer\.send\(shellChannels\.connect\)/g)).toEqual({ 'preload/index.ts': 1 });
    expect(uses(/\bipcRenderer\b/g)).toEqual({ 'preload/index.ts': 3 });
    expect(uses(/\bexposeInMainWorld\b/g)).toEqual({ 'preload/index.ts': 1 });
  });

  it('a window is made in one place, sandboxed, isolated and without Node', () => {
    expect(uses(/\bnew (BrowserWindow|WebContentsView|BrowserView|BaseWindow)\b/g)).toEqual({
      'main/window/panel-window.ts': 1,
    });
    const text = sources.find(({ name }) => name === 'main/window/panel-window.ts')!.text;
    for (const line of ['sandbox: true', 'contextIsolation: true', 'nodeIntegration: false', 'webviewTag: false']) {
      expect(text).toContain(line);
    }
    expect(uses(/\b(webSecurity|allowRunningInsecureContent|nodeIntegrationIn\w+|experimentalFeatures)\b/g)).toEqual(
      {},
    );
  });

  it('the system is asked to open an address in one place', () => {
    expect(uses(/\bshell\.openExternal\b/g)).toEqual({ 'main/window/open-external.ts': 1 });
  });

  it('no text becomes script or markup', () => {
    expect(
      uses(/\b(executeJavaScript|insertCSS|dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML)\b/g),
    ).toEqual({});
    expect(uses(/\bnew Function\b|\beval\(|document\.write\(/g)).toEqual({});
  });
});
