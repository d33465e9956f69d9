"use strict";

/** The form above a picture of a job graph: finds one job, or compares two; zooms. */
const groundrulesGraphTools = (() => {
	const { createElement, findAll, preventDefault, toggleClass } = groundrulesDom;
	const { alternatives, includesAll } = groundrulesMatching;
	const { translate, translateCount } = groundrulesTranslation;
	const STEP = 1.25;
	const SMALLEST = 1 / 20;
	const LARGEST = 4; // times the size as drawn
	const TALLEST = 0.75; // of the window, as in the style sheet

	/** @param {GraphPicture} picture */
	function start({ figure, frame, svg, graph, explanation, highlight }) {
		const { jobs, names } = graph;
		const status = createElement("output");
		const id = `ci-jobs-${findAll(".ci-tools").length}`;
		const field = createElement("input", {
			type: "search",
			placeholder: "one, other",
			list: id,
			input: find,
			keydown: focusJob,
		});
		/** @type {number[]} the best match of each alternative */
		let best = [];

		/** @param {string[]} wanted */
		const matching = (wanted) =>
			[...jobs.keys()]
				.filter((at) => includesAll(names[at].toLowerCase(), wanted))
				.sort((a, b) => names[a].length - names[b].length);

		function find() {
			const wanted = alternatives(field);
			const groups = wanted.map(matching);
			best = [...new Set(groups.flatMap((group) => group.slice(0, 1)))];
			const matches = new Set(best.length > 1 ? best : groups.flat());
			jobs.forEach((job, at) => {
				toggleClass(job, "match", matches.has(at));
			});
			const lacking = wanted.filter((_, at) => matches.size && !groups[at].length);
			status.textContent =
				field.value &&
				[
					translateCount("{count} job", "{count} jobs", { count: matches.size }),
					...lacking.map((words) => translate("no job called {name}", { name: words.join(" ") })),
				].join("; ");
			highlight(best[0] ?? -1);
			jobs[best[0]]?.scrollIntoView({ block: "nearest", inline: "nearest" });
			if (best.length > 1) explanation.replaceChildren(graph.relation(best[0], best[1]));
		}

		/** @param {KeyboardEvent} event */
		function focusJob(event) {
			if (event.key !== "Enter") return;
			jobs[best[0]]?.focus();
			preventDefault(event);
		}

		/** @param {number} width in pixels */
		function zoom(width) {
			const { scrollLeft, scrollTop, clientWidth, clientHeight } = frame;
			const before = svg.clientWidth;
			const drawn = svg.viewBox.baseVal.width;
			const limited = Math.min(Math.max(width, drawn * SMALLEST), drawn * LARGEST);
			svg.style.minWidth = svg.style.maxWidth = `${limited}px`;
			// What is in the middle stays there
			const growth = svg.clientWidth / before - 1;
			frame.scrollTo(
				scrollLeft + (scrollLeft + clientWidth / 2) * growth,
				scrollTop + (scrollTop + clientHeight / 2) * growth,
			);
		}

		function fit() {
			const { width, height } = svg.viewBox.baseVal;
			const border = 2;
			const tallest = innerHeight * TALLEST - border;
			zoom(Math.min(width, frame.clientWidth, (tallest * width) / height));
		}

		/** @type {(text: string, title: string, click: () => void) => HTMLElement} */
		const button = (text, title, click) =>
			createElement("button", { type: "button", "aria-label": title, title, click }, text);

		const options = names.map((value) => createElement("option", { value }));
		figure.firstElementChild?.append(
			createElement(
				"form",
				{ class: "ci-tools", "aria-label": translate("Picture"), submit: preventDefault },
				createElement("label", {}, translate("Find a job, or two"), field),
				createElement("datalist", { id }, ...options),
				status,
				button("−", translate("Smaller"), () => zoom(svg.clientWidth / STEP)),
				button("+", translate("Larger"), () => zoom(svg.clientWidth * STEP)),
				button(translate("Fit"), translate("Whole picture"), fit),
			),
		);
	}

	return { start };
})();
