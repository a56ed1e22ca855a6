import { browser } from './languages/browser';
import { dockerCompose } from './languages/docker-compose';
import { dotnet } from './languages/dotnet';
import { go } from './languages/go';
import { java } from './languages/java';
import { kubernetes } from './languages/kubernetes';
import { nodejs } from './languages/nodejs';
import { php } from './languages/php';
import { python } from './languages/python';
import { ruby } from './languages/ruby';
import { rust } from './languages/rust';
import type { SnippetLanguage } from './snippet-target';

/** In the order they are offered. */
export const snippetLanguages: readonly SnippetLanguage[] = [
  python,
  nodejs,
  go,
  java,
  dotnet,
  rust,
  ruby,
  php,
  browser,
  dockerCompose,
  kubernetes,
];
