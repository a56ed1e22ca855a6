import { isValueWord } from './is-value-word';

const uuid = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;
const date = /\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?\b/g;
const clock = /\b\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\b/g;
const dottedNumbers = /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b/g;
const portAfterHost = /\blocalhost:\d{2,5}\b/gi;
const spacedUnit = /<\*>\s?(?:ns|us|µs|μs|ms|s|m|h|min|msec|secs?|seconds?|milliseconds?|[kmg]i?b|bytes)\b/gi;
/** A word of letters and digits of any script; a decimal number is one. Versions of protocols stay as they are. */
const words = /HTTP\/\d(?:\.\d)?|[\p{L}\p{N}]+(?:\.\p{N}+(?![\p{L}\p{N}]))?/giu;
const list = /<\*>(?:\s?[,;]\s?<\*>)+/g;
const joined = /<\*>(?:[.:_-]<\*>)+/g;

/** What differs from one event to the next becomes `<*>`: ids, numbers, dates, addresses; several in a row are one. */
export function maskValues(text: string): string {
  if (!/\p{N}/u.test(text)) return text;
  return text
    .replace(uuid, '<*>')
    .replace(date, '<*>')
    .replace(clock, '<*>')
    .replace(dottedNumbers, '<*>')
    .replace(portAfterHost, 'localhost')
    .replace(words, (word) => (!word.includes('/') && isValueWord(word) ? '<*>' : word))
    .replace(/(?<![\p{L}\p{N}])[-+]<\*>/gu, '<*>')
    .replace(spacedUnit, '<*>')
    .replace(joined, '<*>')
    .replace(list, '<*>');
}
