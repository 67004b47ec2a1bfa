// Prints what a browser loads for the first sight of each page of the build, gzipped, and fails over the limits.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const LIMITS = { js: 260_000, css: 45_000 };
const out = new URL('../out/', import.meta.url).pathname;
const known = new Map();

function weight(path) {
  if (!known.has(path)) known.set(path, gzipSync(readFileSync(join(out, path)), { level: 9 }).length);
  return known.get(path);
}

/** Scripts for browsers without modules are loaded by none that this product supports. */
function loaded(page) {
  const scripts = [...page.matchAll(/<script\b([^>]*)>/g)].map(([, words]) => words);
  const sheets = [...page.matchAll(/<link\b([^>]*)>/g)].map(([, words]) => words);
  const address = (name, words) => new RegExp(`\\b${name}="/(_next/static/[^"?]+)`).exec(words)?.[1];
  return {
    js: scripts.filter((words) => !/\bnoModule\b/i.test(words)).map((words) => address('src', words)),
    css: sheets.filter((words) => /rel="stylesheet"/.test(words)).map((words) => address('href', words)),
  };
}

const sum = (paths) => [...new Set(paths.filter(Boolean))].reduce((total, path) => total + weight(path), 0);
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(9);

if (!existsSync(out)) {
  console.error('There is no build to weigh: run `make dashboard`.');
  process.exit(1);
}
const pages = readdirSync(out, { recursive: true })
  .filter((name) => name.endsWith('.html'))
  .sort();
let tooHeavy = pages.length === 0;
console.log(`${'page'.padEnd(32)} ${'scripts'.padStart(9)} ${'styles'.padStart(9)}`);
for (const name of pages) {
  const parts = loaded(readFileSync(join(out, name), 'utf8'));
  const js = sum(parts.js);
  const css = sum(parts.css);
  // A page without scripts is one this program no longer understands.
  const over = js === 0 || js > LIMITS.js || css > LIMITS.css;
  tooHeavy ||= over;
  console.log(`${name.padEnd(32)} ${kilobytes(js)} ${kilobytes(css)}${over ? '  too heavy' : ''}`);
}
if (tooHeavy) {
  console.error(
    `The first sight of a page may weigh ${kilobytes(LIMITS.js).trim()} of scripts and ${kilobytes(LIMITS.css).trim()} of styles: load parts of it when they are needed (next/dynamic).`,
  );
  process.exit(1);
}
