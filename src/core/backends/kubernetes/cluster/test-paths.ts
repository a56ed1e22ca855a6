import { join } from 'node:path';
import { pathsIn } from './cluster';

/** Of the repository. */
export const stackFolder = join(import.meta.dirname, '../../../../../resources/stack');

export const paths = pathsIn(stackFolder);
