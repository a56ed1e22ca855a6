import { ScriptedHost } from './scripted-host';

/** The one host of a test file: it stands before the panel's client is loaded, which connects at once. */
export const host = new ScriptedHost();
