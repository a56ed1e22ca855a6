import type { Media } from '../conversation';
import { type JsonTree, member, textOf } from '../json/json-tree';

const whats: readonly Media['what'][] = ['image', 'audio', 'video'];

/** A picture, sound or file in any of the shapes in which models are given one; null where there is none. */
export function readMedia(type: string, part: JsonTree): Media | null {
  const source = member(part, 'source');
  const file = member(part, 'file');
  const inline = member(part, 'inlineData', 'inline_data', 'input_audio', 'image_url', 'file_data', 'fileData');
  const places = [source, inline, file, part].filter((each) => each !== undefined);
  const find = (...keys: readonly string[]) => {
    for (const place of places) {
      const text = textOf(member(place, ...keys));
      if (text) return text;
    }
    return '';
  };
  const said = find('mime_type', 'mimeType', 'media_type', 'mediaType', 'format');
  const modality = find('modality');
  const data = find('data', 'bytes', 'file_data', 'fileData', 'image') || (isInline(type) ? find('content') : '');
  const address = textOf(inline) || find('url', 'uri', 'file_uri', 'fileUri', 'image_url');
  const name = find('file_id', 'fileId', 'filename', 'file_name', 'name', 'title');
  if (!data && !address && !name) return null;
  return mediaOf({ what: modality || type, type: said, data, address, name });
}

/** `data` is base64 or an address of the kind `data:`; so may `address` be. */
export function mediaOf(given: { what: string; type: string; data: string; address: string; name: string }): Media {
  const [inline] = [given.address, given.data].filter((text) => text.startsWith('data:'));
  const [, declared = ''] = /^data:([^;,]{1,100})/.exec(inline ?? '') ?? [];
  const type = declared || given.type;
  const elsewhere = !given.address.startsWith('data:') ? given.address : isAddress(given.data) ? given.data : '';
  const data = inline ? inline.slice(inline.indexOf(',') + 1) : isAddress(given.data) ? '' : given.data;
  const what = whats.find((each) => type.startsWith(each)) ?? whats.find((each) => given.what.includes(each)) ?? 'file';
  return {
    kind: 'media',
    what,
    type: type === '' || type.includes('/') || what === 'file' ? type : `${what}/${type}`,
    bytes: data === '' ? null : Math.floor((data.replace(/[=\s]+$/, '').length * 3) / 4),
    name: given.name || elsewhere,
  };
}

function isInline(type: string): boolean {
  return type === 'blob' || type === 'image' || type === 'audio' || type === 'video' || type === 'binary';
}

function isAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]{1,20}:\/\//i.test(text);
}
