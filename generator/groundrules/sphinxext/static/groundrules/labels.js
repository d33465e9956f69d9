"use strict";

/** The table of labels: a filter, columns that sort, and buttons that copy a nodeset. */
(() => {
	const { createElement, findAll, textOf } = groundrulesDom;
	const { matches } = groundrulesMatching;
	const { copyButton } = groundrulesSnippet;
	const { choiceField, textField, start: startFilter } = groundrulesTableFilter;
	const { translate, translateCount } = groundrulesTranslation;
	// What YAML reads as text without quotes
	const PLAIN = /^[A-Za-z].*[-/]/;

	/** @param {HTMLTableElement} table */
	function start(table) {
		const body = table.tBodies[0];
		const rows = [...body.rows].map((row) => {
			const texts = [...row.cells].map(textOf);
			return { row, texts, text: texts.join(" ").toLowerCase() };
		});
		/** @param {number} column */
		const valuesOf = (column) => [...new Set(rows.map(({ texts }) => texts[column]))];
		const fields = {
			text: textField("noble"),
			processor: choiceField("all", valuesOf(2).sort()),
			memory: choiceField("all", valuesOf(3).sort(compare)),
			stage: choiceField("all", valuesOf(5)),
		};
		const titles = ["Text", "Processor", "Memory", "Stage"].map((title) => translate(title));
		startFilter(table, fields, titles, apply);
		addSorting();
		addCopying();

		function apply() {
			let some = 0;
			for (const { row, texts, text } of rows) {
				const isShown =
					matches(text, fields.text) &&
					["", texts[2]].includes(fields.processor.value) &&
					["", texts[3]].includes(fields.memory.value) &&
					["", texts[5]].includes(fields.stage.value);
				row.hidden = !isShown;
				some += Number(isShown);
			}
			if (!some) return "";
			const values = { some, count: rows.length };
			return translateCount("{some} of {count} label", "{some} of {count} labels", values);
		}

		/** Makes the name of each column a button that sorts by it, and back when pressed again. */
		function addSorting() {
			const heads = [.../** @type {HTMLTableSectionElement} */ (table.tHead).rows[0].cells];
			heads.forEach((head, column) => {
				const button = createElement(
					"button",
					{ type: "button", class: "ci-sort", click },
					textOf(head),
				);
				head.firstElementChild?.replaceChildren(button);
				function click() {
					const isUp = head.getAttribute("aria-sort") !== "ascending";
					for (const other of heads) other.removeAttribute("aria-sort");
					head.setAttribute("aria-sort", isUp ? "ascending" : "descending");
					rows.sort((one, two) => (isUp ? 1 : -1) * compare(one.texts[column], two.texts[column]));
					body.append(...rows.map(({ row }) => row));
				}
			});
		}

		function addCopying() {
			const example = findAll(".ci-snippet pre")[0]?.textContent ?? "";
			const used = example.trim().split("label: ")[1];
			if (!used) return;
			for (const { row } of rows) {
				const code = row.cells[0].querySelector("code");
				if (!code || row.querySelector(".ci-removed, .ci-not-supplied, .ci-upcoming")) continue;
				const name = textOf(code);
				const text = example.replace(used, PLAIN.test(name) ? name : `'${name}'`);
				const title = translate("Copy a nodeset with {label}", { label: name });
				code.closest("p")?.append(copyButton(() => text, title));
			}
		}
	}

	/**
	 * Compares numbers as such, within texts too.
	 * @param {string} one
	 * @param {string} two
	 */
	function compare(one, two) {
		return one.localeCompare(two, undefined, { numeric: true });
	}

	findAll("table.ci-labels").forEach(start);
})();
