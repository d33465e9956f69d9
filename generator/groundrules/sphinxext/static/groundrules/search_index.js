"use strict";

/** Finds records, and pages with their sections and terms. */
const groundrulesSearchIndex = (() => {
	const { words, terms, compounds, exchanges } = groundrulesSearchTerms;
	const { keyOf, partsOf, namesIn, IDENTIFIER } = groundrulesSearchQuery;
	const { kinds, pages } = window.groundrulesSearchEntries;

	// These figures were chosen with tests/facts.yaml and tests/queries.yaml
	const BOOST = { names: 4, compounds: 4, details: 3, text: 2 };
	const SYNONYM = 0.7; // of the score of what was typed
	/** @type {Record<string, number>} */
	const WEIGHT = { expectation: 1.15, page: 0.7, section: 0.7 };
	const NAMED = 100; // for a query that is a name, and a share of it for a part that is one
	const SHORTEST_MISSPELT = 5; // letters
	const LEAST = 0.03; // of the best score, for an entry that has some of the words
	const CONTACT = "report a mistake"; // a keyword of the page with the address
	const FEW = 3; // entries: a word that fewer have may be misspelt

	const entries = Object.entries(pages).flatMap(([page, found]) =>
		found.map(([kind, fragment, title, details, sentence, ...names]) => ({
			weight: WEIGHT[kind] ?? 1,
			hasRecord: kind !== "page" && kind !== "section",
			isTopic: kind === "topic",
			isCalled: kind === "job" || kind === "label", // by its title
			kind: kinds[kind],
			page,
			fragment: fragment && `#${fragment}`,
			title,
			details,
			sentence,
			names: [title, ...names],
		})),
	);
	const keys = entries.map(({ names }) => names.map((name) => ` ${keyOf(name)} `));

	const index = new MiniSearch({
		fields: Object.keys(BOOST),
		tokenize: (text) => text.split(" ").filter(Boolean),
		processTerm: (term) => term,
		searchOptions: { boost: BOOST, tokenize: (text) => [text] },
	});
	const texts = groundrulesSphinxSearch.wordsOfPages((stem) => [
		...new Set([stem, ...terms(stem)]),
	]);
	// In parts: thousands of pages take seconds, in which the page would not answer
	const ready = index.addAllAsync(
		entries.map(({ names, details, page }, id) => {
			const text = texts.get(page) ?? [];
			texts.delete(page); // it belongs to the first entry of the page
			return {
				id,
				names: names.flatMap((name) => [...words(name), ...terms(name)]).join(" "),
				compounds: names.flatMap(compounds).join(" "),
				details: terms(details).join(" "),
				text: [...new Set(text)].join(" "),
			};
		}),
	);

	/** @type {(queries: MiniSearchQuery[], options?: object) => MiniSearchQuery} */
	const anyOf = (queries, options) => ({ queries, combineWith: "OR", ...options });
	/** @type {(queries: MiniSearchQuery[], options?: object) => MiniSearchQuery} */
	const allOf = (queries, options) => ({ queries, combineWith: "AND", ...options });

	/**
	 * Returns the query for a word as it is typed, and as it may be meant where few have it.
	 * @param {string} word
	 * @param {boolean} mayGoOn
	 */
	function queryOf(word, mayGoOn) {
		const spellings = [...new Set([word, ...terms(word)])];
		const typed = anyOf(spellings, { prefix: mayGoOn });
		// Sphinx takes "24.04" apart
		const apart = allOf(word.split("."), { boostDocument: () => 0.5 });
		if (word.includes(".")) return anyOf([typed, apart]);
		const isKnown = index.search(typed).length >= FEW;
		if (isKnown || /\d/.test(word)) return typed;
		const longer = anyOf(spellings, { prefix: word.length > 2 });
		if (word.length < SHORTEST_MISSPELT) return longer;
		/** @type {(id: number, term: string) => number} */
		const beginsAlike = (_id, term) => (term[0] === word[0] ? 1 : 0); // "print" is not "sprint"
		const misspelt = anyOf(spellings, { fuzzy: 1, boostDocument: beginsAlike });
		return anyOf([longer, misspelt, anyOf(exchanges(word).flatMap(terms))]);
	}

	/**
	 * Returns the scores of the entries that have a part of a query, or a synonym of it.
	 * @param {string[][]} alternatives
	 * @param {boolean} isLast
	 */
	function scoresOf(alternatives, isLast) {
		/** @type {Map<number, number>} */
		const scores = new Map();
		for (const [at, words] of alternatives.entries()) {
			// What is typed last may not be typed to its end, but "8" is not "80"
			const mayGoOn = isLast && (words.length > 1 || words[0].length > 1);
			const queries = words.map((word, nth) => queryOf(word, mayGoOn && nth === words.length - 1));
			for (const { id, score } of index.search(allOf(queries))) {
				scores.set(id, Math.max(scores.get(id) ?? 0, at ? score * SYNONYM : score));
			}
		}
		return scores;
	}

	/**
	 * Returns how much of a name of an entry some words are: 1 for all of it, little for a part.
	 * @param {string} words
	 * @param {number} id
	 */
	const shareOf = (words, id) =>
		Math.max(
			...keys[id].map((key) =>
				key.includes(` ${words} `) ? ((words.length + 2) / key.length) ** 3 : 0,
			),
		);

	/**
	 * Returns how much a name that is some of a query says of an entry.
	 *
	 * What a job or label is called is meant by it, also within a sentence.
	 * @param {[name: string, share: number]} name
	 * @param {number} id
	 */
	const namedBy = ([name, share], id) => {
		const isCalled = entries[id].isCalled && keys[id][0] === ` ${name} `;
		return isCalled ? Math.max(share, IDENTIFIER / 2) : share * shareOf(name, id);
	};

	/**
	 * Returns what a query finds, the best first, and of a page without a record one hit.
	 * @param {string} query
	 */
	function find(query) {
		const parts = partsOf(query);
		const names = namesIn(query, parts);
		/** @type {Map<number, number[]>} the scores of the parts that an entry has */
		const found = new Map();
		for (const [at, part] of parts.entries()) {
			for (const [id, score] of scoresOf(part, at === parts.length - 1)) {
				found.set(id, [...(found.get(id) ?? []), score]);
			}
		}
		const hits = [...found].map(([id, scores]) => {
			const sum = scores.reduce((before, score) => before + score);
			const named = Math.max(0, ...names.map((name) => namedBy(name, id)));
			// Who asks for three things wants all of them
			const whole = sum * (scores.length / parts.length) ** 4;
			const entry = entries[id];
			const score = entry.weight * whole + Math.max(entry.weight, 1) * NAMED * named;
			return { score, entry, hasAll: scores.length === parts.length };
		});
		hits.sort((a, b) => b.score - a.score || a.entry.title.localeCompare(b.entry.title));
		const least = (hits[0]?.score ?? 0) * LEAST;
		const pages = new Set();
		return hits.flatMap(({ score, entry, hasAll }) => {
			if ((!hasAll && score < least) || (!entry.hasRecord && pages.has(entry.page))) return [];
			if (!entry.hasRecord) pages.add(entry.page);
			return [entry];
		});
	}

	/** Returns what helps a reader for whom nothing was found: where to ask, and the topics. */
	function instead() {
		return [...find(CONTACT).slice(0, 1), ...entries.filter(({ isTopic }) => isTopic)];
	}

	return { ready, find, instead };
})();
