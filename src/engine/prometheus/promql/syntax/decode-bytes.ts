/** One well-formed UTF-8 sequence, or one byte that is part of none; bytes as characters below U+0100. */
const SEQUENCE =
  /[^\x80-\xff]+|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|([\x80-\xff])/gs;

/** UTF-8 text; a byte that is none becomes the low surrogate U+DC00 + byte, so that it equals no text and is not lost. */
export function decodeBytes(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(SEQUENCE, (sequence, stray?: string) =>
      stray === undefined
        ? Buffer.from(sequence, 'latin1').toString('utf8')
        : String.fromCharCode(0xdc00 + stray.charCodeAt(0)),
    );
}
