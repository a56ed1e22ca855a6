import { contextBridge } from 'electron';

/** All that the panel learns of the shell around it; it talks to the host over its own origin, as in a browser. */
const shell = { desktop: true, platform: process.platform };

export type Shell = typeof shell;

contextBridge.exposeInMainWorld('watchtowerShell', shell);
