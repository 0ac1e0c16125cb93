/** Rules for the browser's scripts: what ESLint recommends, and what this site promises besides. */
import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    languageOptions: { sourceType: "script", globals: globals.browser },
    rules: {
      "block-scoped-var": "error",
      "consistent-return": "error",
      curly: ["error", "multi-line"],
      "default-case-last": "error",
      eqeqeq: "error",
      "no-alert": "error",
      "no-console": "error",
      "no-else-return": "error",
      "no-eval": "error",
      "no-implicit-globals": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-param-reassign": "error",
      "no-shadow": "error",
      "no-unused-expressions": "error",
      "no-useless-concat": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
      strict: "error",
      "no-restricted-syntax": [
        "error",
        {
          selector: "AssignmentExpression[left.property.name=/^(inner|outer)HTML$/], CallExpression[callee.property.name='insertAdjacentHTML']",
          message: "Text is not markup: make elements with dossier.element.",
        },
        {
          selector: "TemplateElement[value.raw=/\\n/]",
          message: "The build drops comments by the line (write/minify.py): keep a template on one line.",
        },
      ],
    },
  },
  {
    files: ["docs/assets/js/*.js"],
    rules: {
      "no-restricted-globals": [
        "error",
        ...["fetch", "XMLHttpRequest", "WebSocket", "EventSource"].map((name) => ({
          name,
          message: "A page opened from disk may not fetch: use dossier.load.",
        })),
      ],
    },
  },
  {
    files: ["hooks/dossier/write/service-worker.js"],
    languageOptions: { globals: globals.serviceworker },
    rules: { strict: ["error", "global"] },
  },
];
