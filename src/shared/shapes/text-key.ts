import { isName, isValueWord } from './is-value-word';

const OTHER = 0;
const DIGIT = 1;
/** What has this bit or a greater one is no digit: letters that numbers in hex have too, other letters, bytes of characters beyond ASCII. */
const HEX = 2;
const LETTER = 4;
const BEYOND = 8;
/** By byte; characters beyond ASCII are parts of words. */
const kinds = Uint8Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/\d/.test(character)) return DIGIT;
  if (/[a-f]/i.test(character)) return HEX;
  if (code > 127) return LETTER | BEYOND;
  return /[a-z]/i.test(character) ? LETTER : OTHER;
});
const [NEWLINE, RETURN, DASH, DOT, SLASH, COLON] = [10, 13, 45, 46, 47, 58];
const ID_LENGTH = 36;
/** Of numbers it may matter how many digits they have, up to so many. */
const MOST_DIGITS = 10;
const [ID, DATE, NUMBER, VALUE] = [1, 2, 3, 20];
/** Added for what begins with a letter, as a name before `=` does. */
const BEGINS_WITH_LETTER = 100;

/**
 * A number for what a template keeps of the first line in a part of a text in UTF-8: values, which `maskValues` takes away, count by their form. Texts
 * of one key have one template, so that of a million lines some hundreds are masked. Reads each byte once; two texts that differ
 * share a key once in 2^53.
 */
export function textKey(text: Uint8Array, from: number, to: number, seed = 0): number {
  // Written out in one function: calls for each byte took most of its time.
  let a = 0x9e3779b9 ^ seed;
  let b = (0x85ebca6b + seed) | 0;
  let isAfterHttp = false;
  for (let at = from; at < to; ) {
    const first = text[at]!;
    if (kinds[first] === OTHER) {
      if (first === NEWLINE || (first === RETURN && at + 1 < to && text[at + 1] === NEWLINE)) break;
      // Of a protocol's version nothing is a value: HTTP/1.1.
      if (first !== SLASH && first !== DOT) isAfterHttp = false;
      a = Math.imul(a ^ first, 0x01000193);
      b = (Math.imul(b, 0x2c1b3c6d) + first) | 0;
      at++;
      continue;
    }
    const start = at;
    const a0 = a;
    const b0 = b;
    let has = 0;
    for (; at < to; at++) {
      const code = text[at]!;
      const kind = kinds[code]!;
      if (kind < HEX) break;
      has |= kind;
      a = Math.imul(a ^ code, 0x01000193);
      b = (Math.imul(b, 0x2c1b3c6d) + code) | 0;
    }
    // Of letters alone, as most words are, nothing is a value but the beginning of an id.
    if ((at === to || kinds[text[at]!] === OTHER) && !(at - start === 8 && (has & LETTER) === 0)) {
      if (at - start === 4 && asciiOf(text, start, at).toLowerCase() === 'http') isAfterHttp = true;
      continue;
    }
    let digits = 0;
    // Stretches of letters and of digits.
    let stretches = at > start ? 1 : 0;
    while (at < to) {
      const numbers = at;
      while (at < to && kinds[text[at]!] === DIGIT) at++;
      if (at > numbers) stretches++;
      digits += at - numbers;
      const letters = at;
      for (; at < to; at++) {
        const kind = kinds[text[at]!]!;
        if (kind < HEX) break;
        has |= kind;
      }
      if (at === letters) break;
      stretches++;
    }
    const length = at - start;
    const isHex = (has & LETTER) === 0;
    let value = 0;
    if (length === 8 && isHex && isUuid(text, start, from, to)) {
      value = ID;
      at = start + ID_LENGTH;
    } else if (digits === 4 && length === 4 && text[at] === DASH) {
      const end = endOfDate(text, start, from, to);
      if (end > start) {
        value = DATE;
        at = end;
      }
    }
    if (value === 0 && digits > 0 && !isAfterHttp) {
      if (digits === length) value = NUMBER + Math.min(length, MOST_DIGITS);
      else if ((isHex && length > 8) || isMixedValue(text, start, at, digits, stretches - 1, (has & BEYOND) !== 0))
        value = VALUE;
    }
    a = a0;
    b = b0;
    if (value === 0) {
      for (let i = start; i < at; i++) {
        a = Math.imul(a ^ text[i]!, 0x01000193);
        b = (Math.imul(b, 0x2c1b3c6d) + text[i]!) | 0;
      }
      continue;
    }
    if ((value === ID || value === VALUE) && kinds[first] !== DIGIT) value += BEGINS_WITH_LETTER;
    a = Math.imul(a ^ value, 0x01000193);
    b = (Math.imul(b, 0x2c1b3c6d) + value) | 0;
    if (value !== DATE) continue;
    for (let i = start; i < at; i++) {
      const form = kinds[text[i]!] === DIGIT ? 48 : text[i]!;
      a = Math.imul(a ^ form, 0x01000193);
      b = (Math.imul(b, 0x2c1b3c6d) + form) | 0;
    }
  }
  a ^= a >>> 15;
  b ^= b >>> 13;
  a = Math.imul(a, 0x2c1b3c6d);
  b = Math.imul(b ^ a, 0x297a2d39);
  return (a >>> 0) * 0x200000 + (b >>> 11);
}

/** Bytes as characters of their own. */
export function asciiOf(text: Uint8Array, from: number, to: number): string {
  let word = '';
  for (let at = from; at < to; at++) word += String.fromCharCode(text[at]!);
  return word;
}

function isUuid(text: Uint8Array, at: number, from: number, to: number): boolean {
  const end = at + ID_LENGTH;
  if (end > to || !isApart(text, at, from) || !isEnd(text, end, to)) return false;
  for (let i = 8; i < ID_LENGTH; i++) {
    const isDash = i === 8 || i === 13 || i === 18 || i === 23;
    const kind = kinds[text[at + i]!]!;
    if (isDash ? text[at + i] !== DASH : kind !== DIGIT && kind !== HEX) return false;
  }
  return true;
}

/** Where a date that begins there ends, with its time and zone. */
function endOfDate(text: Uint8Array, at: number, from: number, to: number): number {
  const isDate = isDigits(text, at + 5, 2, to) && text[at + 7] === DASH && isDigits(text, at + 8, 2, to);
  if (!isDate || !isApart(text, at, from)) return at;
  let end = at + 10;
  const isTime = (text[end] === 84 || text[end] === 32) && isClock(text, end + 1, to);
  if (isTime) {
    end += 6;
    if (text[end] === COLON && isDigits(text, end + 1, 2, to)) {
      end += 3;
      if ((text[end] === DOT || text[end] === 44) && isDigits(text, end + 1, 1, to)) {
        const start = ++end;
        while (end < to && end - start < 9 && kinds[text[end]!] === DIGIT) end++;
      }
    }
    if (text[end] === 90 && end < to) end++;
    else if ((text[end] === 43 || text[end] === DASH) && isDigits(text, end + 1, 2, to)) {
      const minutes = text[end + 3] === COLON ? end + 4 : end + 3;
      if (isDigits(text, minutes, 2, to)) end = minutes + 2;
    }
  }
  return isEnd(text, end, to) ? end : at;
}

function isClock(text: Uint8Array, at: number, to: number): boolean {
  return isDigits(text, at, 2, to) && text[at + 2] === COLON && isDigits(text, at + 3, 2, to);
}

function isDigits(text: Uint8Array, at: number, count: number, to: number): boolean {
  if (at + count > to) return false;
  for (let i = at; i < at + count; i++) if (kinds[text[i]!] !== DIGIT) return false;
  return true;
}

const units = new Map<string, boolean>();
const mostUnits = 4096;

function isMixedValue(
  text: Uint8Array,
  from: number,
  to: number,
  digits: number,
  changes: number,
  isBeyondAscii: boolean,
): boolean {
  if (isBeyondAscii) return changes === 1 && isMicroseconds(text, from, to, digits);
  const word = asciiOf(text, from, to);
  const isDigitFirst = kinds[text[from]!] === DIGIT;
  if (changes === 1 && !isDigitFirst && digits > 1) return !isName(word);
  if (changes === 1 && isDigitFirst && word.length - digits <= 4) {
    const unit = word.slice(digits);
    let isUnit = units.get(unit);
    if (isUnit === undefined) {
      // Whatever the number: what decides is the unit.
      isUnit = isValueWord(`1${unit}`);
      if (units.size < mostUnits) units.set(unit, isUnit);
    }
    if (isUnit) return true;
  }
  return isValueWord(word);
}

/** `12µs`, with either of the two signs. */
function isMicroseconds(text: Uint8Array, from: number, to: number, digits: number): boolean {
  const at = from + digits;
  if (to - at !== 3 || text[at + 2] !== 115) return false;
  return (text[at] === 0xc2 && text[at + 1] === 0xb5) || (text[at] === 0xce && text[at + 1] === 0xbc);
}

/** Whether a word begins here for `\b`: a letter beyond ASCII is none to it. */
function isApart(text: Uint8Array, at: number, from: number): boolean {
  return at === from || isBetween(text[at - 1]!);
}

function isEnd(text: Uint8Array, at: number, to: number): boolean {
  return at >= to || isBetween(text[at]!);
}

function isBetween(code: number): boolean {
  return code > 127 || (code !== 95 && kinds[code] === OTHER);
}
