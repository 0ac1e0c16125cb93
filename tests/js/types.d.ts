/**
 * What the browser's scripts share: the data files that Python writes for them, what the scripts
 * give each other on `window`, and what a selector finds. `tsc` alone reads it.
 */

// Written by hooks/dossier/exports/kinds.py, previews.py, printed.py, search.py, histories.py and lines.py. All but the first are there once
// `load` or `run` has brought them.

/** By kind its folder or its list's page, and whether each of its entries has a page. */
declare var dossierKinds: Record<string, [place: string, paged: boolean]>;
/** By list that is cut into parts, and by anchor: the page that has it. */
declare var dossierPlaces: Record<string, Record<string, string>>;

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
  /** What a citation of all of it calls the edition. */
  version: string;
  /** The paragraphs that have changed since the newest release. */
  changed: number[];
  /** By what the paragraphs' words are known, from the first on. */
  digests: string[];
  /** The records of all of it, and of paragraphs, with slots. */
  bibtex: { whole: string; part: string };
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
  bibtex: {
    /** The record of a page or an entry, with slots. */
    page: string;
    /** What a character is written as that means something to TeX. */
    tex: Record<string, string>;
  };
};

/** What an argument rests on; what is cited is "source#p12" or "@work". */
interface Grounds {
  maker: string;
  claim: [text: string, cited: string[]];
  premises: [text: string, cited: string[], voice: string, unsaid: 0 | 1][];
  /** The arguments that support it. */
  below: string[];
}

declare var dossierPrinted: {
  works: Record<string, [label: string, words: string, address: string]>;
  arguments: Record<string, Grounds>;
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

/** By address of a paragraph or an entry: its file in the repository, and the line. */
declare var dossierLines: Record<string, [file: string, line: number]> | undefined;

/** By source: the fingerprints of the original's paragraphs, from the first on. */
declare var dossierOriginals: Record<string, string[]>;

/** Two strings: the n-th character of the first is traditional for the n-th of the second. */
type Simplified = [traditional: string, simplified: string];
declare var dossierSimplified: Simplified;

/** What a rule of analyzer.yml finds. */
type ValueKind = "date" | "number" | "percent";

/** hooks/dossier/exports/analyzer.yml, as far as the browser needs it. */
interface Lexicon {
  stop: string;
  spelling: Record<string, string>;
  irregular: Record<string, string>;
  particles: string;
  endings: [pattern: string, replacement: string][];
  months: Record<string, number>;
  numbers: Record<string, number>;
  scales: Record<string, number>;
  digits: Record<string, number>;
  parts: Record<string, string>;
  rules: { kind: ValueKind; groups?: string; stay?: boolean; pattern: string }[];
  intents: { pattern: string; stance?: string; kinds?: string[]; measure?: string; counted?: boolean }[];
  later: Record<"after" | "since", string>;
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
  /** The day with which the only source ends, or nothing. */
  told: string;
  titles: Record<string, string>;
  words: Lexicon;
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
  /** The sources, where there are several. */
  sources?: [id: string, title: string][];
}
declare var dossierSearchParts: SearchParts;

// What proposing a change needs: written by hooks/dossier/exports/proposals.py.

/** Where a value stands in the text of its file: a scalar, a list with its items, a mapping with its fields and where the name of each begins. */
type Span = [start: number, end: number, parts?: Span[] | Record<string, [key: number, value: Span]>];
interface DataFile { text: string; spans?: Span }
declare var dossierFiles: Record<string, DataFile>;

/** JSON Schema, as far as the model says things with it. */
interface Shape {
  $ref?: string;
  $defs?: Record<string, Shape>;
  anyOf?: Shape[];
  type?: string | string[];
  description?: string;
  properties?: Record<string, Shape>;
  required?: string[];
  items?: Shape;
  enum?: string[];
  enumDescriptions?: string[];
  pattern?: string;
  maxLength?: number;
  "x-role"?: string;
}

/** How a kind is filled in, and where its records stand: by file the ids, with names where no preview knows them. */
interface ProposedKind {
  title: string;
  page: string;
  paged: boolean;
  anchors: string;
  folder: string;
  files: Record<string, [id: string, name?: string][]>;
  schema: Shape;
}
declare var dossierPropose: {
  kinds: Record<string, ProposedKind>;
  /** By pattern what to write. */
  hints: Record<string, string>;
  linked: string[];
  /** What is nearly markup, as patterns, and what to write. */
  nearly: [pattern: string, remedy: string][];
  devices: string[];
  default: string | null;
  sources: Record<string, { title: string; short: string; file: string; record: string; translated: boolean }>;
  /** The pages written by hand, by path. */
  pages: Record<string, string>;
  clocks: boolean;
  /** By key, field and style the dates and numbers that prose may cite, in words. */
  facts: Record<string, Record<string, Record<string, string>>>;
};
/** By key where it is used; only what there is. */
interface UsedBy {
  entries?: string[];
  paragraphs?: [source: string, paragraph: number][];
  notes?: [source: string, paragraph: number][];
  pages?: string[];
  formerly?: string[];
  lists?: string[];
}
declare var dossierUses: Record<string, UsedBy>;
/** By source and paragraph the words that are quoted from it, each with what quotes them. */
declare var dossierQuoted: Record<string, Record<string, [key: string, words: string][]>>;

type Value = string | Value[] | { [name: string]: Value };
type Path = (string | number)[];
interface TextEdit { start: number; end: number; put: string }

interface ProposeYaml {
  read(text: string, span: Span): Value;
  clean(value: Value): Value;
  nothing(value: Value | undefined): boolean;
  /** What changes the text so that a mapping has another value. */
  edits(text: string, span: Span, value: Value, shape: Shape): TextEdit[];
  apply(text: string, edits: TextEdit[]): string;
  /** Takes whole lines out, with the empty ones behind them or, of the last of a list, before them. */
  lines(text: string, first: number, last: number, closing: boolean): TextEdit;
  mapping(value: Value, shape: Shape): string;
  item(value: Value, shape: Shape | undefined, indent: number): string;
}

type PatchLine = [sign: " " | "+" | "-", line: string];
interface ProposePatch {
  hunks(before: string, after: string): { a: number; b: number; lines: PatchLine[] }[];
  /** A unified diff of a file; `null` is no file. */
  patch(path: string, before: string | null, after: string | null): string;
}

interface ProseCitation { source: string; first: number; last: number; work: string }
/** `target` is where a link leads; elsewhere it is empty. */
interface ProsePart { is: "text" | "code" | "cites" | "link" | "em" | "strong"; text: string; target: string; parts?: ProsePart[] }
interface ProseRead {
  plain: string;
  /** What is linked. */
  links: string[];
  citations: ProseCitation[];
  quotations: { words: string; citations: ProseCitation[] }[];
  problems: string[];
}
interface ProposeProse {
  citation(text: string): ProseCitation | null;
  parse(text: string): ProseRead;
  draw(text: string, source: string): (Node | string)[];
  href(citation: ProseCitation, source: string): string;
  label(citation: ProseCitation): string;
  standsIn(words: string, passage: string): boolean;
  likest(words: string, passages: string[]): string;
}

interface Fault { path: Path; message: string }
/** A statement, or the record itself, with what belongs to it. */
interface Group {
  path: Path;
  value: Record<string, Value>;
  statement: boolean;
  cites: { path: Path; one: ProseCitation }[];
  prose: { path: Path; prose: ProseRead }[];
  quotes: { path: Path; words: string }[];
}
interface ProposeCheck {
  /** `linkedTo` has what is new in the proposal, and whether something in it names that. */
  check(of: { kind: string; id: string; value: Record<string, Value>; fresh: boolean; linkedTo: Map<string, boolean> }): Fault[];
  shapeOf(schema: Shape | undefined, definitions: Record<string, Shape>): Shape;
  dateProblem(text: string): string;
  /** What is wrong with the target of a link within the site; empty where nothing is. */
  unknown(target: string, added: Map<string, boolean>): string;
}

/** Something that can be chosen. */
interface Offer { value: string; head: string; more: string }
interface FormPlace { control: HTMLElement; fault: HTMLElement; seen: boolean }
interface MadeForm {
  node: HTMLElement;
  /** Shows faults beside their fields: all, or those of fields that were left. */
  show(faults: Fault[], all: boolean): void;
  go(path: Path): void;
  /** A field for the id of a new record. */
  add(control: HTMLElement, fault: HTMLElement): void;
}
interface ProposeForm {
  form(of: { schema: Shape; value: Record<string, Value>; source: string; extra: () => Offer[]; changed: () => void }): MadeForm;
  choose(title: string, offers: Offer[]): Promise<string | null>;
  offers(kinds: string[], extra: Offer[]): Offer[];
  citable(source: string, extra: Offer[]): Offer[];
  button(label: string, act: () => void, says?: string): HTMLButtonElement;
  clip(text: string, limit: number): string;
}

/** A part of a proposal. */
interface Change {
  key: string;
  path: string;
  how: "edit" | "new" | "delete" | "text";
  node: HTMLElement;
  form?: MadeForm;
  name(): string;
  /** All that it says, to look for what it names. */
  text(): string;
  faults(): Fault[];
  /** What it changes in its file; `null` deletes it. */
  edits(): TextEdit[] | null;
  title(): string;
}

// What the scripts give each other.

interface Dossier {
  /** Where the site's root is, from the page. */
  root: string;
  /** This page's path from there, and the address under which others know the root, if there is one. */
  path: string;
  published: string | null;
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
  /** Numbers in little room: "1-17,20". */
  ranges: { read(text: string | null): Set<number>; write(numbers: Set<number>): string };
  /** Set once a newer edition serves this page's files. */
  replaced?: boolean;
  /** Missing where there is nothing to select. */
  cite?: Citing;
  // There once `run` has brought what makes them.
  sha256(text: string): string;
  anchor: Anchor;
  noteStore: { OWN: string; open(): Promise<NoteStore> };
  notes: Notes;
  /** Shows a chapter as it is printed: the part that a button names, or the page on which it stands. */
  print(button: HTMLElement): Promise<void>;
  yaml: ProposeYaml;
  prose: ProposeProse;
  check: ProposeCheck;
  form: ProposeForm;
  patch: ProposePatch;
}
declare var dossier: Dossier;

interface Citation { link: string | null; chicago: string; apa: string; bibtex: string }

/** What of a selection stands in one paragraph or, on a page that has none, in its text. */
interface Part { paragraph: HTMLElement; found: string; part: Range }

/** Words that are selected. */
interface Chosen {
  parts: Part[];
  /** Empty on a page without paragraphs. */
  source: string;
  /** The paragraphs: "p12", "p12-p14". */
  fragment: string;
  words: string;
  /** The words, cut where a note's number stands among them. */
  pieces: string[];
  last: Part;
}

interface Citing {
  /** Puts a button beside the words that are selected. */
  offer(label: string, act: (chosen: Chosen) => void): void;
  ofText(source: string, fragment: string): Citation;
  ofEntry(name: string, fragment?: string): Citation;
  quoted(passage: string, citation: Citation): string;
  address(fragment: string, page?: string): string | null;
}

// A reader's own notes.

/** Where a note stands, as it was when the note was made. */
interface Spot {
  /** The place on its page: "p18", "h20-halt"; empty for the page itself. */
  at: string;
  /** Whether the whole place is meant and not some words in it. */
  whole: boolean;
  /** The words meant; of a whole place, all of them. */
  words: string;
  /** What stood around them: some letters, or everything where the words stood more than once. */
  before?: string;
  after?: string;
  /** Of the place, such as "p18@1a2b3c4d"; unknown of notes that were made elsewhere. */
  revision?: string;
}

/** Letters of a text, from the first to behind the last. */
interface Stretch { start: number; end: number }

/**
 * Whether a spot's words stand where they stood; "unsure" if they stand in the place, but perhaps not where they stood,
 * "kept" if the reader has said that the note stays with its older wording.
 */
type Whereabouts = { state: "stands" } & Stretch | { state: "changed" | "unsure" | "kept" } | { state: "gone" };

/** The words of a place, and where in the document each letter of them stands. */
interface Words {
  text: string;
  nodes: Text[];
  offsets: number[];
  /** Its name, once somebody has asked for it. */
  revision?: string;
}

interface Anchor {
  /** The name of a wording of a place, of the release that has it, where that is known. */
  revision(at: string, text: string, release?: string): string;
  /** Words of a place, or without numbers the whole place. */
  describe(at: string, text: string, start?: number, end?: number): Spot;
  /** Where a spot's words stand among those of its place, which are `null` where it is gone. */
  locate(spot: Spot, text: string | null): Whereabouts;
  /** Where words that have changed may stand now. */
  propose(spot: Spot, text: string): Stretch | null;
  read(holder: Element): Words;
  range(words: Words, start: number, end: number): Range;
  /** Which letters a selection takes in. */
  within(words: Words, chosen: Range): Stretch | null;
}

interface Note {
  /** A URN. */
  id: string;
  /** Whose it is: `own`, or that of a file that was opened. */
  layer: string;
  /** Its page's path from the site's root. */
  page: string;
  /** What the page's place is called: "paragraph 18", "Nvidia". */
  title: string;
  spots: Spot[];
  /** What the reader says; empty for a highlight. */
  body: string;
  tags: string[];
  created: string;
  modified?: string;
  /** Revisions for which the reader has said that the note stays with its older wording. */
  kept?: string[];
}

interface Layer { id: string; name: string; color: number; shown: boolean; opened?: string }

/** Why notes last only until the page is closed, or why what was to be deleted is still there; empty while all is well. */
type Problem = "" | "forbidden" | "full" | "refused" | "undeleted";

interface KeptNotes {
  all(): Promise<Note[]>;
  /** The notes on a page. */
  on(page: string): Promise<Note[]>;
  /** All of them or none. */
  put(notes: Note[]): Promise<void>;
  remove(ids: string[]): Promise<void>;
  layers(): Promise<Layer[]>;
  putLayer(layer: Layer): Promise<void>;
  /** With its notes. */
  removeLayer(id: string): Promise<void>;
  /** Deletes everything. */
  clear(): Promise<void>;
}
/** The layers begin with the reader's own. What goes wrong is no error, but is told as a problem. */
interface NoteStore extends KeptNotes { problem: Problem }

/** Where a note may stand: a paragraph, the entry of a list, or the page. */
interface Place { at: string; holder: HTMLElement; title: string }

/** What a note is about. */
type About = Pick<Note, "spots" | "title">;

/** What a file of JSON says, which may be anything. */
type Json = null | boolean | number | string | Json[] | { [name: string]: Json | undefined };

type NoteFormat = "annotation" | "epub" | "markdown" | "text";

/** What can be asked for before the scripts that do it are here, and of what. */
interface NoteWishes {
  draw: [];
  highlight: [parts: Part[]];
  noteOn: [parts: Part[]];
  noteAt: [node: HTMLElement];
  highlightAt: [node: HTMLElement];
  report: [where: HTMLElement | Part[]];
  list: [about?: string];
}
type NoteActs = { [Name in keyof NoteWishes]: (...of: NoteWishes[Name]) => Promise<void> };

interface Notes extends NoteActs {
  // notes.js
  act<Name extends keyof NoteWishes>(name: Name, ...of: NoteWishes[Name]): Promise<void>;
  // notes-page.js
  PROBLEMS: Record<Exclude<Problem, "">, string>;
  store(): Promise<NoteStore>;
  /** Shows and tells other pages that something has changed. */
  changed(): Promise<void>;
  put(notes: Note[]): Promise<void>;
  remove(ids: string[]): Promise<void>;
  edit(note: Note): void;
  placeOf(node: Element): Place;
  wholeOf(place: Place): About;
  spotsOf(parts: Part[]): About;
  clip(text: string, most?: number): string;
  quote(text: string): string;
  uuid(): string;
  // notes-formats.js
  FORMATS: Record<NoteFormat, { name: string; ending: string; type: string; cites: boolean; write(notes: Note[], name: string): string }>;
  written(format: NoteFormat, notes: Note[], name: string): Promise<string>;
  /** The notes in a file; rejects with a word for the reader where there are none. */
  parsed(text: string, file: string): Promise<{ name: string; notes: Note[] }>;
  address(page: string, at?: string): string;
  href(note: Note): string;
  // notes-list.js
  showList(about?: string): Promise<void>;
  take(files: File[]): Promise<void>;
  refresh?(): Promise<void>;
  // notes-report.js
  showReport(where: HTMLElement | Part[]): Promise<void>;
}

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
declare var dossierAnalyzer: (lexicon: Lexicon, traditional: Simplified, stemmer: Stemmer) => Analyzer;

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
  ask(question: string, options?: { kind?: string; source?: string; limit?: number }): Promise<ShownAnswers>;
  sources(): Promise<[id: string, title: string][]>;
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
