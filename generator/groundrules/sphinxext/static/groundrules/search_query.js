"use strict";

/** What a query asks for. */
const groundrulesSearchQuery = (() => {
	const { words, terms } = groundrulesSearchTerms;
	const LONGEST_NAME = 6; // chunks
	const IDENTIFIER = 5; // times as good as a name that is all of the query
	const MOST = 32; // chunks: somebody may paste a log

	/** @param {string} text */
	const keyOf = (text) => terms(text).join(" ");

	/**
	 * Returns the parts of a text that have spaces around them: "infra-prod-base" is one.
	 * @param {string} text
	 */
	const chunksOf = (text) =>
		text
			.split(/\s+/)
			.filter((chunk) => words(chunk).length)
			.slice(0, MOST);

	/** @type {Map<string, string[][]>} */
	const synonyms = new Map();
	for (const group of window.groundrulesSearchEntries.synonyms)
		for (const name of group) {
			const others = group.filter((other) => other !== name).map(words);
			synonyms.set(keyOf(name), [...(synonyms.get(keyOf(name)) ?? []), ...others]);
		}

	/**
	 * Returns the beginnings of a list of chunks that may be a name, the longest first.
	 * @param {string[]} chunks
	 */
	const beginnings = (chunks) =>
		chunks.slice(0, LONGEST_NAME).map((_, at, { length }) => chunks.slice(0, length - at));

	/**
	 * Returns the parts of a query, each as alternatives: what was typed, then its synonyms.
	 *
	 * Words that nearly every page has count only where nothing else is asked.
	 * @param {string} query
	 */
	function partsOf(query) {
		const chunks = chunksOf(query);
		const parts = [];
		for (let at = 0; at < chunks.length; ) {
			const typed = beginnings(chunks.slice(at)).find((part) =>
				synonyms.has(keyOf(part.join(" "))),
			);
			const part = (typed ?? [chunks[at]]).join(" ");
			parts.push([words(part), ...(synonyms.get(keyOf(part)) ?? [])]);
			at += typed?.length ?? 1;
		}
		const asked = parts.filter(([typed]) => !groundrulesSphinxSearch.isIgnored(typed.join(" ")));
		return asked.length ? asked : parts;
	}

	/**
	 * Returns what may be names in a query or in synonyms of its parts, and how much of it each is.
	 *
	 * One such as "infra-prod-base" can hardly be anything else.
	 * @param {string} query
	 * @param {string[][][]} parts
	 */
	function namesIn(query, parts) {
		const chunks = chunksOf(query);
		const length = terms(query).length;
		/** @type {[name: string, share: number][]} */
		const names = [];
		for (const at of chunks.keys()) {
			for (const part of beginnings(chunks.slice(at))) {
				const name = keyOf(part.join(" "));
				const count = name.split(" ").length;
				names.push([name, count > part.length ? IDENTIFIER : count / length]);
			}
		}
		for (const [typed, ...others] of parts) {
			const share = typed.length / length;
			for (const other of others) names.push([keyOf(other.join(" ")), share]);
		}
		return names;
	}

	return { keyOf, partsOf, namesIn, IDENTIFIER };
})();
