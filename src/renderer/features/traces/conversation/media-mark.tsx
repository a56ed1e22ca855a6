import { File, Film, Image, Music } from 'lucide-react';
import { use } from 'react';
import type { Media } from '../../../../shared/genai/conversation';
import { nameMedia } from '../../../../shared/genai/reading/name-media';
import { MarkText } from '../../../ui/text/mark-text';
import { ReaderContext } from './reader-state';

const icons = { image: Image, audio: Music, video: Film, file: File } as const;

/** In place of a picture, a sound or a file: what it was. It is never fetched or drawn. */
export function MediaMark({ media }: { media: Media }) {
  const { needles } = use(ReaderContext);
  const Icon = icons[media.what];
  return (
    <p className="inline-flex max-w-full items-center gap-2 rounded border border-dashed border-line-strong bg-raised px-2 py-1 text-xs text-muted">
      <Icon size={14} className="shrink-0" aria-label={media.what} />
      <span className="min-w-0 font-mono wrap-anywhere">
        <MarkText text={nameMedia(media)} needles={needles} />
      </span>
      {media.bytes === null && <span>not sent along</span>}
    </p>
  );
}
