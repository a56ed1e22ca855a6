import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Problem } from '../problem';
import { shells } from './shells';

export const Shell = z.enum(shells);
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

/** No app can send to this backend; `data` says why. */
const call = oc.errors({ BACKEND: { status: 409, message: 'There is nothing to send to.', data: Problem } });

export const snippets = {
  languages: oc.output(z.array(z.object({ id: z.string(), title: z.string() }))),
  env: call.input(target.extend({ shell: Shell })).output(Snippet),
  snippet: call.input(target.extend({ language: z.string() })).output(Snippet),
};
