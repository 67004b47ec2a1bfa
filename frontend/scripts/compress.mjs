// Writes .br and .gz beside every text file of the build; WhiteNoise sends whichever the browser takes.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const out = new URL('../out/', import.meta.url).pathname;
const TEXT = new Set(['.html', '.js', '.css', '.txt', '.json', '.svg', '.webmanifest']);
for (const name of readdirSync(out, { recursive: true })) {
  if (!TEXT.has(extname(name))) continue;
  const file = join(out, name);
  const data = readFileSync(file);
  if (data.length < 512) continue;
  const brotli = brotliCompressSync(data, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: data.length },
  });
  writeFileSync(`${file}.br`, brotli);
  writeFileSync(`${file}.gz`, gzipSync(data, { level: 9 }));
}
