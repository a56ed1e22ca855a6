import { ORPCError } from '@orpc/server';
import type { FileImports } from '../importing/file-imports';
import type { Implementer } from './implement-contract';

export interface ImportDependencies {
  fileImports: FileImports;
}

/** Files that a person gives to the panel. */
export function createImportProcedures(os: Implementer, { fileImports }: ImportDependencies) {
  return os.imports.router({
    take: os.imports.take.handler(async ({ input }) => {
      const taken = await fileImports.take(input);
      if (taken && 'refused' in taken)
        throw new ORPCError('IMPORT', { status: 409, message: taken.refused.message, data: taken.refused });
      return taken;
    }),
    stored: os.imports.stored.handler(({ input }) => ({ share: fileImports.stored(input.id) })),
    forget: os.imports.forget.handler(({ input }) => fileImports.forget(input.id)),
  });
}
