"use strict";

/** Filters the table of changes. */
(() => {
	const { findAll, textOf } = groundrulesDom;
	const { matches } = groundrulesMatching;
	const { choiceField, textField, start: startFilter } = groundrulesTableFilter;
	const { translate, translateCount } = groundrulesTranslation;

	/** @param {HTMLTableElement} table */
	function start(table) {
		const rows = [...table.tBodies[0].rows].map((row) => {
			const [date, topic] = [...row.cells].map(textOf);
			return { row, date, topic, text: textOf(row).toLowerCase() };
		});
		const fields = {
			text: textField("noble"),
			topic: choiceField("all", rows.map(({ topic }) => topic).sort()),
			since: textField("2025-08"), // dates are compared as text, so a year or month will do
		};
		const titles = ["Text", "Topic", "Since"];
		startFilter(
			table,
			fields,
			titles.map((title) => translate(title)),
			apply,
		);

		function apply() {
			let some = 0;
			for (const { row, date, topic, text } of rows) {
				const isShown =
					matches(text, fields.text) &&
					date >= fields.since.value &&
					["", topic].includes(fields.topic.value);
				row.hidden = !isShown;
				some += Number(isShown);
			}
			if (!some) return "";
			const values = { some, count: rows.length };
			return translateCount("{some} of {count} change", "{some} of {count} changes", values);
		}
	}

	findAll(".ci-changes").forEach(start);
})();
