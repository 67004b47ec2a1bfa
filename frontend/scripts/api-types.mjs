// node scripts/api-types.mjs SCHEMA.json [--check]: writes src/lib/api/schema.d.ts from the API's own description, or
// fails when the committed file is not what the description gives.
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const target = new URL('../src/lib/api/schema.d.ts', import.meta.url);
const [source, check] = process.argv.slice(2);
const WORDS = new Set(['description', 'summary', 'examples', 'example', 'title']);

// Wording changes more often than shapes do, and changes nothing here.
function withoutWords(node, isMap = false) {
  if (Array.isArray(node)) return node.map((part) => withoutWords(part));
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => isMap || !WORDS.has(key))
      .map(([key, value]) => [key, withoutWords(value, key === 'properties' || key === 'schemas')]),
  );
}

// Every refusal has one shape (lib/api/errors.ts), and files are fetched by their address: only JSON answers are typed.
function onlyAnswers(schema) {
  for (const path of Object.values(schema.paths)) {
    for (const operation of Object.values(path)) {
      operation.parameters = (operation.parameters ?? []).filter((parameter) => parameter.in !== 'header');
      for (const [status, answer] of Object.entries(operation.responses ?? {})) {
        if (!status.startsWith('2')) delete operation.responses[status];
        delete answer.headers;
        if (answer.content) answer.content = jsonOnly(answer.content);
      }
      const body = operation.requestBody;
      if (body?.content['application/json']) body.content = jsonOnly(body.content);
    }
  }
  return schema;
}

function jsonOnly(content) {
  return content['application/json'] ? { 'application/json': content['application/json'] } : content;
}

const schema = onlyAnswers(withoutWords(JSON.parse(readFileSync(source, 'utf8'))));
const text = `// Made by \`make api-types\` from the API's own description. Not for editing.\n${astToString(
  await openapiTS(schema, { alphabetize: true, defaultNonNullable: false }),
)}`;
if (check === undefined) {
  writeFileSync(target, text);
} else if (readFileSync(target, 'utf8') !== text) {
  console.error('The API has changed: run `make api-types` and commit frontend/src/lib/api/schema.d.ts.');
  process.exit(1);
}
