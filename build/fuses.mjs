// What is burnt into the packaged binary. A change here is a change of what the app can be made to do from outside.
import { FuseV1Options } from '@electron/fuses';

/** Fuse by name, and whether it is on. Asar integrity is checked by Electron on macOS and Windows; elsewhere it has no effect. */
export const fuses = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
};

/** Fuses of newer Electrons, which stay as they come. */
export const leftAsTheyCome = ['WasmTrapHandlers'];

for (const name of [...Object.keys(fuses), ...leftAsTheyCome])
  if (FuseV1Options[name] === undefined) throw new Error(`@electron/fuses does not know ${name}.`);
