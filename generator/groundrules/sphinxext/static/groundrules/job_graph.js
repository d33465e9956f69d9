"use strict";

/** The jobs and dependencies that a picture has as data. */
const groundrulesJobGraph = (() => {
	const { findAll, textOf } = groundrulesDom;
	const { translate } = groundrulesTranslation;

	/** @param {SVGElement} svg */
	function read(svg) {
		/** @type {SVGElement[]} */
		const jobs = findAll(".ci-node", svg);
		/** @type {SVGElement[]} what only a rule demands is not drawn */
		const arrows = findAll(".ci-arrow, .ci-demand", svg);
		const names = jobs.map(textOf);
		/** @type {(key: string) => string[][]} */
		const listed = (key) => jobs.map((job) => job.dataset[key]?.split(" ") ?? []);
		const independent = listed("independent");
		const semaphores = listed("semaphores");
		const touches = listed("touches");
		const shares = listed("shares");
		// Else a dependency may be missing that nobody has written down
		const isComplete = svg.dataset.order === "complete";
		const planned = ` (${translate("planned")})`;
		const edges = arrows.map((arrow) => {
			const [dependency, job] = (arrow.dataset.ends ?? "").split(" ").map(Number);
			return { dependency, job, mark: arrow.matches(".ci-planned") ? planned : "" };
		});
		/** @typedef {{ to: number, mark: string }[][]} Links */
		/** @type {Links} */
		const dependencies = jobs.map(() => []);
		/** @type {Links} */
		const dependents = jobs.map(() => []);
		for (const { dependency, job, mark } of edges) {
			dependencies[job]?.push({ to: dependency, mark });
			dependents[dependency]?.push({ to: job, mark });
		}

		/**
		 * Returns the jobs that are reached, each with the job before it; on a planned way if need be.
		 * @param {number} start
		 * @param {Links} links
		 */
		function reach(start, links) {
			/** @type {Map<number, { from: number, mark: string }>} */
			const reached = new Map();
			for (const most of ["", planned]) {
				const queue = [start, ...reached.keys()];
				for (const from of queue) {
					for (const { to, mark } of links[from] ?? []) {
						if (reached.has(to) || (mark && !most)) continue;
						reached.set(to, { from, mark: most });
						queue.push(to);
					}
				}
			}
			return reached;
		}

		/** @param {number} job */
		const ancestors = (job) => reach(job, dependencies);
		/** @param {number} job */
		const descendants = (job) => reach(job, dependents);

		/** @type {(one: number, other: number) => string | undefined} */
		const commonSemaphore = (one, other) =>
			semaphores[one].find((semaphore) => semaphores[other].includes(semaphore));

		/** @type {(one: number, other: number) => boolean} whether one touches what the other uses */
		const useTheSame = (one, other) =>
			touches[one].some((use) => touches[other].includes(use) || shares[other].includes(use)) ||
			shares[one].some((use) => touches[other].includes(use));

		/** @type {(one: number, other: number) => string | false} of two jobs that do not wait */
		const whyBeside = (one, other) =>
			independent[one].includes(names[other])
				? "they are declared independent."
				: [one, other].every((job) => touches[job].length + shares[job].length) &&
					!useTheSame(one, other) &&
					"neither touches what the other uses.";

		/**
		 * Returns a sentence: which of two jobs waits for the other, or what is known where neither does.
		 * @param {number} one
		 * @param {number} other
		 */
		function relation(one, other) {
			for (const [late, early] of [
				[one, other],
				[other, one],
			]) {
				const ways = ancestors(late);
				const way = ways.get(early);
				if (!way) continue;
				/** @type {string[]} */
				const through = [];
				for (let job = way.from; job !== late; job = ways.get(job)?.from ?? late) {
					through.unshift(names[job]);
				}
				const values = { job: names[late], other: names[early], names: through.join(", ") };
				return through.length
					? translate("{job} waits for {other} through {names}{mark}.", { ...values, ...way })
					: translate("{job} waits for {other}{mark}.", { ...values, ...way });
			}
			const semaphore = commonSemaphore(one, other) ?? "";
			const values = { job: names[one], other: names[other], semaphore };
			if (semaphore) {
				return translate("{job} and {other} take turns: both hold {semaphore}.", values);
			}
			const why = whyBeside(one, other);
			const texts = why
				? ["{job} and {other} can run side by side:", why]
				: [
						isComplete
							? "Neither {job} nor {other} waits for the other."
							: "Nothing written here makes {job} or {other} wait for the other.",
						"To be known before they run side by side:",
						useTheSame(one, other)
							? "one touches what the other uses: can they at the same time?"
							: "what do they touch, and does one have to wait?",
					];
			return texts.map((text) => translate(text, values)).join(" ");
		}

		return {
			jobs,
			arrows,
			names,
			edges,
			dependencies,
			dependents,
			ancestors,
			descendants,
			commonSemaphore,
			whyBeside,
			relation,
		};
	}

	return { read };
})();
