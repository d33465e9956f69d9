"use strict";

/** What a picture shows of a job in words. */
const groundrulesGraphExplanation = (() => {
	const { createElement, textOf } = groundrulesDom;
	const { translate, translateCount } = groundrulesTranslation;

	/**
	 * Returns the counts, and the reasons in a part that can be opened.
	 * @param {JobGraph} graph
	 * @param {ReasonRows} rows
	 * @param {number} job
	 */
	function explain(graph, rows, job) {
		const name = createElement("b", {}, graph.names[job]);
		const counts = createElement("p", {}, name, ` ${countsOf(graph, job)}`);
		const reasons = reasonsOf(graph, rows, job);
		if (!reasons.length) return [counts];
		const why = createElement("summary", {}, translate("Why"));
		return [counts, createElement("details", {}, why, createElement("ul", {}, ...reasons))];
	}

	/**
	 * @param {JobGraph} graph
	 * @param {number} job
	 */
	function countsOf(graph, job) {
		const { jobs, names, ancestors, descendants, commonSemaphore, whyBeside } = graph;
		const before = ancestors(job);
		const after = descendants(job);
		const others = [...jobs.keys()].filter(
			(at) => at !== job && !before.has(at) && !after.has(at) && !commonSemaphore(at, job),
		);
		const beside = others.filter((at) => whyBeside(job, at)).length;
		const unknown = others.length - beside;
		/** @param {typeof before} reached */
		const listed = (reached) => {
			const shown = [...reached].map(([at, { mark }]) => names[at] + mark).join(", ");
			return { count: reached.size, names: shown && ` (${shown})` };
		};
		const parts = [
			translate("waits for {count}{names}", listed(before)),
			translateCount("{count} waits for it{names}", "{count} wait for it{names}", listed(after)),
		];
		if (beside || !unknown)
			parts.push(translate("can run side by side with {count}", { count: beside }));
		if (unknown) parts.push(translate("not known for {count}", { count: unknown }));
		return `${parts.join("; ")}.`;
	}

	/**
	 * @param {JobGraph} graph
	 * @param {ReasonRows} rows
	 * @param {number} job
	 */
	const reasonsOf = ({ edges }, rows, job) =>
		rows.flatMap((row, at) => {
			if (!row || !Object.values(edges[at]).includes(job)) return [];
			const [one, other, reason] = [...row.cells].map(textOf);
			const values = { ...edges[at], job: one, other, reason };
			return [
				createElement("li", {}, translate("{job} waits for {other}{mark}: {reason}", values)),
			];
		});

	return { explain };
})();
