"use strict";

/** Shows records below a search field while the reader types. */
(() => {
	const { createElement, findAll, preventDefault, setAttributes } = groundrulesDom;
	const { translate } = groundrulesTranslation;
	const records = groundrulesSearchRecords;
	const sphinx = groundrulesSphinxSearch;
	const MOST = 10;

	/** @typedef {ReturnType<typeof records.findByName>[number]} Hit */

	/** @param {Hit} record */
	const hit = (record) =>
		createElement(
			"li",
			{},
			createElement(
				"a",
				{ href: records.addressOf(record) },
				createElement("span", { class: "ci-kind" }, record.kindName),
				" ",
				createElement("b", {}, record.title),
				" ",
				createElement("small", {}, record.details),
			),
		);

	/** @param {HTMLInputElement} input */
	function start(input) {
		const hits = createElement("ul", { class: "ci-hits", hidden: "", keydown: moveFocus });
		const status = createElement("p", { class: "ci-status", role: "status" });
		const isDialog = input.closest("dialog") !== null;
		// Sphinx lists the results of the text below the field of its search page
		const showsText = isDialog || !document.getElementById("search-results");
		input.form?.after(status, hits);

		function show() {
			const byName = records.findByName(input.value);
			const all = new Set([...byName, ...(showsText ? records.findByText(input.value) : [])]);
			hits.replaceChildren(...[...all].slice(0, MOST).map(hit));
			hits.hidden = !all.size;
			status.textContent = input.value.trim() && summary(byName.length, all.size - byName.length);
		}

		/**
		 * @param {number} named
		 * @param {number} others
		 */
		function summary(named, others) {
			let text = translate("{count} of this name", { count: named });
			if (showsText) {
				text += `, ${translate("{count} more with these words. Enter shows all", { count: others })}`;
			} else if (!sphinx.hasExcerpts) {
				text += `; ${translate("no excerpts below, as this is a file")}`;
			}
			return `${text}.`;
		}

		/** @param {KeyboardEvent} event */
		function moveFocus(event) {
			const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
			if (!step || hits.hidden) return;
			const stops = [input, ...findAll("a", hits)];
			preventDefault(event);
			(stops[stops.indexOf(document.activeElement) + step] ?? input).focus();
		}

		setAttributes(input, { input: show, keydown: moveFocus });
		const query = new URLSearchParams(location.search).get("q");
		if (query && !isDialog) {
			input.value = query;
			show();
		}
	}

	if (sphinx.isLoaded) {
		// The index may be the last script of the page
		setAttributes(document, {
			DOMContentLoaded: () => findAll('input[name="q"]').forEach(start),
		});
	}
})();
