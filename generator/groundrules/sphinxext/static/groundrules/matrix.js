"use strict";

/** Filters the matrix: rows by expectation, columns by label and platform, both by standing. */
(() => {
	const { findAll, textOf } = groundrulesDom;
	const { alternatives, includesAll, matches } = groundrulesMatching;
	const { choiceField, textField, start: startFilter } = groundrulesTableFilter;
	const { translate, translateCount } = groundrulesTranslation;
	const STANDINGS = ["guaranteed", "varies", "present, not promised", "not guaranteed"];
	const DIFFERENT = "that differ";

	/**
	 * Returns columns and rows; the first row has platforms, the second labels.
	 * @param {HTMLTableElement} table
	 */
	function read(table) {
		const [first, ...others] = table.rows;
		const platforms = [...first.cells].slice(1);
		/** @type {MatrixColumn[]} */
		const columns = platforms
			.flatMap((platform) => Array(platform.colSpan).fill(platform))
			.map((platform, before) => {
				const cells = others.map((row) => row.cells[before + 1]);
				return { platform, cells, label: textOf(cells[0]).toLowerCase(), at: before + 1 };
			});
		/** @type {MatrixRow[]} */
		const rows = others.slice(1).map((row) => ({ row, texts: [...row.cells].map(textOf) }));
		return { platforms, columns, rows };
	}

	/**
	 * Returns the columns that each alternative asks for: the label of this name, else all labels
	 * that contain it.
	 * @param {MatrixColumn[]} columns
	 * @param {HTMLInputElement} field
	 */
	const askedColumns = (columns, field) =>
		alternatives(field).map((wanted) => {
			const exact = columns.filter(({ label }) => label === wanted.join(" "));
			return exact.length ? exact : columns.filter(({ label }) => includesAll(label, wanted));
		});

	/**
	 * @param {MatrixRow} row
	 * @param {MatrixColumn[]} columns
	 */
	const answers = ({ texts }, columns) =>
		[...new Set(columns.map(({ at }) => texts[at]))].sort().join();

	/**
	 * Leaves out columns with the same answers as one before them on the same side.
	 * @param {MatrixColumn[]} columns
	 * @param {MatrixColumn[][]} sides
	 * @param {MatrixRow[]} rows
	 */
	function withoutRepetitions(columns, sides, rows) {
		/** @param {MatrixColumn} column */
		const answersOf = (column) => rows.map(({ texts }) => texts[column.at]).join();
		const firsts = new Set(
			sides.flatMap((side) => {
				/** @type {Map<string, MatrixColumn>} */
				const first = new Map();
				for (const column of side) {
					if (!first.has(answersOf(column))) first.set(answersOf(column), column);
				}
				return [...first.values()];
			}),
		);
		return columns.filter((column) => firsts.has(column));
	}

	/** @param {HTMLTableElement} table */
	function start(table) {
		const { platforms, columns, rows } = read(table);
		const fields = {
			expectation: textField("memory"),
			label: textField("noble, jammy"),
			platform: choiceField("all", platforms.map(textOf)),
			standing: choiceField("any", STANDINGS),
			rows: choiceField("all", [DIFFERENT]),
		};
		const titles = ["Expectation", "Label", "Platform", "Standing", "Rows"];
		startFilter(
			table,
			fields,
			titles.map((title) => translate(title)),
			apply,
		);

		/**
		 * @param {MatrixRow} row
		 * @param {MatrixColumn} column
		 */
		function hasStanding({ texts }, { at }) {
			const { value } = fields.standing;
			// after the symbol and a space
			return !value || texts[at].startsWith(translate(value), 2);
		}

		function apply() {
			const asked = askedColumns(columns, fields.label);
			const candidates = columns.filter(
				(column) =>
					["", textOf(column.platform)].includes(fields.platform.value) &&
					(!asked.length || asked.some((side) => side.includes(column))),
			);
			const sides =
				asked.length < 2
					? candidates.map((column) => [column])
					: asked
							.map((side) => side.filter((column) => candidates.includes(column)))
							.filter((side) => side.length);
			const canDiffer = sides.length > 1;
			/** @type {HTMLElement} */ (fields.rows.parentElement).hidden = !canDiffer;
			const onlyDifferent = canDiffer && fields.rows.value !== "";

			const shownRows = rows.filter(
				(row) =>
					matches(row.texts[0].toLowerCase(), fields.expectation) &&
					candidates.some((column) => hasStanding(row, column)) &&
					(!onlyDifferent || sides.some((side) => answers(row, side) !== answers(row, sides[0]))),
			);
			const matching = candidates.filter((column) =>
				shownRows.some((row) => hasStanding(row, column)),
			);
			const shownColumns = onlyDifferent
				? withoutRepetitions(matching, sides, shownRows)
				: matching;
			show(new Set(shownRows), new Set(shownColumns));
			return shownRows.length
				? summary(shownRows.length, shownColumns.length, shownColumns.length < matching.length)
				: "";
		}

		/**
		 * @param {Set<MatrixRow>} shownRows
		 * @param {Set<MatrixColumn>} shownColumns
		 */
		function show(shownRows, shownColumns) {
			for (const row of rows) row.row.hidden = !shownRows.has(row);
			for (const column of columns) {
				for (const cell of column.cells) cell.hidden = !shownColumns.has(column);
			}
			for (const cell of platforms) {
				const width = [...shownColumns].filter(({ platform }) => platform === cell).length;
				cell.hidden = !width;
				cell.colSpan = width || 1;
			}
		}

		/**
		 * @param {number} rowCount
		 * @param {number} columnCount
		 * @param {boolean} isShortened
		 */
		function summary(rowCount, columnCount, isShortened) {
			const parts = [
				translateCount("{some} of {count} expectation", "{some} of {count} expectations", {
					some: rowCount,
					count: rows.length,
				}),
				translateCount("{some} of {count} label", "{some} of {count} labels", {
					some: columnCount,
					count: columns.length,
				}),
			];
			if (isShortened) parts.push(translate("of labels with the same answers the first"));
			return parts.join(", ");
		}
	}

	findAll("table.ci-matrix").forEach(start);
})();
