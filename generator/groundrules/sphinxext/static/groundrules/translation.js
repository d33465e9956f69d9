"use strict";

/** Texts in the language of the manual: a translated page hands them over as groundrulesTexts. */
const groundrulesTranslation = (() => {
	/** @type {Record<string, string>} */
	const translations = window.groundrulesTexts ?? {};

	/**
	 * @param {string} text in English, with {names} of values
	 * @param {Record<string, string | number>} values
	 */
	const translate = (text, values = {}) =>
		(translations[text] ?? text).replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

	/**
	 * @param {string} one the text for a count of 1
	 * @param {string} many the text for every other
	 * @param {Record<string, string | number> & { count: number }} values
	 */
	const translateCount = (one, many, values) => translate(values.count === 1 ? one : many, values);

	return { translate, translateCount };
})();
