import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedConfigs } from '../src/core/alloy/render/shipped-configs';

// Writes the configurations of Alloy that are shipped: npm run render:alloy
for (const [name, text] of Object.entries(shippedConfigs)) {
  writeFileSync(join(import.meta.dirname, '../resources/stack/alloy', name), text);
}
