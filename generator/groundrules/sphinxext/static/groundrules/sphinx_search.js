"use strict";

// Sphinx's search has no interface for other scripts: its names are private and change.  Only this
// file uses them.  tests/sphinx/test_search_names.py lists the versions of Sphinx it was read with.
const groundrulesSphinxSearch = (() => {
	/** Some themes load the search on its own page only. */
	const isLoaded = typeof Search !== "undefined";
	// Its page keeps the field; the hits are those of search_box.js
	if (isLoaded) Search.performSearch = () => {};

	const stemmer = isLoaded ? new Stemmer() : undefined;
	/** @type {Map<string, string>} */
	const stems = new Map();

	/** @param {string} word in small letters */
	function stem(word) {
		const stem = stems.get(word) ?? stemmer?.stemWord(word) ?? word;
		stems.set(word, stem);
		return stem;
	}

	/** @type {Set<string>} a list before Sphinx 9 */
	const ignored = new Set(isLoaded ? stopwords : []);
	/** @param {string} word in small letters */
	const isIgnored = (word) => ignored.has(word);

	/**
	 * Returns pages and the words of their text.
	 * @param {(stem: string) => string[]} formsOf a stem, which is asked for once
	 * @returns {Map<string, string[]>}
	 */
	function wordsOfPages(formsOf) {
		const { docnames, terms, titleterms } = Search._index;
		/** @type {string[][]} */
		const words = docnames.map(() => []);
		for (const [stem, pages] of [...Object.entries(terms), ...Object.entries(titleterms)]) {
			const forms = formsOf(stem);
			for (const page of [pages].flat()) words[page].push(...forms);
		}
		return new Map(docnames.map((page, at) => [page, words[at]]));
	}

	/** @param {string} page */
	function addressOf(page) {
		const isFolder = DOCUMENTATION_OPTIONS.BUILDER === "dirhtml";
		const address = page + (isFolder ? "/" : DOCUMENTATION_OPTIONS.LINK_SUFFIX);
		return isFolder ? address.replace(/(?<![^/])index\/$/, "") : address;
	}

	return { isLoaded, stem, isIgnored, wordsOfPages, addressOf };
})();
