"use strict";

/** A form above a table that hides what does not match its fields. */
const groundrulesTableFilter = (() => {
	const { createElement, preventDefault, setAttributes } = groundrulesDom;
	const { translate } = groundrulesTranslation;

	/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

	/** @param {string} placeholder */
	const textField = (placeholder, attributes = {}) =>
		createElement("input", { type: "search", placeholder, ...attributes });

	/**
	 * @param {string} everything what an empty choice means
	 * @param {string[]} values
	 */
	const choiceField = (everything, values) =>
		createElement(
			"select",
			{},
			createElement("option", { value: "" }, translate(everything)),
			...[...new Set(values)].map((value) => createElement("option", { value }, translate(value))),
		);

	/**
	 * Returns the place of a form; a manual's own template may have none before its table.
	 * @param {Element} table
	 */
	function findPlace(table) {
		const container = table.closest(".pst-scrollable-table-container") ?? table;
		const legend = container.previousElementSibling;
		const before = legend?.matches(".ci-legend") ? legend : container;
		const place = before.previousElementSibling;
		if (place?.matches(".ci-place")) return place;
		const added = createElement("div");
		before.before(added);
		return added;
	}

	/**
	 * @template {Record<string, Field>} Fields
	 * @param {Element} table
	 * @param {Fields} fields by the name that the address has for each
	 * @param {string[]} titles
	 * @param {() => string} apply hides parts of the table and returns how much is left, or ""
	 */
	function start(table, fields, titles, apply) {
		const status = createElement("output");
		const entries = Object.entries(fields);
		const form = createElement(
			"form",
			{
				class: "ci-filter",
				"aria-label": translate("Filter the table"),
				input: update,
				submit: preventDefault,
				reset: () => setTimeout(update), // the fields are empty after the event
			},
			...entries.map(([, field], at) => createElement("label", {}, titles[at], field)),
			createElement("button", { type: "reset" }, translate("Show all")),
			status,
		);
		findPlace(table).append(form);

		// The address has the filter, so that an answer can be sent to somebody
		function update() {
			status.textContent = apply() || translate("Nothing matches");
			const state = new URLSearchParams();
			for (const [name, { value }] of entries) if (value) state.set(name, value);
			const hadState = location.hash.includes("=");
			if (state.size || hadState) history.replaceState(null, "", `#${state}`);
		}

		function readAddress() {
			const state = new URLSearchParams(location.hash.slice(1));
			for (const [name, field] of entries) {
				field.value = state.get(name) ?? "";
				// A choice without this value has none selected then
				field.value ||= "";
			}
			update();
		}

		setAttributes(window, { hashchange: readAddress });
		readAddress();
		return form;
	}

	return { textField, choiceField, start };
})();
