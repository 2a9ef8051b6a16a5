// Writes the TypeScript types of the operations in src/ into generated/, from the schema beside this project: node types.mjs
// Or writes only the manifest of these operations (infra-notes/limits.md, "Documents by their identifiers"): node types.mjs --manifest=FILE
import { codegen } from '@graphql-codegen/core';
import { preset } from '@graphql-codegen/client-preset';
import { buildASTSchema, concatAST, parse, Source } from 'graphql';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MANIFEST = '--manifest=';

const here = dirname(fileURLToPath(import.meta.url));
const schema = concatAST(documents(join(here, '..', '..', 'schema'), '.graphqls'));
const operations = documents(join(here, 'src'), '.graphql');

const manifest = process.argv.find((word) => word.startsWith(MANIFEST))?.slice(MANIFEST.length);

const files = await preset.buildGeneratesSection({
  baseOutputDir: 'generated/',
  schema,
  schemaAst: buildASTSchema(schema),
  documents: operations.map((document) => ({ document, location: document.loc.source.name, rawSDL: document.loc.source.body })),
  config: {
    documentMode: 'string',
    useTypeImports: true,
    enumType: 'string-literal',
    immutableTypes: true,
    strictScalars: true,
    scalars: { DateTime: 'string', JSON: 'unknown' },
  },
  presetConfig: { fragmentMasking: false, ...(manifest && { persistedDocuments: { hashAlgorithm: 'sha256' } }) },
  plugins: [],
  pluginMap: {},
  documentTransforms: [],
});

if (manifest) {
  // it is complete when the types are, which are made side by side
  const texts = await Promise.all(files.map(codegen));
  writeFileSync(manifest, texts[files.findIndex((file) => file.filename.endsWith('persisted-documents.json'))]);
} else {
  mkdirSync(join(here, 'generated'), { recursive: true });
  for (const file of files) {
    writeFileSync(join(here, file.filename), await codegen(file));
  }
}

function documents(folder, ending) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => parse(new Source(readFileSync(join(folder, name), 'utf8'), name)));
}
