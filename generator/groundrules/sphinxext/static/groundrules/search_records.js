"use strict";

/** What can be found by name: records, labels and pages. */
const groundrulesSearchRecords = (() => {
	const { words, includesAll } = groundrulesMatching;
	const { translate } = groundrulesTranslation;
	const sphinx = groundrulesSphinxSearch;
	// The root of the site is above _static/groundrules
	const site = new URL("../..", /** @type {HTMLScriptElement} */ (document.currentScript).src);

	/** @param {string} text */
	const terms = (text) => {
		const all = text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
		const asked = all.filter((word) => !sphinx.isIgnored(word));
		return asked.length ? asked : all;
	};

	/** @returns {SearchEntry[]} labels, then pages, most of which are a record's */
	function readIndex() {
		const { docnames, objects, objnames, titles } = sphinx.index();
		const pages = docnames.map((page, number) => ({
			kind: "page",
			kindName: translate("page"),
			page,
			title: titles[number],
			names: [titles[number]],
			details: "",
			fragment: "",
		}));
		/** @type {SearchEntry[]} */
		const labels = [];
		for (const [prefix, entries] of Object.entries(objects)) {
			for (const [number, type, , anchor, last] of entries) {
				const [domain, kind, kindName] = objnames[type];
				if (domain !== "ci") continue;
				// Sphinx splits a name at its last dot
				const name = prefix ? `${prefix}.${last}` : last;
				if (kind === "keyword") pages[number].names.push(name);
				else if (kind === "label") {
					const fragment = sphinx.fragmentOf(anchor, kind, name);
					const details = titles[number];
					const page = docnames[number];
					labels.push({ kind, kindName, page, title: name, names: [name], details, fragment });
				} else {
					const path = docnames[number].split("/");
					const details = kind === "job" ? (path.at(-2) ?? "") : "";
					Object.assign(pages[number], { kind, kindName, details });
					pages[number].names.splice(1, 0, path.at(-1) ?? "");
				}
			}
		}
		return [...labels, ...pages];
	}

	/** @param {SearchEntry} record */
	function prepare(record) {
		const { kind, kindName, names, details } = record;
		const spelled = names.map((name) => terms(name).join(" "));
		return {
			...record,
			names: spelled,
			// "node" does not mean "No node at all"
			ownNames:
				kind === "page"
					? []
					: spelled.slice(0, 2).filter((name, at) => !/\W/.test(names[at]) || terms(name)[1]),
			text: [...names, details, kindName].join(" ").toLowerCase(),
		};
	}

	/** @type {ReturnType<typeof prepare>[] | undefined} */
	let records;
	const all = () => {
		records ??= readIndex().map(prepare);
		return records;
	};

	/** @type {string[] | undefined} */
	let ownNames;

	/**
	 * Returns the names of records in a sentence.
	 *
	 * A sentence is recognized by its stop words.  Text without them is one name or none.
	 * @param {string} text
	 */
	function namesIn(text) {
		// The longest first: some contain others
		ownNames ??= all()
			.flatMap((record) => record.ownNames)
			.sort((a, b) => b.length - a.length);
		const whole = terms(text).join(" ");
		if (!words(text).some(sphinx.isIgnored)) return ownNames.includes(whole) ? [whole] : [];
		let rest = ` ${whole} `;
		return ownNames.filter((name) => {
			const before = rest;
			rest = rest.replace(` ${name} `, "  ");
			return rest !== before;
		});
	}

	/**
	 * Returns records by name: those of this name, then names that begin with it or contain it.
	 * @param {string} query
	 */
	function findByName(query) {
		const wanted = terms(query);
		const whole = wanted.join(" ");
		if (!whole) return [];
		const exact = [whole, ...namesIn(query)];
		/** @param {string} name */
		const distance = (name) => {
			if (exact.includes(name)) return 0;
			if (name.startsWith(whole)) return 1;
			return name.includes(whole) ? 2 : 3;
		};
		return all()
			.map((record) => {
				const rank = Math.min(...record.names.map(distance));
				return { record, rank: rank + (record.kind === "page" ? 0.5 : 0) };
			})
			.filter(({ record, rank }) => rank < 1 || includesAll(record.text, wanted))
			.sort(
				(a, b) =>
					a.rank - b.rank ||
					a.record.title.length - b.record.title.length ||
					a.record.text.localeCompare(b.record.text),
			)
			.map(({ record }) => record);
	}

	/**
	 * Returns records whose page contains the words, in the order of Sphinx's search.
	 * @param {string} query
	 */
	const findByText = (query) =>
		sphinx.findPages(query).flatMap((page) =>
			all()
				.filter((record) => record.kind !== "label" && record.page === page)
				.slice(0, 1),
		);

	/** @param {SearchEntry} record */
	const addressOf = ({ page, fragment }) => new URL(sphinx.addressOf(page) + fragment, site).href;

	return { all, terms, namesIn, findByName, findByText, addressOf };
})();
