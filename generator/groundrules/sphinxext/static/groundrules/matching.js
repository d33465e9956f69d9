"use strict";

/** How the text of a field is compared with other texts. */
const groundrulesMatching = (() => {
	/** @param {string} text */
	const words = (text) => text.toLowerCase().match(/\S+/g) ?? [];

	/**
	 * Returns what the commas of a field separate, each as a list of words.
	 * @param {{ value: string }} field
	 */
	const alternatives = (field) =>
		field.value
			.split(",")
			.map(words)
			.filter((alternative) => alternative.length);

	/** @type {(text: string, wanted: string[]) => boolean} the text is in small letters */
	const includesAll = (text, wanted) => wanted.every((word) => text.includes(word));

	/**
	 * @param {string} text in small letters
	 * @param {{ value: string }} field which, when empty, matches every text
	 */
	const matches = (text, field) => {
		const wanted = alternatives(field);
		return !wanted.length || wanted.some((alternative) => includesAll(text, alternative));
	};

	return { words, alternatives, includesAll, matches };
})();
