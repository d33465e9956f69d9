"use strict";

/** How Sphinx's search reads a question and sorts its results. */
const groundrulesSearchOrder = (() => {
	const { words } = groundrulesMatching;
	const records = groundrulesSearchRecords;
	const sphinx = groundrulesSphinxSearch;

	// Questions have these words, and so do most pages
	const COMMON = "available can get many may might much must need supported use used";
	// Records come before pages that list them
	/** @type {Record<string, number>} */
	const BONUS = { platforms: 6, expectations: 3, graphs: 3, jobs: 1.8, sessions: 2 };
	const NAMED = 30;
	const USUAL_SIZE = 64; // words of a page

	/** @type {string[]} */
	let namedPages = [];
	/** @type {Map<string, number> | undefined} */
	let sizes;

	/**
	 * Returns the words to search for.
	 *
	 * A sentence that names records is a search for these: no page has all of its words.
	 * @param {string} query
	 */
	function split(query) {
		const names = records.namesIn(query);
		namedPages = records
			.all()
			.filter(({ ownNames }) => ownNames.some((name) => names.includes(name)))
			.map(({ page }) => page);
		return names.length ? words(names.join(" ")) : records.terms(query);
	}

	/**
	 * Returns the score of a result, which Sphinx calls for each.
	 *
	 * Of two pages with the same words the shorter is better: it is about less else.
	 * @param {SphinxResult} result
	 */
	function score([page, , , , score]) {
		sizes ??= sphinx.wordCounts();
		const [, kind] = page.match(/^generated\/(\w+)\/(?!index$)/) ?? [];
		const bonus = (BONUS[kind] ?? 0) + (namedPages.includes(page) ? NAMED : 0);
		return score + bonus - Math.log2((sizes.get(page) ?? 1) / USUAL_SIZE);
	}

	if (sphinx.isLoaded) {
		sphinx.ignoreWords(COMMON.split(" "));
		sphinx.splitQueriesWith(split);
	}
	return { score };
})();
