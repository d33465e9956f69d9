"use strict";

/** The field for the files of a change: lists the jobs that run, and marks them in the picture. */
(() => {
	const { createElement, findAll, loadScript, textOf, toggleClass } = groundrulesDom;
	const { translate } = groundrulesTranslation;

	/** @param {HTMLElement} part */
	function start(part) {
		const section = /** @type {HTMLElement} */ (part.parentElement);
		const { decide, matchers } = groundrulesChangeDecisions;
		/** @type {ChangedFilesData} */
		const { isReal, groups, patterns } = JSON.parse(part.dataset.rules ?? "");
		const matching = matchers(patterns);
		const result = createElement("div", { "aria-live": "polite" });
		const field = createElement("textarea", {
			rows: 4,
			spellcheck: "false",
			autocapitalize: "off",
			placeholder: "docs/index.rst",
			input: show,
			style: "display: block; width: 100%; max-width: 44rem; font-family: monospace;",
		});
		const label = translate("Changed files, one a line, as “git diff --name-only” prints them");
		const drawn = findAll(".ci-graph .ci-node", section).map((node) => ({
			node,
			name: textOf(node),
		}));

		function show() {
			const lines = field.value.split("\n").map((line) => line.trim().replace(/^(\.\/+)+/, ""));
			const paths = lines.filter(Boolean);
			const decided = paths.length ? groups.map((rules) => decide(rules, matching, paths)) : [];
			result.replaceChildren(...decided.flatMap((decisions, at) => inWords(groups[at], decisions)));
			mark(decided);
		}

		/** @param {(boolean | undefined)[][]} decided */
		function mark(decided) {
			/** @type {Map<string, (boolean | undefined)[]>} */
			const byName = new Map();
			decided.forEach((decisions, at) => {
				groups[at].jobs.forEach(({ name }, job) => {
					byName.set(name, [...(byName.get(name) ?? []), decisions[job]]);
				});
			});
			for (const { node, name } of drawn) {
				const decisions = byName.get(name) ?? [];
				const isRunning = decisions.includes(true);
				toggleClass(node, "match", isRunning);
				const isUnknown = !isRunning && decisions.includes(undefined);
				const box = node.querySelector("rect");
				if (box) box.style.strokeDasharray = isUnknown ? "4" : "";
			}
		}

		/**
		 * @param {ChangeRules & { pipelines: string[] }} rules
		 * @param {(boolean | undefined)[]} decisions
		 */
		function inWords({ pipelines, jobs }, decisions) {
			/** @param {boolean | undefined} wanted */
			const named = (wanted) => jobs.filter((_, at) => decisions[at] === wanted);
			/** @type {[title: string, names: string[]][]} */
			const parts = [
				[isReal ? translate("Run") : translate("Run, as documented"), named(true).map(withDoubt)],
				[translate("Not known here; “groundrules jobs” can tell"), named(undefined).map(nameOf)],
				[
					isReal ? translate("Do not run") : translate("No documented file matches"),
					named(false).map(nameOf),
				],
			];
			const lines = parts.flatMap(([title, names]) => {
				if (!names.length) return [];
				const list = names.map((name) => createElement("li", {}, name));
				return [createElement("p", {}, `${title}:`), createElement("ul", {}, ...list)];
			});
			if (groups.length < 2) return lines;
			return [createElement("p", {}, createElement("b", {}, pipelines.join(", "))), ...lines];
		}

		part.append(createElement("label", {}, label, field), result);
	}

	/** @param {JobRules} job */
	const nameOf = ({ name }) => name;

	/** @param {JobRules} job that runs */
	function withDoubt({ name, elsewhere }) {
		if (!elsewhere.length) return name;
		const values = { name, others: elsewhere.join(", ") };
		return translate("{name} (unless {others}, in another repository, has file matchers)", values);
	}

	const parts = findAll(".ci-changing");
	for (const part of parts) part.ontoggle = null; // the whole manual may be one page
	loadScript("change_decisions").then(() => parts.forEach(start));
})();
