/** Rules for the styles: stylelint's standard, with a reason wherever we differ. */
export default {
  extends: "stylelint-config-standard",
  rules: {
    // It compares selectors by how they end, though they match different elements.
    "no-descending-specificity": null,
    // Related rules stand together, one a line, without blank lines between them.
    "at-rule-empty-line-before": null,
    "comment-empty-line-before": null,
    "rule-empty-line-before": null,
    // One :not() with a list is less specific than several, and these must outweigh the theme's.
    "selector-not-notation": null,
    // The theme's names are of the form block__element--modifier.
    "custom-property-pattern": "^[a-z0-9]+(-{1,2}[a-z0-9]+)*$",
    "selector-class-pattern": "^[a-z0-9]+((-{1,2}|__)[a-z0-9]+)*$",
    // Browsers of before 2023 do not know the other.
    "media-feature-range-notation": "prefix",
    // Chromium before 130, and Safari, know these by their prefix alone.
    "property-no-vendor-prefix": [true, { ignoreProperties: ["-webkit-box-decoration-break", "-webkit-mask", "-webkit-user-select"] }],
    // As the specifications and the font's maker write them.
    "value-keyword-case": ["lower", { ignoreKeywords: ["currentColor", "geometricPrecision", "A4", "SimSun"] }],
  },
};
