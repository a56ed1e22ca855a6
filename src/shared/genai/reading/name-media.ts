import { formatBytes } from '../../format-bytes';
import { showPlainText } from '../../show-plain-text';
import type { Media } from '../conversation';

/** `image/png, 24 KiB, cat.png` */
export function nameMedia({ what, type, bytes, name }: Media): string {
  return [type === '' ? what : type, bytes === null ? '' : formatBytes(bytes), name.slice(0, 300)]
    .filter((text) => text !== '')
    .map((text) => showPlainText(text).replaceAll(/\s+/g, ' ').trim())
    .join(', ');
}
