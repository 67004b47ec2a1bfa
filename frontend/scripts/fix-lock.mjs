// Run after every `npm install`: adds the optional builds for other systems that a partial registry left out of the lock
// (`npm ci` refuses a lock without them), and takes out addresses, so that the lock names no host.
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const check = process.argv.includes('--check');
const before = readFileSync(file, 'utf8');
const lock = JSON.parse(before);
const SYSTEMS = ['darwin', 'win32', 'linux', 'android', 'freebsd'];
const PROCESSORS = ['arm64', 'x64', 'ia32', 'arm'];

for (const [path, entry] of Object.entries(lock.packages)) {
  delete entry.resolved;
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const nested = `${path}/node_modules/${name}`;
    if (lock.packages[nested] || lock.packages[`node_modules/${name}`]) continue;
    lock.packages[`node_modules/${name}`] = {
      version: version.replace(/^[\^~]/, ''),
      ...(entry.dev ? { dev: true } : {}),
      optional: true,
      os: [SYSTEMS.find((system) => name.includes(system)) ?? 'none'],
      cpu: [PROCESSORS.find((processor) => name.includes(processor)) ?? 'none'],
    };
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
const after = `${JSON.stringify(lock, null, 2)}\n`;
if (check && after !== before) {
  console.error('frontend/package-lock.json is not whole: run `npm run lock` in frontend/ and commit it.');
  process.exit(1);
}
if (!check) writeFileSync(file, after);
