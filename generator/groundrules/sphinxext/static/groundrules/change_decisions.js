"use strict";

/** Which jobs run for a change, as "groundrules jobs" decides. */
const groundrulesChangeDecisions = (() => {
	const LONGEST = 500; // Longer paths could keep an expression busy
	const COMMIT_MESSAGE = "/COMMIT_MSG";

	/**
	 * Makes functions of expressions, whose answer is undefined where the browser cannot tell.
	 * @param {[source: string | null, negate: boolean][]} patterns
	 * @returns {PathMatcher[]}
	 */
	const matchers = (patterns) =>
		patterns.map(([source, negate]) => {
			if (source === null) return () => undefined;
			const expression = new RegExp(source, "u");
			return (path) => (path.length > LONGEST ? undefined : expression.test(path) !== negate);
		});

	/**
	 * Whether one value is true; undefined if an unknown one may be.
	 * @param {(boolean | undefined)[]} values
	 */
	const any = (values) => values.includes(true) || (values.includes(undefined) ? undefined : false);

	/** @param {boolean | undefined} value */
	const not = (value) => (value === undefined ? undefined : !value);

	/**
	 * Whether a job runs without others that force it; undefined if that is not known here.
	 * @param {JobRules} job
	 * @param {PathMatcher[]} matching
	 * @param {string[]} paths
	 */
	function runsAlone({ files, irrelevant, own, isKnown }, matching, paths) {
		if (!isKnown) return undefined;
		if (!paths.length || paths.some((path) => own.includes(path))) return true;
		/** @type {(path: string, numbers: number[]) => boolean | undefined} */
		const matches = (path, numbers) => any(numbers.map((number) => matching[number](path)));
		const isAsked = files === null || any(paths.map((path) => matches(path, files)));
		const isRelevant =
			!irrelevant.length || any(paths.map((path) => not(matches(path, irrelevant))));
		return not(any([not(isAsked), not(isRelevant)]));
	}

	/**
	 * Returns for each job whether it runs; undefined if that is not known here.
	 * @param {ChangeRules} rules
	 * @param {PathMatcher[]} matching
	 * @param {string[]} lines
	 */
	function decide({ jobs, configuration, isComplete }, matching, lines) {
		const paths = [...new Set(lines)].filter((path) => path !== COMMIT_MESSAGE);
		if (paths.some((path) => configuration.some((start) => path.startsWith(start)))) {
			return jobs.map(() => undefined);
		}
		const decisions = jobs.map((job) => runsAlone(job, matching, paths));
		const running = [...jobs.keys()].filter((job) => decisions[job]);
		for (const job of running) {
			for (const other of jobs[job].forces) {
				if (decisions[other]) continue;
				decisions[other] = true;
				running.push(other);
			}
		}
		const unknown = [...jobs.keys()].filter((job) => decisions[job] === undefined);

		/** @param {number[]} others that may be forced */
		function doubt(others) {
			for (const other of others.filter((job) => decisions[job] === false)) {
				decisions[other] = undefined;
				unknown.push(other);
			}
		}
		for (const job of running) doubt(jobs[job].mayForce);
		for (const job of unknown) doubt([...jobs[job].forces, ...jobs[job].mayForce]);

		return decisions.map((runs) => runs || (isComplete && runs === false ? false : undefined));
	}

	return { decide, matchers };
})();
