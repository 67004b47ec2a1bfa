// Notes the hashes of each page's inline scripts, so that the policy sent with it allows these scripts and no others.
// Django takes the file for the sign of a whole build, so it is written last.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const out = new URL('../out/', import.meta.url).pathname;
const INLINE = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;
const hashes = {};
for (const name of readdirSync(out, { recursive: true })) {
  if (!name.endsWith('.html')) continue;
  const page = readFileSync(join(out, name), 'utf8');
  const found = [...page.matchAll(INLINE)].map(
    (match) => `sha256-${createHash('sha256').update(match[1], 'utf8').digest('base64')}`,
  );
  hashes[name] = [...new Set(found)].sort();
}
writeFileSync(join(out, 'script-hashes.json'), `${JSON.stringify(hashes, null, 1)}\n`);
