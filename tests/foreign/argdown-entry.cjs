// Reads Argdown on standard input with Argdown's own parser; prints what it understood as JSON.
const { ArgdownApplication } = require("@argdown/core/dist/ArgdownApplication");
const { ParserPlugin } = require("@argdown/core/dist/plugins/ParserPlugin");
const { DataPlugin } = require("@argdown/core/dist/plugins/DataPlugin");
const { ModelPlugin } = require("@argdown/core/dist/plugins/ModelPlugin");
const argdown = new ArgdownApplication();
argdown.addPlugin(new ParserPlugin(), "parse-input");
argdown.addPlugin(new DataPlugin(), "build-model");
argdown.addPlugin(new ModelPlugin(), "build-model");
const input = require("fs").readFileSync(0, "utf8");
const read = argdown.run({ input, process: ["parse-input", "build-model"], logLevel: "silent", throwExceptions: false });
const text = (statement) => (statement.members.find((member) => member.text) || { text: "" }).text.trim();
const errors = [...read.lexerErrors, ...read.parserErrors].map((error) => error.message);
const claims = {};
for (const [title, statement] of Object.entries(read.statements)) claims[title] = { text: text(statement), data: statement.data || null };
const premises = {};
for (const [title, argument] of Object.entries(read.arguments)) {
  premises[title] = argument.pcs.map((member) => [member.role, text(read.statements[member.title])]);
}
const relations = read.relations.map((relation) => [relation.relationType, relation.from.title, relation.to.title || relation.to.argumentTitle]);
console.log(JSON.stringify({ errors, claims, premises, relations }));
