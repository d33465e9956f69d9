"use strict";

/** The words of texts and queries, in the forms in which the search compares them. */
const groundrulesSearchTerms = (() => {
	// "24.04", a sign of a script without spaces, or letters: so "centos7" is "CentOS 7"
	const WORD = /\d+(?:\.\d+)*|[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[\p{L}\p{M}]+/gu;
	const BRITISH = /is(?=(?:e|ed|es|er|ing|ations?)$)/;

	/**
	 * Returns words in small letters, those of English with -ize.
	 * @param {string} text
	 */
	const words = (text) =>
		(text.toLowerCase().match(WORD) ?? []).map((word) => word.replace(BRITISH, "iz"));

	/** @param {string} text */
	const terms = (text) => words(text).map(groundrulesSphinxSearch.stem);

	/**
	 * Returns neighbors as one word, as some people write them: "nestedvirt".
	 * @param {string} text
	 */
	const compounds = (text) => {
		const all = words(text);
		return all.slice(1).map((word, at) => all[at] + word);
	};

	/**
	 * Returns a word with two neighboring letters exchanged, in each possible way.
	 * @param {string} word
	 */
	const exchanges = (word) =>
		[...word.slice(1)].map((next, at) => word.slice(0, at) + next + word[at] + word.slice(at + 2));

	return { words, terms, compounds, exchanges };
})();
