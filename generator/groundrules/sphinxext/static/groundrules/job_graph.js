"use strict";

/** The jobs and dependencies that a picture has as data. */
const groundrulesJobGraph = (() => {
	const { findAll, textOf } = groundrulesDom;
	const { translate } = groundrulesTranslation;

	/** @param {SVGElement} svg */
	function read(svg) {
		/** @type {SVGElement[]} */
		const jobs = findAll(".ci-node", svg);
		/** @type {SVGElement[]} */
		const arrows = findAll(".ci-arrow", svg);
		const names = jobs.map(textOf);
		/** @type {string[][]} */
		const independent = jobs.map((job) => (job.dataset.independent ?? "").split(" "));
		/** @type {(text: string | undefined) => string[]} */
		const listed = (text) => (text ? text.split(" ") : []);
		const semaphores = jobs.map((job) => listed(job.dataset.semaphores));
		const touches = jobs.map((job) => listed(job.dataset.touches));
		const shares = jobs.map((job) => listed(job.dataset.shares));
		// Else a dependency may be missing that nobody has written down
		const isComplete = svg.dataset.order === "complete";
		const edges = arrows.map((arrow) => {
			const [dependency, job] = (arrow.dataset.ends ?? "").split(" ").map(Number);
			return { dependency, job };
		});
		/** @type {number[][]} */
		const dependencies = jobs.map(() => []);
		/** @type {number[][]} */
		const dependents = jobs.map(() => []);
		for (const { dependency, job } of edges) {
			dependencies[job]?.push(dependency);
			dependents[dependency]?.push(job);
		}

		// What only a rule demands has no arrow
		const places = new Map(names.map((name, at) => [name, at]));
		jobs.forEach((job, at) => {
			for (const name of (job.dataset.demanded ?? "").split(" ")) {
				const dependency = places.get(name);
				if (dependency === undefined) continue;
				dependencies[at].push(dependency);
				dependents[dependency].push(at);
			}
		});

		/**
		 * Returns the jobs that are reached, each with the job before it on the shortest way.
		 * @param {number} start
		 * @param {number[][]} next
		 */
		function reach(start, next) {
			/** @type {Map<number, number>} */
			const previous = new Map();
			const queue = [start];
			for (const job of queue) {
				for (const other of next[job] ?? []) {
					if (previous.has(other)) continue;
					previous.set(other, job);
					queue.push(other);
				}
			}
			return previous;
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
				if (!ways.has(early)) continue;
				/** @type {string[]} */
				const through = [];
				let job = /** @type {number} */ (ways.get(early));
				while (job !== late) {
					through.unshift(names[job]);
					job = /** @type {number} */ (ways.get(job));
				}
				const values = { job: names[late], other: names[early], names: through.join(", ") };
				return through.length
					? translate("{job} waits for {other} through {names}.", values)
					: translate("{job} waits for {other}.", values);
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
