"use strict";

/** A picture of a job graph: highlights a job; keyboard and mouse. */
(() => {
	const { createElement, findAll, preventDefault, setAttributes, toggleClass } = groundrulesDom;
	const { explain } = groundrulesGraphExplanation;
	const NONE = -1;

	/** @param {HTMLElement} figure */
	function start(figure) {
		const frame = /** @type {HTMLElement} */ (figure.querySelector(".ci-diagram"));
		const drawing = frame.querySelector("svg");
		if (drawing) startDrawing(figure, frame, drawing); // some graphs are too large to draw
	}

	/**
	 * @param {HTMLElement} figure
	 * @param {HTMLElement} frame
	 * @param {SVGSVGElement} svg
	 */
	function startDrawing(figure, frame, svg) {
		const graph = groundrulesJobGraph.read(svg);
		const { jobs, arrows, edges } = graph;
		const explanation = createElement("div", { class: "ci-explanation", "aria-live": "polite" });
		const rows = arrows.map(
			({ id }) => id && document.getElementById(id.replace("arrow", "wait"))?.closest("tr"),
		);

		/**
		 * Highlights a job and its way to both sides; NONE makes all as it was.
		 * @param {number} job
		 */
		function highlight(job) {
			const before = graph.ancestors(job);
			const after = graph.descendants(job);
			toggleClass(svg, "lit", job !== NONE);
			jobs.forEach((node, at) => {
				toggleClass(node, "self", at === job);
				toggleClass(node, "before", before.has(at));
				toggleClass(node, "after", after.has(at));
			});
			arrows.forEach((arrow, at) => {
				const edge = edges[at];
				const leadsTo = edge.job === job || before.has(edge.job);
				toggleClass(arrow, "on", leadsTo || edge.dependency === job || after.has(edge.dependency));
			});
			explanation.replaceChildren(...(job === NONE ? [] : explain(graph, rows, job)));
		}

		// The picture is one stop of the tab key
		/** @param {number} job */
		function makeStop(job) {
			for (const node of jobs) node.setAttribute("tabindex", node === jobs[job] ? "0" : "-1");
		}
		// Columns from left to right, each from top to bottom
		const places = jobs
			.map((job) => /** @type {SVGGraphicsElement} */ (job).getBBox())
			.map(({ x, y, width }) => ({ column: Math.round(x + width / 2), y }));
		const order = [...jobs.keys()].sort(
			(a, b) => places[a].column - places[b].column || places[a].y - places[b].y,
		);

		/**
		 * Left and right follow the arrows, up and down go through the columns.
		 * @param {KeyboardEvent} event
		 */
		function moveFocus(event) {
			if (event.key === "Escape") highlight(NONE);
			const job = jobs.indexOf(/** @type {SVGElement} */ (event.target));
			const place = order.indexOf(job);
			/** @type {Record<string, () => number | undefined>} */
			const next = {
				ArrowUp: () => order[place - 1],
				ArrowDown: () => order[place + 1],
				ArrowLeft: () => graph.dependencies[job][0]?.to,
				ArrowRight: () => graph.dependents[job][0]?.to,
			};
			if (job === NONE || !Object.hasOwn(next, event.key)) return;
			preventDefault(event);
			jobs[next[event.key]() ?? NONE]?.focus();
		}

		/** @param {PointerEvent} event */
		function drag({ target, pointerType, buttons, movementX, movementY }) {
			const isOnGround = target instanceof Element && !target.closest("a");
			if (pointerType === "mouse" && buttons & 1 && isOnGround) {
				frame.scrollBy(-movementX, -movementY);
			}
		}

		jobs.forEach((job, at) => {
			setAttributes(job, {
				pointerenter: () => highlight(at),
				focus: () => {
					highlight(at);
					makeStop(at);
				},
			});
		});
		makeStop(0);
		setAttributes(frame, {
			keydown: moveFocus,
			pointermove: drag,
			pointerleave: () => {
				const focused = jobs.indexOf(/** @type {SVGElement} */ (document.activeElement));
				if (focused !== NONE) highlight(focused);
			},
		});
		linkRows(arrows, rows);
		// The picture of a job and its neighbors has no caption: the page says all in words
		if (!figure.querySelector("figcaption")) return;
		frame.after(explanation);
		groundrulesGraphTools.start({ figure, frame, svg, graph, explanation, highlight });
	}

	/**
	 * Lets arrows and the rows that explain them highlight each other.
	 * @param {Element[]} arrows
	 * @param {ReasonRows} rows
	 */
	function linkRows(arrows, rows) {
		/** @param {Event} event */
		const update = ({ target }) => {
			if (!(target instanceof Node)) return;
			rows.forEach((row, at) => {
				if (!row) return;
				const isOn = row.contains(target) || arrows[at].contains(target);
				toggleClass(row, "marked", isOn);
				toggleClass(arrows[at], "marked", isOn);
			});
		};
		setAttributes(document, { pointerover: update, focusin: update });
	}

	findAll(".ci-figure").forEach(start);
})();
