"use strict";

// Sphinx's search has no interface for other scripts: its names are private and change.  Only this
// file uses them.  tests/sphinx/test_search_names.py lists the versions of Sphinx it was read with.
const groundrulesSphinxSearch = (() => {
	/** Some themes load the search on its own page only. */
	const isLoaded = typeof Search !== "undefined";

	/** The index, which is loaded after this script. */
	const index = () => Search._index;

	/** A page opened as a file may not read other pages, so there are no excerpts of them. */
	const hasExcerpts = location.protocol !== "file:";
	if (!hasExcerpts) DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

	/**
	 * Returns the names of pages that contain the words of a query, the best first.
	 * @param {string} query
	 * @returns {string[]}
	 */
	function findPages(query) {
		const results = Search._performSearch(...Search._parseQuery(query)).reverse();
		// Else Sphinx highlights the words on the next page, which need not be one of these
		localStorage.removeItem("sphinx_highlight_terms");
		return results.map(([page]) => page);
	}

	/** @param {string} page */
	function addressOf(page) {
		const isFolder = DOCUMENTATION_OPTIONS.BUILDER === "dirhtml";
		const address = page + (isFolder ? "/" : DOCUMENTATION_OPTIONS.LINK_SUFFIX);
		return isFolder ? address.replace(/(?<![^/])index\/$/, "") : address;
	}

	/**
	 * Returns a fragment, as the index shortens it.
	 * @param {string} anchor
	 * @param {string} kind
	 * @param {string} name
	 */
	function fragmentOf(anchor, kind, name) {
		if (anchor === "") return `#${name}`;
		return anchor === "-" ? `#${kind}-${name}` : `#${anchor}`;
	}

	/** @returns {Map<string, number>} pages and the number of their words */
	function wordCounts() {
		const { docnames, terms } = index();
		const counts = new Map();
		for (const number of Object.values(terms).flat()) {
			counts.set(docnames[number], (counts.get(docnames[number]) ?? 0) + 1);
		}
		return counts;
	}

	/** @param {string[]} words which the search then ignores */
	const ignoreWords = (words) => {
		// A list before Sphinx 9
		if (Array.isArray(stopwords)) stopwords.push(...words);
		else for (const word of words) stopwords.add(word);
	};
	/** @param {string} word */
	const isIgnored = (word) => [...stopwords].includes(word);

	/** @param {(query: string) => string[]} split */
	const splitQueriesWith = (split) => {
		window.splitQuery = split;
	};

	return {
		isLoaded,
		hasExcerpts,
		index,
		findPages,
		addressOf,
		fragmentOf,
		wordCounts,
		ignoreWords,
		isIgnored,
		splitQueriesWith,
	};
})();
