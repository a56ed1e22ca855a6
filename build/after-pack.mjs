// electron-builder's hook: burns the fuses before anything is signed.
import { join } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { fuses } from './fuses.mjs';

export default async function afterPack({ appOutDir, electronPlatformName, packager, arch }) {
  const { executableName } = packager;
  const name = packager.appInfo.productFilename;
  const binary = { darwin: `${name}.app`, win32: `${name}.exe`, linux: executableName }[electronPlatformName];
  const wanted = Object.entries(fuses).map(([fuse, on]) => [FuseV1Options[fuse], on]);
  await flipFuses(join(appOutDir, binary), {
    version: FuseVersion.V1,
    // Apple silicon runs no binary whose ad-hoc signature is broken, and a build without a certificate has no other.
    resetAdHocDarwinSignature: electronPlatformName === 'darwin' && arch !== 1,
    ...Object.fromEntries(wanted),
  });
}
