/**
 * What the browser's scripts share: the data files that Python writes for them, what the scripts
 * give each other on `window`, and what a selector finds. `tsc` alone reads it.
 */

// Written by hooks/dossier/exports/kinds.py, previews.py, search.py and histories.py. All but the first are there once
// `load` or `run` has brought them.

/** By kind its folder or its list's page, and whether each of its entries has a page. */
declare var dossierKinds: Record<string, [place: string, paged: boolean]>;

/** A source, as a citation of it needs it. */
interface CitableSource {
  title: string;
  byEditors: boolean;
  author: string | null;
  publisher: string;
  date: string;
  dateWords: string;
  translators: string[];
  translated: string;
  /** The paragraphs that have changed since the newest release. */
  changed: number[];
  /** By what the paragraphs' words are known, from the first on. */
  digests: string[];
}

declare var dossierPreviews: {
  /** By key ("actor:nvidia"): what a preview shows of an entry. */
  entries: Record<string, [name: string, zh: string, kind: string, text: string]>;
  /** By source: the paragraphs as plain text, from the first on. */
  paragraphs: Record<string, string[]>;
  works: Record<string, [title: string, publisher: string, date: string, basis: string]>;
  /** By key: where the texts mention an entry. */
  mentions: Record<string, [source: string, paragraph: number][]>;
  sources: Record<string, CitableSource>;
};

declare var dossierCited: {
  /** By kind: its title in the plural, in the order of the kinds. */
  titles: Record<string, string>;
  /** By source and number of a paragraph: the keys of the entries that cite it. */
  by: Record<string, Record<string, string[]>>;
};

declare var dossierWording: {
  /** By source and id of a paragraph: how the Chinese puts it, word for word. */
  literal: Record<string, Record<string, string>>;
  /** By term: other renderings. */
  others: Record<string, string[]>;
};

/** What there is of a source's past. */
interface SourceHistory {
  /** By release its date. */
  releases: Record<string, string>;
  /** By paragraph the digest of its words. */
  digests: Record<string, string>;
  /** The paragraphs that have had other words. */
  changed: string[];
}

/** A piece of two wordings: 0 and the words of both, -1 and those of the older, 1 and those of the newer. */
type Piece = [kind: 0 | -1 | 1, text: string];

interface Wording {
  /** The release in which it first stood, empty while there is none. */
  release: string;
  date: string;
  digest: string;
  by?: string;
  why?: string;
  /** How it differs from the wording before it, and from today's. */
  step?: Piece[];
  then?: Piece[];
}

interface ParagraphHistory {
  /** By release the number of its wording. */
  at: Record<string, number>;
  wordings: Wording[];
  /** The paragraphs in which its words stand now, if in others. */
  into?: string[];
}

/** By "source" and by "source#p12" what either has been. */
declare var dossierHistory: Record<string, SourceHistory> & Record<`${string}#${string}`, ParagraphHistory>;

/** By source: the fingerprints of the original's paragraphs, from the first on. */
declare var dossierOriginals: Record<string, string[]>;

/** Two strings: the n-th character of the first is traditional for the n-th of the second. */
type Simplified = [traditional: string, simplified: string];
declare var dossierSimplified: Simplified;

/** What a rule of analyzer.yml finds. */
type ValueKind = "date" | "number" | "percent";

/** hooks/dossier/exports/analyzer.yml, as far as the browser needs it. */
interface AnalyzerTables {
  stop: string;
  spelling: Record<string, string>;
  endings: [pattern: string, replacement: string][];
  months: Record<string, number>;
  numbers: Record<string, number>;
  scales: Record<string, number>;
  digits: Record<string, number>;
  parts: Record<string, string>;
  rules: { kind: ValueKind; groups?: string; stay?: boolean; pattern: string }[];
  intents: { pattern: string; stance?: string; kinds?: string[] }[];
  asking: string;
  same: string[][];
}

interface SearchHead {
  /** How many documents there are. */
  count: number;
  /** The kinds, each with the number of its first document. */
  kinds: [kind: string, first: number][];
  /** A digit a document: how much is said of it. */
  weights: string;
  /** The first term of each part. */
  parts: string[];
  /** How many documents a file holds. */
  chunk: number;
  /** The only source's id, or nothing. */
  source: string;
  titles: Record<string, string>;
  words: AnalyzerTables;
  /** A question of who stands where, as an example. */
  example: string;
  /** What one may ask. */
  help: string;
}
declare var dossierSearch: SearchHead;

/** The documents of a term: encoded, or where among the lists they stand. */
type Listed = string | [file: number, at: number];
type StoredDocument = [title: string, url: string, names: string, text: string, related?: number[], others?: string[]];

/** The parts of the search index, by the beginnings of their names. */
interface SearchParts {
  /** Terms and their documents by turns, in the order of the terms. */
  [terms: `terms-${number}`]: Listed[];
  [lists: `lists-${number}`]: string[];
  [documents: `documents-${number}`]: StoredDocument[];
}
declare var dossierSearchParts: SearchParts;

// What the scripts give each other.

interface Dossier {
  /** Where the site's root is, from the page. */
  root: string;
  kinds: [kind: string, [place: string, paged: boolean]][];
  /** Where the entry of a key stands, from the site's root. */
  address(key: string, heading?: string): string;
  /** Loads a script of the site, once. */
  run(path: string): Promise<void>;
  /** Loads data, once. */
  load(name: string): Promise<void>;
  element<K extends keyof HTMLElementTagNameMap>(tag: K, attributes?: Record<string, string>, ...children: (Node | string)[]): HTMLElementTagNameMap[K];
  /** A text in pieces, the Chinese among them marked. */
  chinese(text: string): (Node | string)[];
  /** What of a page an event came from: the nearest that a selector finds. */
  closest<S extends string>(event: Event, selector: S): Found<S> | null;
  /** Says for all to hear what was done. */
  say(text: string): void;
  /** Copies, and says so; gives whether it could. */
  copy(text: string, what: string): Promise<boolean>;
  composing(event: KeyboardEvent): boolean;
  remember(key: string, value: string | null): void;
  recall(key: string): string | null;
  /** Set once a newer edition serves this page's files. */
  replaced?: boolean;
}
declare var dossier: Dossier;

interface Token {
  kind: ValueKind | "word" | "stop" | "han";
  term: string;
  start: number;
  end: number;
  /** A word as it was written, folded. */
  plain?: string;
}

interface Analyzer {
  fold(text: string): string;
  /** A folded text, and the place in the text itself of each of its letters and of its end. */
  placed(text: string): [folded: string, at: number[]];
  /** The tokens of a folded text, in order. */
  analyze(text: string): Token[];
  stem(word: string): string;
  american(word: string): string;
}
interface Stemmer { stemWord(word: string): string }
declare var EnglishStemmer: new () => Stemmer;
declare var dossierAnalyzer: (tables: AnalyzerTables, traditional: Simplified, stemmer: Stemmer) => Analyzer;

/** Something that search found, as it is shown. */
interface Hit {
  id: number;
  kind: string;
  title: string;
  url: string;
  names: string;
  text: string;
  related: number[];
  others: string[];
}

/** What the search did with a question. */
interface SearchNotes {
  missing: string[];
  slips: string[];
  /** The documents under whose other names was looked, too. */
  widened: number[];
  words: Set<string>;
  /** Whether the question says nothing to look for. */
  empty: boolean;
  unknown: string[];
  /** Whether a phrase stands nowhere. */
  phrase?: boolean;
}

interface Answers {
  total: number;
  /** By kind how many, the most first. */
  counts: [kind: string, count: number][];
  /** The documents, best first. */
  ids: number[];
  notes: SearchNotes;
  terms: Set<string>;
  phrases: string[];
}

interface SearchEngine extends Pick<Analyzer, "fold" | "placed" | "analyze"> {
  search(question: string, options?: { typing?: boolean }): Promise<Answers>;
  documents(ids: number[]): Promise<Hit[]>;
  kindOf(id: number): string;
}
type LoadPart = <Name extends keyof SearchParts>(name: Name) => Promise<SearchParts[Name]>;
declare var dossierEngine: (head: SearchHead, part: LoadPart, traditional: Simplified, stemmer: Stemmer) => SearchEngine;

/** The answers with what a view of them shows. */
interface ShownAnswers extends Answers {
  question: string;
  kind: string;
  count: number;
  results: Hit[];
  related: Hit[];
  /** The names of what was meant, as terms. */
  sequences: string[][];
  /** What was done, in sentences. */
  said: string;
}

interface SearchView {
  ready(): Promise<SearchEngine>;
  ask(question: string, options?: { kind?: string; limit?: number }): Promise<ShownAnswers>;
  options(answer: ShownAnswers, page: string, open: (kind: string) => void): Node[];
  body(hit: Hit, answer: ShownAnswers): Node[];
  href(hit: Hit): string;
  titleOf(kind: string): string;
}
declare var dossierAnswers: SearchView;

// What a selector finds, read from its last part: "a.cite" a link, ".para" some element of HTML.
// (What the maps' links and lines have of SVG, `dataset` and `classList`, HTML has alike.)

type TagOf<S extends string> = S extends `${infer T}[${string}` ? TagOf<T>
  : S extends `${infer T}.${string}` ? TagOf<T>
  : S extends `${infer T}:${string}` ? TagOf<T>
  : S;
type Found<S extends string> = S extends `${infer A}, ${infer B}` ? Found<A> | Found<B>
  : S extends `${string} ${infer Last}` ? Found<Last>
  : TagOf<S> extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[TagOf<S>]
  : HTMLElement;

interface ParentNode {
  querySelector<S extends string>(selector: S): Found<S> | null;
  querySelectorAll<S extends string>(selector: S): NodeListOf<Found<S>>;
}
interface Element {
  closest<S extends string>(selector: S): Found<S> | null;
}
