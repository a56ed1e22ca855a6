import type { Run } from './run';

type Place = Pick<Run, 'folder' | 'revision'>;

/** Whether two runs ran in one folder, or in working trees of one repository. */
export function ranInOnePlace(one: Place, other: Place): boolean {
  if (one.folder === other.folder) return true;
  return one.revision !== undefined && one.revision.repository === other.revision?.repository;
}
