import type { Problem } from '../../../../shared/problem';

/** A problem where the image is made for other processors than the engine's. Both in Docker's words: amd64, arm64. */
export function explainWrongArchitecture(
  image: string,
  imageArchitecture: string,
  engineArchitecture: string,
): Problem | null {
  if (!imageArchitecture || !engineArchitecture || imageArchitecture === engineArchitecture) return null;
  return {
    kind: 'wrong-architecture',
    message: `The image ${image} is made for ${imageArchitecture}, this engine runs ${engineArchitecture}.`,
    hint: `Remove it (docker image rm ${image}) and start again, or name an image for ${engineArchitecture} in WATCHTOWER_IMAGE_….`,
  };
}
