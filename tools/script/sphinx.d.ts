// What the script of the manual uses of Sphinx's own, which has no types.

interface SphinxIndex {
	docnames: string[];
	terms: Record<string, number | number[]>;
	titleterms: Record<string, number | number[]>;
}

declare const Search: {
	_index: SphinxIndex;
	performSearch(query: string): void;
};
declare const DOCUMENTATION_OPTIONS: {
	BUILDER: string;
	LINK_SUFFIX: string;
};
declare const stopwords: string[] | Set<string>;
declare class Stemmer {
	stemWord(word: string): string;
}

interface Window {
	groundrulesTexts?: Record<string, string>;
	groundrulesSearchEntries: SearchEntries;
}
