// What the script of the manual uses of Sphinx's own, which has no types.

type SphinxResult = [page: string, title: string, anchor: string, about: unknown, score: number];

interface SphinxIndex {
	docnames: string[];
	titles: string[];
	terms: Record<string, number | number[]>;
	objnames: Record<string, [domain: string, kind: string, title: string]>;
	objects: Record<
		string,
		[page: number, type: number, priority: number, anchor: string, name: string][]
	>;
}

declare const Search: {
	_index: SphinxIndex;
	_parseQuery(query: string): unknown[];
	_performSearch(...parsed: unknown[]): SphinxResult[];
};
declare const Scorer: object;
declare const DOCUMENTATION_OPTIONS: {
	BUILDER: string;
	LINK_SUFFIX: string;
	SHOW_SEARCH_SUMMARY: boolean;
};
declare const stopwords: string[] | Set<string>;

interface Window {
	groundrulesTexts?: Record<string, string>;
	splitQuery(query: string): string[];
}
