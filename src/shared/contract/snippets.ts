import { oc } from '@orpc/contract';
import { z } from 'zod';

export const Shell = z.enum(['bash', 'zsh', 'fish', 'powershell', 'dotenv', 'launch.json']);
export type Shell = z.infer<typeof Shell>;

/** One block to copy: `code` is complete as it is; `syntax` names its highlighting. */
const SnippetStep = z.object({
  title: z.string(),
  syntax: z.string(),
  code: z.string(),
  filename: z.string().optional(),
});
export const Snippet = z.object({
  language: z.string(),
  title: z.string(),
  steps: z.array(SnippetStep),
  /** What to know: signals covered, versions needed. */
  notes: z.array(z.string()),
});
export type Snippet = z.infer<typeof Snippet>;

const target = z.object({
  serviceName: z.string().min(1).max(200),
  protocol: z.enum(['grpc', 'http']).default('grpc'),
});

export const snippets = {
  languages: oc.output(z.array(z.object({ id: z.string(), title: z.string() }))),
  env: oc.input(target.extend({ shell: Shell })).output(Snippet),
  snippet: oc.input(target.extend({ language: z.string() })).output(Snippet),
};
