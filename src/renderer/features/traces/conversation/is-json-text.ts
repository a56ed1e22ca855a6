import { readJson } from '../../../ui/text/read-json';

/** Whether somebody said a JSON object or array, and nothing else. */
export function isJsonText(text: string): boolean {
  return /^\s*[[{]/.test(text) && /[\]}]\s*$/.test(text) && readJson(text) !== null;
}
