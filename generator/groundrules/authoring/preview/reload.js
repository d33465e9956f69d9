/* Loads a page of the preview again where the reader was, and shows what the build reported. */
"use strict";
(() => {
	const build = document.currentScript?.dataset.build ?? "";
	const STORED = "groundrules-preview";

	/** The last element with an id above the top of the window, which stays there. */
	function anchor() {
		const above = [...document.querySelectorAll("main [id], article [id]")].filter(
			(element) => element.getBoundingClientRect().top <= 0,
		);
		const last = above.at(-1);
		return last ? { id: last.id, top: last.getBoundingClientRect().top } : null;
	}

	function reload() {
		const open = [...document.querySelectorAll("details")].map((details) => details.open);
		const place = { path: location.pathname, y: scrollY, anchor: anchor(), open };
		sessionStorage.setItem(STORED, JSON.stringify(place));
		history.scrollRestoration = "manual";
		location.reload();
	}

	function restore() {
		const place = JSON.parse(sessionStorage.getItem(STORED) || "null");
		sessionStorage.removeItem(STORED);
		history.scrollRestoration = "auto";
		if (!place || place.path !== location.pathname) {
			return;
		}
		const all = document.querySelectorAll("details");
		if (all.length === place.open.length) {
			all.forEach((details, at) => {
				details.open = place.open[at];
			});
		}
		const element = place.anchor && document.getElementById(place.anchor.id);
		const y = element ? scrollY + element.getBoundingClientRect().top - place.anchor.top : place.y;
		scrollTo({ top: y, behavior: "instant" });
	}

	/** @param {{ problems: string[], failed: boolean }} report */
	function show({ problems, failed }) {
		document.getElementById(STORED)?.remove();
		if (!problems.length) {
			return;
		}
		const panel = document.createElement("aside");
		panel.id = STORED;
		panel.setAttribute("role", "alert");
		panel.style.cssText =
			"position:fixed;inset:auto 0 0 0;z-index:99999;max-height:40vh;overflow:auto;margin:0;" +
			"padding:.75rem 1rem;font:14px/1.4 monospace;background:#fff;color:#111;" +
			`border-top:4px solid ${failed ? "#b00020" : "#9a6700"}`;
		const title = document.createElement("strong");
		title.textContent = failed
			? "The last change was not built. This page is the last good one."
			: "The build reported warnings.";
		const text = document.createElement("pre");
		text.style.cssText = "margin:.5rem 0 0;white-space:pre-wrap;color:inherit;background:none";
		text.textContent = problems.join("\n");
		panel.append(title, text);
		document.body.append(panel);
	}

	/** @type {EventSource | null} */
	let source = null;
	/** A hidden page does not listen, because browsers allow few connections to one server. */
	function listen() {
		source?.close();
		source = null;
		if (document.visibilityState === "hidden") {
			return;
		}
		const query = new URLSearchParams({ page: location.pathname, build });
		source = new EventSource(`/_preview/events?${query}`);
		source.addEventListener("reload", reload);
		source.addEventListener("problems", (event) => show(JSON.parse(event.data)));
	}

	addEventListener("load", () => requestAnimationFrame(restore));
	addEventListener("pagehide", () => source?.close());
	addEventListener("pageshow", listen);
	document.addEventListener("visibilitychange", listen);
})();
