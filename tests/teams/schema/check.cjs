// Checks the manifest on standard input against the schema of its version: a line for each error, and 1.
const fs = require("fs");
const path = require("path");
const published = path.dirname(require.resolve("@microsoft/app-manifest/package.json"));
const Ajv = require(require.resolve("ajv-draft-04", { paths: [published] }));
const formats = require(require.resolve("ajv-formats", { paths: [published] }));
const manifest = JSON.parse(fs.readFileSync(0, "utf8"));
const version = `v${manifest.manifestVersion}`;
const schema = path.join(published, "build/json-schemas/teams", version, "MicrosoftTeams.schema.json");
const ajv = new (Ajv.default ?? Ajv)({ allErrors: true, strict: false });
(formats.default ?? formats)(ajv);
const check = ajv.compile(JSON.parse(fs.readFileSync(schema, "utf8").replace(/^\uFEFF/, "")));
if (!check(manifest)) {
  for (const error of check.errors) console.log(`${error.instancePath} ${error.message}`);
  process.exit(1);
}
