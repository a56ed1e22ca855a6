const most = 4000;

/** Of a long text the beginning, with `…`, no character in two. */
export function cutText(text: string, length = most): string {
  if (text.length <= length) return text;
  const end = text.charCodeAt(length - 1);
  return `${text.slice(0, end >= 0xd800 && end < 0xdc00 ? length - 1 : length)}…`;
}
