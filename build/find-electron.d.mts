export function findElectron(
  root: string,
): { electron: string; reason?: undefined } | { electron?: undefined; reason: string };
