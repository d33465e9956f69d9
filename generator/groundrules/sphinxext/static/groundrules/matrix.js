"use strict";

/** Compares the labels that a reader chooses: the rows that differ above, the others below. */
(() => {
	const { createElement, findAll, textOf, toggleClass } = groundrulesDom;
	const { alternatives, includesAll, matches } = groundrulesMatching;
	const { choiceField, textField, start: startFilter } = groundrulesTableFilter;
	const { translate, translateCount } = groundrulesTranslation;
	// As in table.py: of more columns, a cell shows the symbol of its standing alone
	const FEW = 4;
	const STANDINGS = ["guaranteed", "varies", "present, not promised", "not guaranteed"];

	/**
	 * Returns the columns of a table; there is a row of platforms above the labels if there are several.
	 * @param {HTMLTableElement} table
	 * @returns {MatrixColumn[]}
	 */
	function readColumns(table) {
		const heads = [.../** @type {HTMLTableSectionElement} */ (table.tHead).rows];
		const platforms = [...(heads[1] ? heads[0].cells : [])]
			.slice(1)
			.flatMap((cell) => Array(cell.colSpan).fill(cell));
		return [...heads[heads.length - 1].cells].slice(1).map((head, before) => ({
			at: before + 1,
			cells: [head, ...[...table.tBodies[0].rows].map((row) => row.cells[before + 1])],
			platform: platforms[before],
			labels: findAll("li", head).map((item) => ({ item, name: textOf(item).toLowerCase() })),
		}));
	}

	/**
	 * Returns what names a table: its caption and, of the table below, the head of all labels.
	 * @param {HTMLTableElement} table
	 * @returns {Element[]}
	 */
	const textsOf = (table) => findAll(".caption-text, .ci-every", table);

	/**
	 * @param {HTMLTableElement} table
	 * @returns {MatrixRow[]}
	 */
	const readRows = (table) =>
		[...table.tBodies[0].rows].map((row) => ({
			row,
			table,
			texts: [...row.cells].map(textOf),
		}));

	/**
	 * Returns the labels that the field asks for: those of a name, or all whose name contains it.
	 * @param {MatrixLabel[]} labels
	 * @param {string[][]} asked
	 */
	const chosenLabels = (labels, asked) =>
		new Set(
			asked.length
				? asked.flatMap((wanted) => {
						const exact = labels.filter(({ name }) => name === wanted.join(" "));
						return exact.length ? exact : labels.filter(({ name }) => includesAll(name, wanted));
					})
				: labels,
		);

	/**
	 * Starts the filter of a table of rows that differ and of the others below it, if there are any.
	 * @param {HTMLTableElement} differing
	 * @param {HTMLTableElement | null} same
	 */
	function start(differing, same) {
		const columns = readColumns(differing);
		const others = same ? readColumns(same).slice(1) : [];
		const rows = [...readRows(differing), ...(same ? readRows(same) : [])];
		const labels = columns.flatMap((column) => column.labels);
		const texts = [differing, same].map((table) => table && textsOf(table).map(textOf));
		const fields = {
			expectation: textField("memory"),
			label: textField("noble, jammy"),
			standing: choiceField("any", STANDINGS),
		};
		const titles = ["Expectation", "Label", "Standing"].map((title) => translate(title));
		const form = startFilter(differing, fields, titles, apply);
		const another = choiceField(
			"choose",
			labels.map(({ item }) => textOf(item)),
		);
		another.addEventListener("input", () => {
			fields.label.value = [fields.label.value, another.value].filter(Boolean).join(", ");
			another.value = "";
		});
		const place = /** @type {Element} */ (form.children[1]);
		place.after(createElement("label", {}, translate("Add a label"), another));

		/**
		 * @param {MatrixRow} row
		 * @param {number} at
		 */
		function hasStanding({ texts }, at) {
			const { value } = fields.standing;
			// after the symbol and a space
			return !value || (texts[at] ?? "").startsWith(translate(value), 2);
		}

		function apply() {
			const asked = alternatives(fields.label);
			const chosen = chosenLabels(labels, asked);
			const candidates = columns.filter(
				(column) =>
					column.labels.some((label) => chosen.has(label)) ||
					(!asked.length && !column.labels.length),
			);
			const shownRows = rows.filter(
				(row) =>
					matches(row.texts[0].toLowerCase(), fields.expectation) &&
					(row.table === same
						? hasStanding(row, 1)
						: candidates.some(({ at }) => hasStanding(row, at))),
			);
			const ofLabels = shownRows.filter(({ table }) => table === differing);
			const shownColumns = candidates.filter(
				({ at }) => ofLabels.some((row) => hasStanding(row, at)) || !ofLabels.length,
			);
			if (!shownRows.length || !shownColumns.length) return show([], [], chosen, asked.length);
			show(shownRows, shownColumns, chosen, asked.length);
			const some = shownColumns.flatMap((column) =>
				column.labels.filter((label) => chosen.has(label)),
			).length;
			const isCompared = some > 1 && asked.length > 0;
			const differ = ofLabels.filter(({ row }) => differing.contains(row));
			return summary((isCompared ? differ : shownRows).length, some, isCompared);
		}

		/**
		 * Shows rows and columns; a row in which the columns do not differ goes to the table below.
		 * @param {MatrixRow[]} shownRows
		 * @param {MatrixColumn[]} shownColumns
		 * @param {Set<MatrixLabel>} chosen
		 * @param {number} asked
		 */
		function show(shownRows, shownColumns, chosen, asked) {
			const isShown = new Set(shownRows);
			const places = rows.map((row) => {
				const differs = new Set(shownColumns.map(({ at }) => row.texts[at])).size > 1;
				return !same || (row.table === differing && (differs || !asked)) ? differing : same;
			});
			// A row that moves is styled and laid out anew, as all rows would be when the page opens
			if (rows.some(({ row }, at) => !places[at].contains(row)))
				rows.forEach(({ row }, at) => void places[at].tBodies[0].append(row));
			for (const row of rows) {
				row.row.hidden = !isShown.has(row);
				if (row.table !== differing) continue;
				const kept = differing.contains(row.row) ? shownColumns : shownColumns.slice(0, 1);
				const places = new Set([0, ...kept.map(({ at }) => at)]);
				[...row.row.cells].forEach((cell, at) => {
					cell.hidden = !places.has(at);
				});
			}
			for (const { cells, labels: ofColumn, platform } of columns) {
				cells[0].hidden = !shownColumns.some((column) => column.cells === cells);
				for (const label of ofColumn) label.item.hidden = !chosen.has(label);
				if (!platform) continue;
				const width = shownColumns.filter((column) => column.platform === platform).length;
				platform.hidden = !width;
				if (width && platform.colSpan !== width) platform.colSpan = width;
			}
			for (const { cells } of others) for (const cell of cells) cell.hidden = asked > 0;
			toggleClass(differing, "wide", shownColumns.length > FEW);
			name(chosen, asked > 0);
			return "";
		}

		/**
		 * Names the tables after what they show; an empty one is hidden.
		 * @param {Set<MatrixLabel>} chosen
		 * @param {boolean} isAsked
		 */
		function name(chosen, isAsked) {
			const [label] = chosen;
			const below =
				chosen.size === 1
					? ["On this label", textOf(label.item)]
					: ["The same on these labels", "These labels"];
			const words = [["What differs between these labels"], below];
			[differing, same].forEach((table, at) => {
				if (!table) return;
				const shown = isAsked ? words[at].map((text) => translate(text)) : (texts[at] ?? []);
				textsOf(table).forEach((element, part) => {
					if (textOf(element) !== shown[part]) element.textContent = shown[part];
				});
				table.hidden = [...table.tBodies[0].rows].every((row) => row.hidden);
			});
		}

		/**
		 * @param {number} some
		 * @param {number} labelCount
		 * @param {boolean} isCompared
		 */
		function summary(some, labelCount, isCompared) {
			const values = { some, count: rows.length };
			const ofRows = isCompared
				? translate("{some} of {count} expectations differ", values)
				: translateCount("{some} of {count} expectation", "{some} of {count} expectations", values);
			const ofLabels = translateCount("{some} of {count} label", "{some} of {count} labels", {
				some: labelCount,
				count: labels.length,
			});
			return `${ofRows}, ${ofLabels}`;
		}
	}

	const differing = document.querySelector("table.ci-differing");
	if (differing) start(/** @type {any} */ (differing), document.querySelector("table.ci-same"));
})();
