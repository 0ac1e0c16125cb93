// Apache Annotator's matcher and describer of text quotes, as one script for a page: window.foreign.
const { createTextQuoteSelectorMatcher, describeTextQuote } = require("@apache-annotator/dom");
window.foreign = { createTextQuoteSelectorMatcher, describeTextQuote };
