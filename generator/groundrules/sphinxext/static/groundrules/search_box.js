"use strict";

/** Shows what a search field finds, below it and while the reader types. */
(() => {
	const { createElement, findAll, loadScript, preventDefault, setAttributes, site } =
		groundrulesDom;
	const { translate, translateCount } = groundrulesTranslation;
	const sphinx = groundrulesSphinxSearch;
	const MOST = 8;
	const MOST_ON_PAGE = 40;

	// What most readers of a page do not need; each uses those before it
	const NEEDED = [
		"../../searchentries",
		"vendor/minisearch",
		"search_terms",
		"search_query",
		"search_index",
	];

	async function loadIndex() {
		await Promise.all(NEEDED.map(loadScript));
		await groundrulesSearchIndex.ready;
	}
	/** @type {Promise<unknown> | undefined} */
	let loading;

	/** @param {SearchEntry} entry */
	const hit = ({ kind, page, fragment, title, details, sentence }) =>
		createElement(
			"li",
			{},
			createElement(
				"a",
				{ href: new URL(sphinx.addressOf(page) + fragment, site).href },
				createElement("span", { class: "ci-kind" }, kind),
				" ",
				createElement("b", {}, title),
				" ",
				createElement("small", {}, details),
			),
			createElement("p", {}, sentence),
		);

	/** @param {HTMLInputElement} input */
	function start(input) {
		const hits = createElement("ul", { class: "ci-hits", hidden: "", keydown: moveFocus });
		const status = createElement("p", { class: "ci-status", role: "status" });
		const isDialog = input.closest("dialog") !== null;
		const isPage = !isDialog && document.getElementById("search-results") !== null;
		input.form?.after(status, hits);

		let turns = 0;

		async function show() {
			const turn = ++turns;
			loading ??= loadIndex();
			await loading;
			if (turn !== turns) return; // somebody typed on meanwhile
			const query = input.value.trim();
			const found = query ? groundrulesSearchIndex.find(query) : [];
			const shown = found.slice(0, isPage ? MOST_ON_PAGE : MOST);
			status.textContent = query && summary(query, found.length, shown.length);
			if (query && !found.length) shown.push(...groundrulesSearchIndex.instead());
			hits.replaceChildren(...shown.map(hit));
			hits.hidden = !shown.length;
		}

		/**
		 * @param {string} query
		 * @param {number} count
		 * @param {number} some
		 */
		function summary(query, count, some) {
			if (!count)
				return translate("Nothing found for “{query}”. Where to ask, and the topics:", { query });
			if (count === some) return translateCount("{count} hit", "{count} hits", { count });
			if (isPage) return translate("The first {some} of {count} hits", { some, count });
			return translate("The first {some} of {count} hits. Enter shows more", { some, count });
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
		// Sphinx's index may be the last script of the page
		setAttributes(document, {
			DOMContentLoaded: () => findAll('input[name="q"]').forEach(start),
		});
	}
})();
